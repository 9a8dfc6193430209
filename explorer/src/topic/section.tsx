/** A part of the topic page with a question of its own: progress, answer, and what can be taken away. */
import type { ComponentChildren, RefObject } from "preact";
import { asCypher, type Parameters } from "../ask/as-cypher";
import { asGraphql } from "../ask/as-graphql";
import { type Answered, useAnswer } from "../ask/use-answer";
import type { Operation } from "../operations/generated";
import { TakeAway } from "../parts/take-away";
import { Telling } from "../parts/telling";
import { pngOf, svgText } from "../save/picture";

interface SectionProps<Answer, Variables> {
  id: string;
  title: string;
  about: ComponentChildren;
  operation: Operation<Answer, Variables>;
  variables: Variables;
  statement: string;
  parameters: Parameters;
  csv: (answer: Answer) => string;
  drawing?: RefObject<SVGSVGElement>;
  children: (answer: Answer) => ComponentChildren;
}

export function Section<Answer, Variables extends object>(props: SectionProps<Answer, Variables>) {
  const { id, title, about, operation, variables, statement, parameters, csv, drawing, children } = props;
  const answered: Answered<Answer> = useAnswer(operation, variables);
  const { answer } = answered;
  const picture = () => (drawing?.current ? svgText(drawing.current) : null);
  return (
    <section aria-labelledby={id} aria-busy={answered.state === "asking" || answered.state === "slow"}>
      <h2 id={id}>{title}</h2>
      <p class="quiet">{about}</p>
      <Telling of={answered} />
      {answer && answered.state !== "stopped" && (
        <>
          {children(answer)}
          <TakeAway
            graphql={() => asGraphql(operation, variables)}
            cypher={() => asCypher(statement, parameters)}
            csv={() => csv(answer)}
            svg={drawing && picture}
            png={
              drawing &&
              (async () => {
                const text = picture();
                return text === null ? null : pngOf(text);
              })
            }
            name={id}
          />
        </>
      )}
    </section>
  );
}
