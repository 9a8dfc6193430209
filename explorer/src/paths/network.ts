/** The paths of an answer laid over each other: everybody once, every step once, from left to right in layers. */
import { Graph, layout } from "@dagrejs/dagre";
import type { TrustedPathsQuery } from "../operations/generated";
import { shortened, strength } from "../words";

export type Answer = TrustedPathsQuery["trustedPaths"];
export type Path = Answer["paths"][number];
export type Step = Path["steps"][number];

export const CARD = { width: 164, height: 50 };
const LETTER = 6;
const LABEL_HEIGHT = 34;
const MARGIN = 12;
/** How much dearer it is to move an end away from its side than to lengthen a tie. */
const HELD = 20;
const OLD_DAYS = 730;
const DAY_MS = 86_400_000;

export type Place = "start" | "introducer" | "goal";

export interface Card {
  id: string;
  name: string;
  headline: string | null;
  place: Place;
  x: number;
  y: number;
}

export interface Tie {
  key: string;
  step: Step;
  /** Places of the paths that go this way, 0 the best. */
  paths: number[];
  weakest: boolean;
  old: boolean;
  points: { x: number; y: number }[];
  label: { x: number; y: number };
}

export interface Network {
  width: number;
  height: number;
  cards: Card[];
  ties: Tie[];
  /** Topics of the ties, the most frequent first; their places are their colours. '' is trust in general. */
  topics: { id: string; name: string }[];
}

/** A tie that nobody confirmed for two years before the day asked about. */
export function isOld(step: Pick<Step, "lastSeen">, day: string): boolean {
  return step.lastSeen !== null && (Date.parse(day) - Date.parse(step.lastSeen)) / DAY_MS > OLD_DAYS;
}

/** What is written above a tie, */
export function topicLine({ topic, strength: value }: Step): string {
  return `${shortened(topic?.name ?? "in general", 16)} ${strength(value)}`;
}

/** and below it. */
export function marksOf({ step, old, weakest }: Pick<Tie, "step" | "old" | "weakest">): string {
  const marks = [step.paid && "paid", old && `last seen ${step.lastSeen?.slice(0, 4)}`, weakest && "weakest"];
  return marks.filter(Boolean).join(" · ");
}

export function keyOf(step: { from: { id: string }; to: { id: string } }): string {
  return `${step.from.id} ${step.to.id}`;
}

export function networkOf({ paths, snapshot }: Pick<Answer, "paths" | "snapshot">, asOf: string | null): Network {
  const cards = new Map<string, Omit<Card, "x" | "y">>();
  const ties = new Map<string, Omit<Tie, "points" | "label">>();
  const day = asOf ?? snapshot.asOf;
  paths.forEach((path, at) => {
    path.people.forEach((person, hop) => {
      const place = hop === path.people.length - 1 ? "goal" : hop === 0 ? "start" : "introducer";
      if (!cards.has(person.id)) cards.set(person.id, { ...person, place });
    });
    for (const step of path.steps) {
      const tie = ties.get(keyOf(step)) ?? { key: keyOf(step), step, paths: [], weakest: false, old: isOld(step, day) };
      tie.paths.push(at);
      tie.weakest ||= path.weakestStep !== null && keyOf(path.weakestStep) === tie.key;
      ties.set(tie.key, tie);
    }
  });
  return { ...placed([...cards.values()], [...ties.values()]), topics: topicsOf([...ties.values()]) };
}

/** Layers by dagre, which draws the same for the same answer. All starts are on the left, all goals on the right. */
function placed(cards: Omit<Card, "x" | "y">[], ties: Omit<Tie, "points" | "label">[]) {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 22, edgesep: 14, ranksep: 22 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of cards) graph.setNode(id, { ...CARD });
  for (const { step, ...marks } of ties) {
    const width = LETTER * Math.max(topicLine(step).length, marksOf({ step, ...marks }).length) + 14;
    graph.setEdge(step.from.id, step.to.id, { width, height: LABEL_HEIGHT, labelpos: "c" });
  }
  // ends that nobody sees hold what is before and behind everything in one layer each
  for (const end of ["\0left", "\0right"]) graph.setNode(end, { width: 0, height: 0 });
  for (const { id, place } of cards) {
    if (place === "start") graph.setEdge("\0left", id, { weight: HELD });
    if (place === "goal") graph.setEdge(id, "\0right", { weight: HELD });
  }
  layout(graph);
  const boxes = cards.map(({ id }) => graph.node(id));
  const left = Math.min(...boxes.map(({ x }) => x)) - CARD.width / 2 - MARGIN;
  const right = Math.max(...boxes.map(({ x }) => x)) + CARD.width / 2 + MARGIN;
  const moved = ({ x, y }: { x: number; y: number }) => ({ x: x - left, y: y + MARGIN });
  return {
    width: right - left,
    height: (graph.graph().height ?? 0) + 2 * MARGIN,
    cards: cards.map((card, place) => ({ ...card, ...moved(boxes[place]!) })),
    ties: ties.map((tie) => {
      const { points = [], x = 0, y = 0 } = graph.edge(tie.step.from.id, tie.step.to.id);
      return { ...tie, points: points.map(moved), label: moved({ x, y }) };
    }),
  };
}

function topicsOf(ties: Pick<Tie, "step">[]): Network["topics"] {
  const counts = new Map<string, { id: string; name: string; times: number }>();
  for (const { step } of ties) {
    const topic = step.topic ?? { id: "", name: "in general" };
    const seen = counts.get(topic.id) ?? { ...topic, times: 0 };
    counts.set(topic.id, { ...seen, times: seen.times + 1 });
  }
  return [...counts.values()]
    .sort((one, other) => other.times - one.times || (one.id < other.id ? -1 : 1))
    .map(({ id, name }) => ({ id, name }));
}
