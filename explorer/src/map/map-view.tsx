/** Who forms the community around a topic, drawn as a map. */
import type { Core } from "cytoscape";
import { useMemo, useRef } from "preact/hooks";
import { type Address, go } from "../address";
import { asCypher } from "../ask/as-cypher";
import { asGraphql } from "../ask/as-graphql";
import { useAnswer } from "../ask/use-answer";
import { CommunityMap, type CommunityMapQuery, Years } from "../operations/generated";
import { Combobox } from "../parts/combobox";
import { TakeAway } from "../parts/take-away";
import { Notice, Telling } from "../parts/telling";
import { Examples } from "../paths/examples";
import { groundColour } from "../save/picture";
import { count, day, many } from "../words";
import { mapSvg } from "./as-svg";
import { Canvas } from "./canvas";
import { Communities, csvOf } from "./in-words";
import { layoutOf } from "./layout";
import { PersonPanel } from "./person-panel";
import { hrefOf, parametersOf, type Question, questionOf, variablesOf } from "./question";

export function MapView({ address }: { address: Address }) {
  const question = questionOf(address.query);
  const answered = useAnswer(CommunityMap, variablesOf(question));
  const change = (changed: Partial<Question>) => go(hrefOf({ ...question, ...changed }));
  const found = answered.answer;
  return (
    <>
      <h1>Who forms the community?</h1>
      <p class="lead">People already acquainted with each other on a topic, not a list of loud accounts.</p>
      <form class="ask" role="search" aria-label="Map" onSubmit={(event) => event.preventDefault()}>
        <Combobox
          label="Topic"
          placeholder="Any topic"
          kinds={["topic"]}
          value={question.topic ? { kind: "topic", id: question.topic } : null}
          onChange={(topic) => change({ topic: topic?.id ?? null, brand: null, person: null, asOf: null })}
        />
        {found && <BrandFilter found={found} brand={question.brand} onBrand={(brand) => change({ brand })} />}
        {question.topic && found && (
          <YearSlider
            topic={question.topic}
            asOf={question.asOf}
            newest={found.snapshot.asOf}
            onDay={(asOf) => change({ asOf })}
          />
        )}
      </form>
      <section id="answer" aria-label="The answer" aria-busy={answered.state === "slow" || answered.state === "asking"}>
        <Telling of={answered} />
        {!question.topic && <Examples />}
        {found?.topic && answered.state !== "stopped" && <Found found={found} question={question} change={change} />}
      </section>
    </>
  );
}

interface FoundProps {
  found: CommunityMapQuery;
  question: Question;
  change: (changed: Partial<Question>) => void;
}

function Found({ found, question, change }: FoundProps) {
  const layout = useMemo(() => layoutOf(found), [found]);
  const map = useRef<Core>(null);
  const members = found.topic?.members ?? [];
  const people = layout.regions.reduce((sum, { community }) => sum + community.size, 0);
  const open = (person: string | null) => change({ person });
  if (layout.regions.length === 0) {
    return (
      <Notice>
        <strong>There is no community.</strong> On {question.asOf ? day(question.asOf) : "the data set’s day"} no three
        people trust each other on {found.topic?.name}, or near it.
      </Notice>
    );
  }
  return (
    <>
      <p class="outcome">
        {many(layout.regions.length, "community", "communities")} of {count(people)} people on{" "}
        {day(question.asOf ?? found.snapshot.asOf)}
        {members.length < people && `; the ${count(members.length)} with most authority are drawn`}.
      </p>
      <div class={question.person ? "map with-person" : "map"}>
        <figure>
          <Canvas layout={layout} brand={question.brand} person={question.person} onPerson={open} map={map} />
          <Legend />
        </figure>
        {question.person && question.topic && (
          <PersonPanel id={question.person} topic={question.topic} asOf={question.asOf} onClose={() => open(null)} />
        )}
      </div>
      <TakeAway
        graphql={() => asGraphql(CommunityMap, variablesOf(question)!)}
        cypher={question.asOf ? null : () => asCypher("members_of_topic", parametersOf(question))}
        whyNot="The database keeps the communities of the data set’s day only; those of another day are worked out when GraphQL asks."
        csv={() => csvOf(members, layout.regions)}
        svg={() => mapSvg(layout, question.brand)}
        png={async () =>
          (map.current?.png({ output: "blob-promise", full: true, scale: 2, bg: groundColour() }) ??
            null) as Promise<Blob> | null
        }
        name={`map-${question.topic}`}
      />
      <Communities regions={layout.regions} members={members} onPerson={open} />
    </>
  );
}

function BrandFilter(props: { found: CommunityMapQuery; brand: string | null; onBrand: (id: string | null) => void }) {
  const { found, brand, onBrand } = props;
  const brands = useMemo(() => brandsOf(found), [found]);
  return (
    <div class="field">
      <label for="brand">Show people of</label>
      <select id="brand" value={brand ?? ""} onChange={(event) => onBrand(event.currentTarget.value || null)}>
        <option value="">all brands</option>
        {brands.map(({ id, name, people }) => (
          <option key={id} value={id}>
            {name} ({count(people)})
          </option>
        ))}
        {brand && !brands.some(({ id }) => id === brand) && <option value={brand}>{brand} (0)</option>}
      </select>
    </div>
  );
}

/** Brands that the communities tell of, with how many people of the map hold a role there; most first. */
function brandsOf({ topic, topicalCommunities }: CommunityMapQuery) {
  const people = new Map<string, number>();
  for (const { brandIds } of topic?.members ?? []) {
    for (const id of brandIds) people.set(id, (people.get(id) ?? 0) + 1);
  }
  const names = new Map(
    topicalCommunities.edges.flatMap(({ node }) =>
      node.brands.edges.map(({ node: { id, name } }) => [id, name] as const),
    ),
  );
  return [...names]
    .map(([id, name]) => ({ id, name, people: people.get(id) ?? 0 }))
    .sort((one, other) => other.people - one.people || (one.id < other.id ? -1 : 1));
}

interface YearSliderProps {
  topic: string;
  asOf: string | null;
  newest: string;
  onDay: (asOf: string | null) => void;
}

/** Through the ends of years, from the first with trust on the topic, to the data set's day. */
function YearSlider({ topic, asOf, newest, onDay }: YearSliderProps) {
  const { answer, state } = useAnswer(Years, { topicId: topic });
  const last = Number(newest.slice(0, 4));
  const began = answer?.topic?.currents.intervals.find(({ newTrust }) => newTrust > 0)?.start;
  const first = Math.min(began ? Number(began.slice(0, 4)) : last, asOf ? Number(asOf.slice(0, 4)) : last);
  const at = asOf ? Number(asOf.slice(0, 4)) : last;
  const said = asOf ? `end of ${at}` : `${day(newest)}, the newest`;
  return (
    <div class="field years">
      <label for="years">
        As of <output for="years">{said}</output>
      </label>
      <input
        id="years"
        type="range"
        min={first}
        max={last}
        step={1}
        value={at}
        disabled={state !== "answered"} // until the first year is known it could be moved nowhere
        aria-valuetext={said}
        onChange={(event) => {
          const year = Number(event.currentTarget.value);
          onDay(year === last ? null : `${year}-12-31`);
        }}
      />
    </div>
  );
}

function Legend() {
  return (
    <figcaption>
      <ul class="legend">
        <li>larger: more authority on the topic</li>
        <li>
          <svg class="swatch" viewBox="0 0 24 12" aria-hidden="true">
            <circle class="ring" cx="12" cy="6" r="4.5" />
          </svg>
          hub
        </li>
        <li>
          <svg class="swatch" viewBox="0 0 24 12" aria-hidden="true">
            <path class="solid" d="m12 0 6 6-6 6-6-6Z" />
          </svg>
          connector
        </li>
        <li>
          <svg class="swatch old" viewBox="0 0 24 8" aria-hidden="true">
            <path class="line" d="M0 4h24" stroke-width="2" />
          </svg>
          bridge to another community
        </li>
      </ul>
    </figcaption>
  );
}
