/** What can be taken away from a view: its question as GraphQL and Cypher, its answer as CSV, its picture. */
import { useState } from "preact/hooks";
import { save } from "../save/save";

export interface TakeAwayProps {
  graphql: () => string;
  /** null where the database alone cannot tell; `whyNot` then says so. */
  cypher: (() => Promise<string>) | null;
  whyNot?: string;
  csv: () => string;
  svg?: () => string | null;
  png?: () => Promise<Blob | null>;
  name: string;
}

export function TakeAway({ graphql, cypher, whyNot, csv, svg, png, name }: TakeAwayProps) {
  const [said, setSaid] = useState("");
  const copy = async (what: string, make: () => string | Promise<string>) => {
    setSaid("");
    let text: string;
    try {
      text = await make();
    } catch {
      setSaid(`${what} could not be fetched. Is the service still there?`);
      return;
    }
    try {
      await navigator.clipboard.writeText(text);
      setSaid(`${what} is copied.`);
    } catch {
      setSaid(`This browser does not let the page copy. Here it is to copy by hand:\n${text}`);
    }
  };
  const store = (blob: Blob | null, ending: string) => {
    if (!blob) return;
    save(blob, `${name}.${ending}`);
    setSaid(`${name}.${ending} is saved.`);
  };
  return (
    <div class="take-away" role="group" aria-label="Take this answer away">
      <button type="button" onClick={() => copy("GraphQL", graphql)}>
        Copy as GraphQL
      </button>
      {cypher ? (
        <button type="button" onClick={() => copy("Cypher", cypher)}>
          Copy as Cypher
        </button>
      ) : (
        <button type="button" onClick={() => setSaid(whyNot ?? "")}>
          Why not Cypher?
        </button>
      )}
      <button type="button" onClick={() => store(new Blob([csv()], { type: "text/csv;charset=utf-8" }), "csv")}>
        CSV
      </button>
      {svg && (
        <button
          type="button"
          onClick={() => {
            const text = svg();
            store(text === null ? null : new Blob([text], { type: "image/svg+xml" }), "svg");
          }}
        >
          SVG
        </button>
      )}
      {png && (
        <button type="button" onClick={async () => store(await png(), "png")}>
          PNG
        </button>
      )}
      <output class="said">{said}</output>
    </div>
  );
}
