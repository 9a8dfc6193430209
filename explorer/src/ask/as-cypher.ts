/** A statement of cypher/read with its parameters, as cypher-shell and Neo4j Browser take it. */
const STATEMENTS = import.meta.glob<string>(
  "../../../cypher/read/{trusted_paths,members_of_topic,influencers,rainmakers,currents,peer_influence}.cypher",
  {
    query: "?raw",
    import: "default",
  },
);

/** A day, which Cypher does not write as a text. */
export class Day {
  constructor(readonly text: string) {}
}

export type Parameters = Record<string, unknown>;

export async function asCypher(name: string, parameters: Parameters): Promise<string> {
  const statement = await STATEMENTS[`../../../cypher/read/${name}.cypher`]!();
  // the header's example would be taken for parameters of its own
  return `${parameterLine(parameters)}\n\n${statement.replace(/^:params .*\n/m, "").trim()}\n`;
}

export function parameterLine(parameters: Parameters): string {
  return `:param ${literal(parameters)}`;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Day) return `date(${text(value.text)})`;
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value)
      .map(([name, each]) => `${name}: ${literal(each)}`)
      .join(", ")}}`;
  }
  return typeof value === "string" ? text(value) : String(value);
}

function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
}

export function dayOrNull(value: string | null | undefined): Day | null {
  return value ? new Day(value) : null;
}
