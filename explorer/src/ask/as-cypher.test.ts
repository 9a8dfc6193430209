import { expect, test } from "vitest";
import { asCypher, dayOrNull, parameterLine } from "./as-cypher";

test("parameters as Cypher writes them", () => {
  const line = parameterLine({ id: "O'Brien \\ co", day: dayOrNull("2024-01-31"), none: null, ids: ["a"], least: 0.5 });
  expect(line).toBe(":param {id: 'O\\'Brien \\\\ co', day: date('2024-01-31'), none: null, ids: ['a'], least: 0.5}");
});

test("the statement follows, without its example's parameters", async () => {
  const text = await asCypher("members_of_topic", { topicId: "dpdk", asOf: null, first: 20 });
  expect(text.match(/^:param/gm)).toHaveLength(1);
  expect(text).toMatch(/;\n$/);
  expect(text).toContain("// members_of_topic:");
});
