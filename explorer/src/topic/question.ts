/** What the topic page asks, read from its address and written back to it. */
import { hrefTo } from "../address";
import type { InfluencerOrder, Interval } from "../operations/generated";

export interface Question {
  topic: string | null;
  brand: string | null;
  order: InfluencerOrder;
  interval: Interval;
  first: number;
}

export const ORDERS: Record<InfluencerOrder, string> = {
  REACHABLE_AUTHORITY: "authority within reach",
  AUTHORITY: "authority",
  RESONANCE: "resonance",
  REACH: "reach",
  RELEVANCE: "relevance",
};
export const INTERVALS: Record<Interval, string> = { MONTH: "months", QUARTER: "quarters", YEAR: "years" };
export const COUNTS = [10, 25, 50, 100];

export function questionOf(query: URLSearchParams): Question {
  const order = query.get("order") ?? "";
  const interval = query.get("interval") ?? "";
  const first = Number(query.get("first"));
  return {
    topic: query.get("topic"),
    brand: query.get("brand"),
    order: order in ORDERS ? (order as InfluencerOrder) : "REACHABLE_AUTHORITY",
    interval: interval in INTERVALS ? (interval as Interval) : "QUARTER",
    first: COUNTS.includes(first) ? first : COUNTS[0]!,
  };
}

export function hrefOf({ topic, brand, order, interval, first }: Question): string {
  return hrefTo("topic", {
    topic,
    brand,
    order: order === "REACHABLE_AUTHORITY" ? null : order,
    interval: interval === "QUARTER" ? null : interval,
    first: first === COUNTS[0] ? null : String(first),
  });
}
