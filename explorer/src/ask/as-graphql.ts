/** An operation and its variables as one text that runs as it is, with the values written into the document. */
import type { Operation } from "../operations/generated";

const TEXTS = new Set(["ID", "String", "Date", "DateTime"]);

export function asGraphql<Answer, Variables extends object>(
  operation: Operation<Answer, Variables>,
  variables: Variables,
): string {
  const values = variables as Record<string, unknown>;
  const [, declared = ""] = /^query \w+\s*(?:\(([^)]*)\))?/.exec(operation.text) ?? [];
  const types = new Map([...declared.matchAll(/\$(\w+):\s*\[?(\w+)/g)].map(([, name, type]) => [name!, type!]));
  return operation.text
    .replace(/^(query \w+)\s*\([^)]*\)/, "$1")
    .replace(/\$(\w+)/g, (_, name: string) => literal(values[name] ?? null, types.get(name) ?? ""));
}

/** Words are quoted, save those of enums, which are whatever is neither a text nor an input object. */
function literal(value: unknown, type: string): string {
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, type)).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value).map(([name, each]) => `${name}: ${literal(each, "String")}`);
    return `{${fields.join(", ")}}`;
  }
  return typeof value === "string" && !TEXTS.has(type) ? value : JSON.stringify(value);
}
