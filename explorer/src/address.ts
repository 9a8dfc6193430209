/** The page's state is its address: a view and what it asks. Whoever opens the same address sees the same. */
import { useEffect, useState } from "preact/hooks";

export type View = "paths" | "map" | "topic";
export const VIEWS: readonly View[] = ["paths", "map", "topic"];

export interface Address {
  view: View;
  query: URLSearchParams;
}

export function addressOf(url: URL): Address {
  const name = url.pathname.replace(/^\//, "");
  return { view: VIEWS.find((view) => view === name) ?? "paths", query: url.searchParams };
}

/** Where a view is with what it asks; whatever is empty is left out. */
export function hrefTo(view: View, asked: Record<string, string | readonly string[] | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    for (const each of typeof value === "string" ? [value] : (value ?? [])) {
      if (each) query.append(name, each);
    }
  }
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
  return text ? `/${view}?${text}` : `/${view}`;
}

/** Go there without loading the page anew. `replace` leaves no step to go back to, as for each stop of a slider. */
export function go(href: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  dispatchEvent(new PopStateEvent("popstate"));
}

export function useAddress(): Address {
  const [address, setAddress] = useState(() => addressOf(new URL(location.href)));
  useEffect(() => {
    const moved = () => setAddress(addressOf(new URL(location.href)));
    addEventListener("popstate", moved);
    return () => removeEventListener("popstate", moved);
  }, []);
  return address;
}

/** Follow links between views in place; those that open elsewhere stay the browser's. */
export function follow(event: MouseEvent): void {
  const link = (event.target as Element).closest("a");
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
  if (!link || elsewhere || link.target || link.origin !== location.origin || !link.hasAttribute("data-view")) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
