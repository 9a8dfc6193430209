/** The frame around the views: where one is, and where one can go. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Address, follow, hrefTo, useAddress, type View } from "./address";
import { PathsView } from "./paths/paths-view";

const TITLES: Record<View, string> = { paths: "Paths", map: "Map", topic: "Topic" };

/** The other two draw with more code, which is loaded when they are opened. */
const LATER: Partial<Record<View, () => Promise<ComponentType<{ address: Address }>>>> = {
  map: async () => (await import("./map/map-view")).MapView,
  topic: async () => (await import("./topic/topic-view")).TopicView,
};

export function App() {
  const address = useAddress();
  const topic = address.query.get("topic");
  useEffect(() => {
    document.title = `${TITLES[address.view]} · Rainmaker`;
  }, [address.view]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: links inside are what is clicked
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div class="frame" onClick={follow}>
      <a class="skip" href="#answer">
        To the answer
      </a>
      <header class="masthead">
        <a class="brand" href="/" data-view>
          Rainmaker
        </a>
        <nav aria-label="Views">
          {(Object.keys(TITLES) as View[]).map((view) => (
            <a
              key={view}
              href={hrefTo(view, { topic })}
              data-view
              aria-current={view === address.view ? "page" : undefined}
            >
              {TITLES[view]}
            </a>
          ))}
          <a href="/graphql" class="aside">
            GraphiQL
          </a>
        </nav>
      </header>
      <main>
        <Shown address={address} />
      </main>
      <footer class="colophon">
        Every number comes with its evidence and its formula; there is no score. Each view’s address can be shared.
      </footer>
    </div>
  );
}

function Shown({ address }: { address: Address }) {
  const [loaded, setLoaded] = useState<Partial<Record<View, ComponentType<{ address: Address }>>>>({
    paths: PathsView,
  });
  const [renewed, setRenewed] = useState(false);
  const { view } = address;
  useEffect(() => {
    LATER[view]?.().then(
      (component) => setLoaded((before) => ({ ...before, [view]: component })),
      // its files are gone once the page was built anew, or the service is
      () => setRenewed(true),
    );
  }, [view]);
  const Component = loaded[view];
  if (Component) return <Component address={address} />;
  if (!renewed) return <p class="notice">One moment …</p>;
  return (
    <p class="notice" role="alert">
      This part of the page could not be loaded. <a href={location.href}>Load the page again</a>
    </p>
  );
}
