/** Where to begin: questions that have an answer on the demo data, if that is what is loaded. */
import { hrefTo } from "../address";
import { useAnswer } from "../ask/use-answer";
import { Examples as ExamplesOperation } from "../operations/generated";
import { Telling } from "../parts/telling";
import { count } from "../words";

const NOTHING = {};

export function Examples() {
  const answered = useAnswer(ExamplesOperation, NOTHING);
  const { from, to, topic, snapshot } = answered.answer ?? {};
  return (
    <div class="examples">
      <Telling of={answered} />
      <p>
        Name where the message starts and whom it should reach.
        {snapshot && ` ${count(snapshot.people)} people and ${count(snapshot.relationships)} ties of trust are known.`}
      </p>
      {from && to && (
        <p>
          For example:{" "}
          <a href={hrefTo("paths", { from: `brand:${from.id}`, to: `brand:${to.id}` })} data-view>
            from {from.name} to who decides at {to.name}
          </a>
        </p>
      )}
      {topic && (
        <p>
          Or look around:{" "}
          <a href={hrefTo("map", { topic: topic.id })} data-view>
            the communities around {topic.name}
          </a>
          ,{" "}
          <a href={hrefTo("topic", { topic: topic.id })} data-view>
            what moves {topic.name}
          </a>
        </p>
      )}
    </div>
  );
}
