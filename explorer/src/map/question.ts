/** What the map asks, read from its address and written back to it. */
import { hrefTo } from "../address";
import { dayOrNull, type Parameters } from "../ask/as-cypher";
import type { CommunityMapQueryVariables } from "../operations/generated";

export interface Question {
  topic: string | null;
  asOf: string | null;
  brand: string | null;
  person: string | null;
}

/** As many people as the operation asks for. */
export const MOST_PEOPLE = 2000;

export function questionOf(query: URLSearchParams): Question {
  const part = (name: string) => query.get(name);
  return { topic: part("topic"), asOf: part("asOf"), brand: part("brand"), person: part("person") };
}

export function hrefOf(question: Question): string {
  return hrefTo("map", { ...question });
}

export function variablesOf({ topic, asOf }: Question): CommunityMapQueryVariables | null {
  return topic ? { topicId: topic, asOf } : null;
}

/** The same for cypher/read/members_of_topic.cypher, which knows the usual day only. */
export function parametersOf({ topic, asOf }: Question): Parameters {
  return { topicId: topic, asOf: dayOrNull(asOf), first: MOST_PEOPLE };
}
