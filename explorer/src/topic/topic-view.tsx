/** What moves a topic: who matters on it and how a brand reaches them, how it changes, how few make most of it. */
import { useRef } from "preact/hooks";
import { type Address, go, hrefTo } from "../address";
import { useAnswer } from "../ask/use-answer";
import {
  Concentration,
  Currents,
  type InfluencerOrder,
  Influencers,
  type Interval,
  Rainmakers,
  TopicName,
} from "../operations/generated";
import { Combobox } from "../parts/combobox";
import { Notice, Telling } from "../parts/telling";
import { Examples } from "../paths/examples";
import { count } from "../words";
import { CurrentsChart, currentsCsv } from "./currents-chart";
import { Lorenz, lorenzCsv } from "./lorenz";
import { COUNTS, hrefOf, INTERVALS, ORDERS, type Question, questionOf } from "./question";
import { Ranking, rankingCsv } from "./ranking";
import { Section } from "./section";

export function TopicView({ address }: { address: Address }) {
  const question = questionOf(address.query);
  const change = (changed: Partial<Question>) => go(hrefOf({ ...question, ...changed }));
  return (
    <>
      <h1>What moves it?</h1>
      <p class="lead">Who matters on a topic, how a brand reaches them, and which way the topic goes.</p>
      <form class="ask" role="search" aria-label="Topic" onSubmit={(event) => event.preventDefault()}>
        <Combobox
          label="Topic"
          placeholder="Any topic"
          kinds={["topic"]}
          value={question.topic ? { kind: "topic", id: question.topic } : null}
          onChange={(topic) => change({ topic: topic?.id ?? null })}
        />
        <Combobox
          label="Seen by"
          placeholder="The brand that looks for people"
          kinds={["brand"]}
          value={question.brand ? { kind: "brand", id: question.brand } : null}
          onChange={(brand) => change({ brand: brand?.id ?? null })}
          optional
        />
      </form>
      <div id="answer">
        {question.topic ? <Answer question={{ ...question, topic: question.topic }} change={change} /> : <Examples />}
      </div>
    </>
  );
}

interface AnswerProps {
  question: Question & { topic: string };
  change: (changed: Partial<Question>) => void;
}

function Answer({ question, change }: AnswerProps) {
  const answered = useAnswer(TopicName, { topicId: question.topic });
  const topic = answered.answer?.topic;
  return (
    <>
      <Telling of={answered} />
      {topic === null && <Notice>There is no topic with the id {question.topic}.</Notice>}
      {topic && (
        <>
          <Surroundings topic={topic} id={question.topic} />
          {question.brand ? (
            <People question={{ ...question, brand: question.brand }} change={change} />
          ) : (
            <Notice>Name a brand above to see who matters to it here, and through whom it reaches them.</Notice>
          )}
          <Flow question={question} change={change} />
          <Few topic={question.topic} />
        </>
      )}
    </>
  );
}

interface SurroundingsProps {
  id: string;
  topic: {
    description: string | null;
    parent: { id: string; name: string } | null;
    parts: { totalCount: number; edges: { node: { id: string; name: string } }[] };
  };
}

function Surroundings({ id, topic: { description, parent, parts } }: SurroundingsProps) {
  return (
    <p class="surroundings">
      {description && `${description} `}
      {parent && (
        <>
          Part of{" "}
          <a href={hrefTo("topic", { topic: parent.id })} data-view>
            {parent.name}
          </a>
          .{" "}
        </>
      )}
      {parts.totalCount > 0 && `${count(parts.totalCount)} narrower topics belong to it. `}
      <a href={hrefTo("map", { topic: id })} data-view>
        Its communities
      </a>
    </p>
  );
}

function People({ question, change }: AnswerProps & { question: { brand: string } }) {
  const { topic, brand, order, first } = question;
  const usual = { brandId: brand, topicId: topic, scope: "RELATED", asOf: null, maxHops: 6 };
  return (
    <>
      <Section
        id="influencers"
        title="Who matters, and how the brand reaches them"
        about={
          <>
            By{" "}
            <select
              aria-label="Order of influencers"
              value={order}
              onChange={(event) => change({ order: event.currentTarget.value as InfluencerOrder })}
            >
              {Object.entries(ORDERS).map(([name, said]) => (
                <option key={name} value={name}>
                  {said}
                </option>
              ))}
            </select>{" "}
            <select
              aria-label="How many people"
              value={first}
              onChange={(event) => change({ first: Number(event.currentTarget.value) })}
            >
              {COUNTS.map((each) => (
                <option key={each} value={each}>
                  the first {each}
                </option>
              ))}
            </select>
          </>
        }
        operation={Influencers}
        variables={{ topicId: topic, brandId: brand, orderBy: order, first }}
        statement="influencers"
        parameters={{ ...usual, personIds: null, orderBy: order, first }}
        csv={(answer) => rankingCsv(answer.topic!.influencers)}
      >
        {(answer) =>
          answer.topic && (
            <Ranking ranked={answer.topic.influencers} topic={topic} brand={brand} none="Nobody has a standing here." />
          )
        }
      </Section>
      <Section
        id="rainmakers"
        title="Rainmakers: who moves the topic and does not know the brand yet"
        about="No role at the brand and no tie to its people, by authority."
        operation={Rainmakers}
        variables={{ topicId: topic, brandId: brand, first }}
        statement="rainmakers"
        parameters={{ ...usual, first }}
        csv={(answer) => rankingCsv(answer.topic!.rainmakers)}
      >
        {(answer) =>
          answer.topic && (
            <Ranking
              ranked={answer.topic.rainmakers}
              topic={topic}
              brand={brand}
              none="Everybody with a standing here is tied to the brand already."
            />
          )
        }
      </Section>
    </>
  );
}

function Flow({ question: { topic, interval }, change }: AnswerProps) {
  const drawing = useRef<SVGSVGElement>(null);
  return (
    <Section
      id="currents"
      title="Currents"
      about={
        <>
          By{" "}
          <select
            aria-label="Length of an interval"
            value={interval}
            onChange={(event) => change({ interval: event.currentTarget.value as Interval })}
          >
            {Object.entries(INTERVALS).map(([name, said]) => (
              <option key={name} value={name}>
                {said}
              </option>
            ))}
          </select>
        </>
      }
      operation={Currents}
      variables={{ topicId: topic, interval }}
      statement="currents"
      parameters={{ topicId: topic, interval, from: null, to: null, scope: "RELATED" }}
      csv={(answer) => currentsCsv(answer.topic!.currents)}
      drawing={drawing as never}
    >
      {(answer) => answer.topic && <CurrentsChart currents={answer.topic.currents} drawing={drawing} />}
    </Section>
  );
}

function Few({ topic }: { topic: string }) {
  const drawing = useRef<SVGSVGElement>(null);
  return (
    <Section
      id="concentration"
      title="How few make most of it"
      about="An influence impression is one interaction times one listener."
      operation={Concentration}
      variables={{ topicId: topic }}
      statement="peer_influence"
      parameters={{ topicId: topic, scope: "RELATED", asOf: null }}
      csv={(answer) => lorenzCsv(answer.topic!.peerInfluence)}
      drawing={drawing as never}
    >
      {(answer) => answer.topic && <Lorenz peers={answer.topic.peerInfluence} drawing={drawing} />}
    </Section>
  );
}
