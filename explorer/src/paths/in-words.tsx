/** The same answer as sentences and as a table. */
import { csv } from "../save/csv";
import { day, many, strength, word } from "../words";
import { type Answer, isOld, keyOf, type Path } from "./network";

export function Sentences({ paths, onLight }: { paths: readonly Path[]; onLight: (place: number | null) => void }) {
  return (
    <section aria-labelledby="sentences">
      <h2 id="sentences">In sentences</h2>
      <ol class="sentences">
        {paths.map((path, place) => (
          <li
            key={path.people.map(({ id }) => id).join(" ")}
            onMouseEnter={() => onLight(place)}
            onMouseLeave={() => onLight(null)}
          >
            <p class="chain">{path.people.map(({ name }) => name).join(" → ")}</p>
            <p class="figures">
              strength {strength(path.strength)} · {many(path.hops, "step", "steps")}
              {path.likelihood !== null && ` · ${Math.round(path.likelihood * 100)} % of such paths led to trust`}
            </p>
            <p>{path.explanation}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

const HEAD = ["path", "step", "from", "to", "topic", "strength", "evidence", "since", "last seen", "marks"];
const RIGHT = new Set(["path", "step", "strength", "since", "last seen"]);
const WHOLE = new Set(["from", "to"]);

function alignment(column: string): string {
  return RIGHT.has(column) ? "number" : WHOLE.has(column) ? "whole" : "";
}

export function StepsTable({ answer, asOf }: { answer: Answer; asOf: string | null }) {
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">As a table</h2>
      <div class="wide" tabindex={0} role="region" aria-label="Steps of all paths">
        <table>
          <thead>
            <tr>
              {HEAD.map((name) => (
                <th key={name} scope="col" class={alignment(name)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows(answer, asOf).map((row) => (
              <tr key={`${row[0]} ${row[1]}`}>
                {row.map((cell, place) => (
                  <td key={HEAD[place]} class={alignment(HEAD[place]!)}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function rows({ paths, snapshot }: Answer, asOf: string | null): (string | number)[][] {
  return paths.flatMap((path, place) =>
    path.steps.map((step, hop) => [
      place + 1,
      hop + 1,
      step.from.name,
      step.to.name,
      step.topic?.name ?? "in general",
      strength(step.strength),
      step.evidence.map(({ kind, count }) => `${count} × ${word(kind)}`).join(", ") || "stated",
      step.since ? day(step.since) : "",
      step.lastSeen ? day(step.lastSeen) : "",
      [
        step.paid && "paid",
        isOld(step, asOf ?? snapshot.asOf) && "old",
        path.weakestStep && keyOf(path.weakestStep) === keyOf(step) && "weakest",
      ]
        .filter(Boolean)
        .join(", "),
    ]),
  );
}

export function csvOf({ paths }: Answer): string {
  const head = ["path", "pathStrength", "step", "fromId", "from", "toId", "to", "topicId", "topic", "strength", "cost"];
  return csv(
    [...head, "evidence", "since", "lastSeen", "channel", "paid"],
    paths.flatMap((path, place) =>
      path.steps.map((step, hop) => [
        place + 1,
        path.strength,
        hop + 1,
        step.from.id,
        step.from.name,
        step.to.id,
        step.to.name,
        step.topic?.id ?? "",
        step.topic?.name ?? "",
        step.strength,
        step.cost,
        step.evidence.map(({ kind, count }) => `${count} ${kind}`).join("; "),
        step.since,
        step.lastSeen,
        step.channel,
        step.paid,
      ]),
    ),
  );
}
