import { expect, test } from "vitest";
import { isOld, networkOf, type Path, type Step } from "./network";

const DAY = "2026-01-01";

function step(from: string, to: string, more: Partial<Step> = {}): Step {
  const person = (id: string) => ({ id, name: id });
  return {
    from: person(from),
    to: person(to),
    fromTrustsTo: false,
    topic: null,
    strength: 0.5,
    cost: 1,
    since: null,
    lastSeen: null,
    channel: null,
    paid: false,
    stages: [],
    evidence: [],
    ...more,
  };
}

function path(ids: string[], weakest = 0): Path {
  const steps = ids.slice(1).map((id, at) => step(ids[at]!, id));
  return {
    strength: 0.1,
    cost: 1,
    likelihood: null,
    hops: steps.length,
    explanation: "",
    people: ids.map((id) => ({ id, name: id, headline: null })),
    steps,
    weakestStep: steps[weakest] ?? null,
  };
}

function network(...paths: Path[]) {
  return networkOf({ paths, snapshot: { id: "s", asOf: DAY } }, null);
}

test("what paths share is drawn once, starts left and goals right", () => {
  const { cards, ties } = network(path(["a", "b", "c", "z"]), path(["a", "c", "z"], 1), path(["a", "y"]));
  expect(cards.map(({ id }) => id).sort()).toEqual(["a", "b", "c", "y", "z"]);
  expect(ties.map(({ key }) => key)).toEqual(["a b", "b c", "c z", "a c", "a y"]);
  expect(ties.find(({ key }) => key === "c z")).toMatchObject({ paths: [0, 1], weakest: true });
  const at = Object.fromEntries(cards.map(({ id, x }) => [id, x]));
  expect(at.y).toBe(at.z);
  expect(at.a).toBeLessThan(at.b!);
  expect(at.b).toBeLessThan(at.c!);
  expect(at.c).toBeLessThan(at.z!);
});

test("a path of no hops is one person", () => {
  const { cards, ties } = network(path(["a"]));
  expect(cards).toHaveLength(1);
  expect(ties).toHaveLength(0);
});

test("old is what was not seen for two years", () => {
  expect(isOld({ lastSeen: "2023-12-31" }, DAY)).toBe(true);
  expect(isOld({ lastSeen: "2024-01-02" }, DAY)).toBe(false);
  expect(isOld({ lastSeen: null }, DAY)).toBe(false);
});
