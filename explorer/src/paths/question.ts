/** What the paths view asks, read from its address and written back to it. */
import { hrefTo } from "../address";
import { dayOrNull, type Parameters } from "../ask/as-cypher";
import type { TrustedPathsQueryVariables } from "../operations/generated";
import { partyInput, partyOf, partyText, type Thing } from "../thing";

export interface Question {
  from: Thing | null;
  to: Thing | null;
  topic: string | null;
  first: number;
  paid: boolean;
  distinct: boolean;
  excluded: readonly string[];
  asOf: string | null;
}

const USUAL = 5;
export const COUNTS = [1, 3, 5, 10, 20];

export function questionOf(query: URLSearchParams): Question {
  const first = Number(query.get("first") ?? USUAL);
  return {
    from: partyOf(query.get("from")),
    to: partyOf(query.get("to")),
    topic: query.get("topic"),
    first: COUNTS.includes(first) ? first : USUAL,
    paid: query.get("paid") !== "no",
    distinct: query.get("distinct") === "yes",
    excluded: query.getAll("without"),
    asOf: query.get("asOf"),
  };
}

export function hrefOf(question: Question): string {
  return hrefTo("paths", {
    from: partyText(question.from),
    to: partyText(question.to),
    topic: question.topic,
    first: question.first === USUAL ? null : String(question.first),
    paid: question.paid ? null : "no",
    distinct: question.distinct ? "yes" : null,
    without: question.excluded,
    asOf: question.asOf,
  });
}

const DEADLINE_MS = 10_000;

/** null as long as one end is missing. */
export function variablesOf({ from, to, ...question }: Question): TrustedPathsQueryVariables | null {
  if (!from || !to) return null;
  return {
    from: partyInput(from),
    to: partyInput(to),
    topicId: question.topic,
    first: question.first,
    paid: question.paid ? "INCLUDE" : "EXCLUDE",
    asOf: question.asOf,
    excludePersonIds: [...question.excluded],
    distinctIntroducers: question.distinct,
    deadlineMs: DEADLINE_MS,
  };
}

/** The same question for cypher/read/trusted_paths.cypher. */
export function parametersOf({ from, to, ...question }: Question): Parameters {
  const id = (end: Thing | null, kind: Thing["kind"]) => (end?.kind === kind ? end.id : null);
  return {
    fromPersonId: id(from, "person"),
    fromBrandId: id(from, "brand"),
    toPersonId: id(to, "person"),
    toBrandId: id(to, "brand"),
    topicId: question.topic,
    scope: "RELATED",
    direction: "INFLUENCE",
    first: question.first,
    maxHops: 6,
    minStrength: 0,
    introducerStrength: 0.8,
    asOf: dayOrNull(question.asOf),
    viaRoles: ["EMPLOYEE", "ADVOCATE"],
    excludePersonIds: question.excluded,
    excludeBrandIds: [],
    paid: question.paid ? "INCLUDE" : "EXCLUDE",
    channels: null,
    stages: null,
    seenFrom: null,
    seenTo: null,
    distinctIntroducers: question.distinct,
  };
}
