/** What is behind a tie or a person of the drawing: evidence, dates, and what can be done about it. */
import { hrefTo } from "../address";
import { day, many, strength, word } from "../words";
import type { Card, Tie } from "./network";

export function TieDetails({ tie }: { tie: Tie }) {
  const { step } = tie;
  const [listener, speaker] = step.fromTrustsTo ? [step.from, step.to] : [step.to, step.from];
  return (
    <aside class="details" aria-label="The chosen tie">
      <h3>
        {listener.name} trusts {speaker.name}
      </h3>
      <dl>
        <dt>on</dt>
        <dd>{step.topic?.name ?? "no topic in particular"}</dd>
        <dt>strength here</dt>
        <dd>
          {strength(step.strength)} <span class="quiet">age and distance of topic included</span>
        </dd>
        <dt>because of</dt>
        <dd>
          {step.evidence.length === 0
            ? "a statement, not interactions"
            : step.evidence.map(({ kind, count }) => many(count, word(kind), `${word(kind)}s`)).join(", ")}
        </dd>
        <dt>since</dt>
        <dd>{day(step.since)}</dd>
        <dt>last seen</dt>
        <dd>
          {day(step.lastSeen)}
          {tie.old && <strong class="flag"> old: over two years ago</strong>}
        </dd>
        {step.channel && (
          <>
            <dt>channel</dt>
            <dd>{word(step.channel)}</dd>
          </>
        )}
        <dt>disclosure</dt>
        <dd>{step.paid ? <strong class="flag">paid: a paid interaction is among the evidence</strong> : "not paid"}</dd>
      </dl>
      {tie.weakest && <p class="flag">The weakest step of a path: where the message is most likely to stop.</p>}
    </aside>
  );
}

export function PersonDetails({ card, topic, onExclude }: { card: Card; topic: string | null; onExclude: () => void }) {
  return (
    <aside class="details" aria-label="The chosen person">
      <h3>{card.name}</h3>
      {card.headline && <p>{card.headline}</p>}
      <p class="actions">
        {card.place === "introducer" && (
          <button type="button" onClick={onExclude}>
            Ask again without {card.name}
          </button>
        )}
        {topic && (
          <a href={hrefTo("map", { topic, person: card.id })} data-view>
            See {card.name} on the map
          </a>
        )}
      </p>
    </aside>
  );
}
