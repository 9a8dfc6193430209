/** Through whom can one party reach another? */
import { useMemo, useRef, useState } from "preact/hooks";
import { type Address, go } from "../address";
import { asCypher } from "../ask/as-cypher";
import { asGraphql } from "../ask/as-graphql";
import { useAnswer } from "../ask/use-answer";
import { Names, TrustedPaths } from "../operations/generated";
import { Combobox } from "../parts/combobox";
import { TakeAway } from "../parts/take-away";
import { Notice, Telling } from "../parts/telling";
import { pngOf, svgText } from "../save/picture";
import { many } from "../words";
import { PersonDetails, TieDetails } from "./details";
import { colourOf, Drawing } from "./drawing";
import { Examples } from "./examples";
import { csvOf, Sentences, StepsTable } from "./in-words";
import { type Answer, type Network, networkOf } from "./network";
import { COUNTS, hrefOf, parametersOf, type Question, questionOf, variablesOf } from "./question";

export function PathsView({ address }: { address: Address }) {
  const question = questionOf(address.query);
  const variables = variablesOf(question);
  const answered = useAnswer(TrustedPaths, variables);
  const change = (changed: Partial<Question>) => go(hrefOf({ ...question, ...changed }));
  const found = answered.answer?.trustedPaths;
  return (
    <>
      <h1>Through whom?</h1>
      <p class="lead">
        A message changes a decision when it comes from somebody whom the decision-maker already trusts, on the topic at
        hand.
      </p>
      <Ask question={question} change={change} />
      <section id="answer" aria-label="The answer" aria-busy={answered.state === "slow" || answered.state === "asking"}>
        <Telling of={answered} />
        {!variables && <Examples />}
        {variables && found && answered.state !== "stopped" && (
          <Found key={hrefOf(question)} answer={found} question={question} change={change} />
        )}
      </section>
    </>
  );
}

interface AskProps {
  question: Question;
  change: (changed: Partial<Question>) => void;
}

function Ask({ question, change }: AskProps) {
  const ends = ["brand", "person"] as const;
  return (
    <form class="ask" role="search" aria-label="Paths" onSubmit={(event) => event.preventDefault()}>
      <Combobox
        label="From"
        placeholder="A brand or a person"
        kinds={ends}
        value={question.from}
        onChange={(from) => change({ from, excluded: [] })}
      />
      <Combobox
        label="To"
        placeholder="A brand or a person"
        kinds={ends}
        value={question.to}
        onChange={(to) => change({ to, excluded: [] })}
      />
      <Combobox
        label="On"
        placeholder="Any topic"
        kinds={["topic"]}
        value={question.topic ? { kind: "topic", id: question.topic } : null}
        onChange={(topic) => change({ topic: topic?.id ?? null })}
        optional
      />
      <fieldset class="options">
        <legend class="unseen">Which paths</legend>
        <label>
          Show{" "}
          <select value={question.first} onChange={(event) => change({ first: Number(event.currentTarget.value) })}>
            {COUNTS.map((each) => (
              <option key={each} value={each}>
                {each === 1 ? "the best path" : `the ${each} best paths`}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={question.distinct}
            onChange={(event) => change({ distinct: event.currentTarget.checked })}
          />{" "}
          each through other people
        </label>
        <label>
          <input
            type="checkbox"
            checked={!question.paid}
            onChange={(event) => change({ paid: !event.currentTarget.checked })}
          />{" "}
          without paid ties
        </label>
        <label>
          as of{" "}
          <input
            type="date"
            value={question.asOf ?? ""}
            onChange={(event) => change({ asOf: event.currentTarget.value || null })}
          />
        </label>
      </fieldset>
      {question.excluded.length > 0 && <Excluded question={question} change={change} />}
    </form>
  );
}

function Excluded({ question, change }: AskProps) {
  return (
    <p class="excluded">
      Without{" "}
      {question.excluded.map((id) => (
        <button
          key={id}
          type="button"
          class="chip"
          onClick={() => change({ excluded: question.excluded.filter((other) => other !== id) })}
        >
          <PersonName id={id} /> <span aria-hidden="true">×</span>
          <span class="unseen">: ask with them again</span>
        </button>
      ))}
    </p>
  );
}

function PersonName({ id }: { id: string }) {
  const { answer } = useAnswer(Names, {
    personId: id,
    brandId: id,
    topicId: id,
    person: true,
    brand: false,
    topic: false,
  });
  return <>{answer?.person?.name ?? id}</>;
}

interface FoundProps extends AskProps {
  answer: Answer;
}

function Found({ answer, question, change }: FoundProps) {
  const network = useMemo(() => networkOf(answer, question.asOf), [answer, question.asOf]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [lit, setLit] = useState<number | null>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const exclude = (id: string) => change({ excluded: [...question.excluded, id] });
  const tie = network.ties.find(({ key }) => key === chosen);
  const card = network.cards.find(({ id }) => id === chosen);
  return (
    <>
      <Outcome answer={answer} excluded={question.excluded.length} />
      {answer.paths.length > 0 && (
        <>
          <Drawing
            network={network}
            chosen={chosen}
            lit={lit}
            onChoose={(key) => setChosen(key === chosen ? null : key)}
            onExclude={exclude}
            drawing={drawing}
          />
          <Legend network={network} />
          <div aria-live="polite">
            {tie && <TieDetails tie={tie} />}
            {card && <PersonDetails card={card} topic={question.topic} onExclude={() => exclude(card.id)} />}
          </div>
        </>
      )}
      <TakeAway
        graphql={() => asGraphql(TrustedPaths, variablesOf(question)!)}
        cypher={() => asCypher("trusted_paths", parametersOf(question))}
        csv={() => csvOf(answer)}
        svg={answer.paths.length ? () => drawing.current && svgText(drawing.current) : undefined}
        png={answer.paths.length ? async () => drawing.current && pngOf(svgText(drawing.current)) : undefined}
        name="paths"
      />
      {answer.paths.length > 0 && (
        <>
          <Sentences paths={answer.paths} onLight={setLit} />
          <StepsTable answer={answer} asOf={question.asOf} />
        </>
      )}
    </>
  );
}

function Outcome({ answer, excluded }: { answer: Answer; excluded: number }) {
  const { paths, complete, stoppedBecause } = answer;
  if (!complete) {
    const sofar = paths.length
      ? `${many(paths.length, "path is", "paths are")} proved so far`
      : "Nothing is proved yet";
    return (
      <Notice>
        <strong>A partial answer.</strong> {sofar}; there may be more: {stoppedBecause}
      </Notice>
    );
  }
  if (paths.length > 0) return <p class="outcome">{many(paths.length, "path", "paths")}, the strongest first.</p>;
  return (
    <Notice>
      <strong>There is no path.</strong> All trust was looked at: nobody who may speak for the start is listened to,
      even through others, by whom it should reach
      {excluded ? ", without those you left out. Let one of them in again" : ". Another topic, or none, may open one"}.
    </Notice>
  );
}

function Legend({ network }: { network: Network }) {
  const shown = network.topics.slice(0, 8);
  return (
    <ul class="legend" aria-label="What the lines mean">
      {shown.map((topic) => (
        <li key={topic.id}>
          <svg
            class={`swatch topic-${colourOf(network, { step: { topic } } as never)}`}
            viewBox="0 0 24 8"
            aria-hidden="true"
          >
            <path class="line" d="M0 4h24" stroke-width="4" />
          </svg>
          {topic.name}
        </li>
      ))}
      <li>
        <svg class="swatch" viewBox="0 0 24 8" aria-hidden="true">
          <path class="line" d="M0 4h12" stroke-width="2" />
          <path class="line" d="M12 4h12" stroke-width="7" />
        </svg>
        wider: stronger
      </li>
      <li>
        <svg class="swatch old" viewBox="0 0 24 8" aria-hidden="true">
          <path class="line" d="M0 4h24" stroke-width="3" />
        </svg>
        old, over two years
      </li>
      <li>
        <svg class="swatch paid" viewBox="0 0 24 8" aria-hidden="true">
          <path class="line" d="M0 4h24" stroke-width="3" />
        </svg>
        paid
      </li>
      <li>
        <svg class="swatch weakest" viewBox="0 0 24 12" aria-hidden="true">
          <path class="mark" d="M12 0 18 6 12 12 6 6Z" />
        </svg>
        weakest of a path
      </li>
    </ul>
  );
}
