/** Who somebody of the map is: roles, topics, standing, communities, and who trusts them. */
import { useEffect, useRef } from "preact/hooks";
import { hrefTo } from "../address";
import { useAnswer } from "../ask/use-answer";
import { PersonOnTopic, type PersonOnTopicQuery } from "../operations/generated";
import { Telling } from "../parts/telling";
import { count, day, many, strength, word } from "../words";

export interface PersonPanelProps {
  id: string;
  topic: string;
  asOf: string | null;
  onClose: () => void;
}

type Person = NonNullable<PersonOnTopicQuery["person"]>;

export function PersonPanel({ id, topic, asOf, onClose }: PersonPanelProps) {
  const answered = useAnswer(PersonOnTopic, { id, topicId: topic, asOf });
  const person = answered.answer?.person;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // on a narrow screen the panel is below the map
    if (person?.id === id) heading.current?.scrollIntoView({ block: "nearest" });
  }, [person, id]);
  return (
    <aside class="details person" aria-label="The chosen person" aria-live="polite">
      <Telling of={answered} />
      {person === null && <p>There is nobody with this id.</p>}
      {person && (
        <>
          <header>
            <h2 ref={heading}>{person.name}</h2>
            <button type="button" class="plain" aria-label={`Close ${person.name}`} onClick={onClose}>
              ×
            </button>
          </header>
          {(person.headline || person.location) && (
            <p class="quiet">{[person.headline, person.location].filter(Boolean).join(" · ")}</p>
          )}
          <Standing person={person} />
          <Roles person={person} />
          <Communities person={person} />
          <TrustedBy person={person} />
          <Topics person={person} />
          <p class="actions">
            <a href={hrefTo("paths", { to: `person:${id}`, topic })} data-view>
              Through whom to {person.name}?
            </a>
          </p>
        </>
      )}
    </aside>
  );
}

const MEASURES = ["authority", "resonance", "reach", "relevance"] as const;

function Standing({ person: { standing } }: { person: Person }) {
  if (!standing) return <p>No standing on this topic: no part in its trust, and no activity.</p>;
  return (
    <section>
      <h3>Standing on this topic</h3>
      <dl class="measures">
        {MEASURES.map((measure) => {
          const { value, percentile, formula } = standing[measure];
          return (
            <div key={measure} title={formula}>
              <dt>{measure}</dt>
              <dd>
                {measure === "reach" ? count(value) : value.toPrecision(3)}
                <meter min={0} max={100} value={percentile} aria-label={`percentile of ${measure}`} />
                <span class="quiet">above {percentile.toFixed(0)} %</span>
              </dd>
            </div>
          );
        })}
      </dl>
      <p class="quiet small">Percentiles among {count(standing.people)} people of the topic.</p>
    </section>
  );
}

function Roles({ person: { roles } }: { person: Person }) {
  return (
    <List title="Roles" total={roles.totalCount} none="No role at any brand.">
      {roles.edges.map(({ node }) => (
        <li key={`${node.kind} ${node.brand.id} ${node.topic?.id} ${node.since}`}>
          {word(node.kind)} at {node.brand.name}
          {node.topic && ` on ${node.topic.name}`}
          <span class="quiet">
            {node.since && ` since ${day(node.since)}`}
            {node.until && ` until ${day(node.until)}`}
          </span>
        </li>
      ))}
    </List>
  );
}

function Communities({ person: { communities } }: { person: Person }) {
  return (
    <List title="Communities" total={communities.totalCount} none="In no community.">
      {communities.edges.map(({ node, role, share }) => (
        <li key={node.id}>
          {word(role)} of{" "}
          <a href={hrefTo("map", { topic: node.topic.id })} data-view>
            {node.label || "a community"}
          </a>{" "}
          <span class="quiet">
            on {node.topic.name}, {Math.round(share * 100)} % of their ties
          </span>
        </li>
      ))}
    </List>
  );
}

function TrustedBy({ person: { trustedBy } }: { person: Person }) {
  return (
    <List title="Who trusts them" total={trustedBy.totalCount} none="Nobody, as far as is known.">
      {trustedBy.edges.map(({ node }) => (
        <li key={`${node.person.id} ${node.topic?.id}`}>
          {node.person.name} <span class="quiet">on {node.topic?.name ?? "no topic in particular"}, </span>
          {strength(node.strength)}{" "}
          <span class="quiet">
            {node.evidence.map(({ kind, count: times }) => many(times, word(kind), `${word(kind)}s`)).join(", ") ||
              "stated"}
            {node.paid && ", paid"}
            {node.lastSeen && `, last seen ${day(node.lastSeen)}`}
          </span>
        </li>
      ))}
    </List>
  );
}

function Topics({ person: { topics } }: { person: Person }) {
  return (
    <List title="Topics" total={topics.totalCount} none="None.">
      {topics.edges.map(({ node }) => (
        <li key={node.id}>
          <a href={hrefTo("topic", { topic: node.id })} data-view>
            {node.name}
          </a>
        </li>
      ))}
    </List>
  );
}

function List(props: { title: string; total: number; none: string; children: preact.ComponentChild[] }) {
  const more = props.total - props.children.length;
  return (
    <section>
      <h3>{props.title}</h3>
      {props.total === 0 ? <p class="quiet">{props.none}</p> : <ul>{props.children}</ul>}
      {more > 0 && <p class="quiet small">and {count(more)} more</p>}
    </section>
  );
}
