/** Paths drawn from left to right. A tie's width is its strength, its colour its topic; dashes tell paid and old. */
import type { Ref } from "preact";
import { shortened } from "../words";
import { CARD, type Card, marksOf, type Network, type Tie, topicLine } from "./network";

const COLOURS = 8;

export function colourOf(network: Network, tie: Pick<Tie, "step">): number {
  return network.topics.findIndex(({ id }) => id === (tie.step.topic?.id ?? "")) % COLOURS;
}

export interface DrawingProps {
  network: Network;
  chosen: string | null;
  lit: number | null;
  onChoose: (key: string) => void;
  onExclude: (id: string) => void;
  drawing: Ref<SVGSVGElement>;
}

export function Drawing({ network, chosen, lit, onChoose, onExclude, drawing }: DrawingProps) {
  const { width, height, ties, cards } = network;
  return (
    <section class="drawing" aria-label="The paths as a drawing">
      <svg
        ref={drawing}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="group"
        aria-label="People from left to right; lines are trust between them"
      >
        {ties.map((tie) => (
          <TieLine
            key={tie.key}
            tie={tie}
            colour={colourOf(network, tie)}
            chosen={chosen === tie.key}
            faint={lit !== null && !tie.paths.includes(lit)}
            onChoose={onChoose}
          />
        ))}
        {cards.map((card) => (
          <PersonCard
            key={card.id}
            card={card}
            chosen={chosen === card.id}
            faint={lit !== null && !ties.some((tie) => tie.paths.includes(lit) && tie.key.split(" ").includes(card.id))}
            onChoose={onChoose}
            onExclude={onExclude}
          />
        ))}
      </svg>
    </section>
  );
}

function pressed(act: () => void) {
  return {
    onClick: act,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    },
  };
}

interface TieProps {
  tie: Tie;
  colour: number;
  chosen: boolean;
  faint: boolean;
  onChoose: (key: string) => void;
}

function TieLine({ tie, colour, chosen, faint, onChoose }: TieProps) {
  const { step, weakest, old } = tie;
  const line = curve(tie.points);
  const marks = marksOf(tie);
  const classes = [
    "tie",
    `topic-${colour}`,
    step.paid && "paid",
    old && "old",
    weakest && "weakest",
    chosen && "chosen",
  ];
  return (
    <g
      class={[...classes, faint && "faint"].filter(Boolean).join(" ")}
      role="button"
      tabindex={0}
      aria-pressed={chosen}
      aria-label={`${[topicLine(step), marks].join(" ").trim()}: ${step.from.name} to ${step.to.name}`}
      {...pressed(() => onChoose(tie.key))}
    >
      <path class="grasp" d={line} />
      <path class="line" d={line} stroke-width={1.5 + 9 * step.strength} />
      {weakest && (
        <path class="mark" d="M0-6 6 0 0 6-6 0Z" transform={`translate(${tie.label.x} ${tie.label.y + 18})`} />
      )}
      <text x={tie.label.x} y={tie.label.y - 9}>
        <tspan>{topicLine(step)}</tspan>
        {marks && (
          <>
            {" "}
            <tspan class="tie-marks" x={tie.label.x} dy="14">
              {marks}
            </tspan>
          </>
        )}
      </text>
    </g>
  );
}

interface CardProps {
  card: Card;
  chosen: boolean;
  faint: boolean;
  onChoose: (key: string) => void;
  onExclude: (id: string) => void;
}

function PersonCard({ card, chosen, faint, onChoose, onExclude }: CardProps) {
  const left = card.x - CARD.width / 2;
  const top = card.y - CARD.height / 2;
  return (
    <g class={`card ${card.place}${chosen ? " chosen" : ""}${faint ? " faint" : ""}`}>
      <g role="button" tabindex={0} aria-pressed={chosen} {...pressed(() => onChoose(card.id))}>
        <rect x={left} y={top} width={CARD.width} height={CARD.height} rx="8" />
        <title>{card.name}</title>
        <text>
          <tspan class="card-name" x={left + 12} y={card.y - 3}>
            {shortened(card.name, card.place === "introducer" ? 18 : 21)}
          </tspan>{" "}
          <tspan x={left + 12} y={card.y + 14}>
            {shortened(card.headline ?? PLACES[card.place], 25)}
          </tspan>
        </text>
      </g>
      {card.place === "introducer" && (
        <g
          class="exclude"
          data-control
          role="button"
          tabindex={0}
          aria-label={`Ask again without ${card.name}`}
          {...pressed(() => onExclude(card.id))}
        >
          <title>Ask again without {card.name}</title>
          <rect x={left + CARD.width - 27} y={top + 3} width="24" height="24" rx="12" />
          <path d="m-4-4 8 8m0-8-8 8" transform={`translate(${left + CARD.width - 15} ${top + 15})`} />
        </g>
      )}
    </g>
  );
}

const PLACES = { start: "start", introducer: "introducer", goal: "goal" };

/** A line through points that leaves and arrives level. */
function curve(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let before = first;
  let line = `M${first.x} ${first.y}`;
  for (const point of rest) {
    const middle = (before.x + point.x) / 2;
    line += `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    before = point;
  }
  return line;
}
