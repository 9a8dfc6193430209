/** Interactions on a topic, interval by interval; where their level changed; and who rises. */
import type { Ref } from "preact";
import { hrefTo } from "../address";
import type { CurrentsQuery } from "../operations/generated";
import { csv } from "../save/csv";
import { count, day, month } from "../words";
import { Chart, MARGIN, roundUp } from "./chart";

export type Flow = NonNullable<CurrentsQuery["topic"]>["currents"];

const HEIGHT = 240;
const TRENDS = { RISING: "rises", STEADY: "holds steady", FALLING: "falls" };

export function CurrentsChart({ currents, drawing }: { currents: Flow; drawing: Ref<SVGSVGElement> }) {
  const { intervals, momentum, changes } = currents;
  const most = roundUp(Math.max(...intervals.map(({ interactions }) => interactions), 1));
  return (
    <>
      <p>
        {momentum
          ? `Interaction on the topic ${TRENDS[momentum.trend]}: ${signed(momentum.slope)} an interval (95 % sure: ${signed(momentum.low)} to ${signed(momentum.high)}), over ${momentum.intervals} complete intervals.`
          : "Too few complete intervals for a trend."}
        {changes.points.length > 0 &&
          ` Its level changed in ${changes.points.map(({ start, before, after }) => `${month(start)} (from ${count(Math.round(before))} to ${count(Math.round(after))})`).join(", ")}.`}
      </p>
      <Chart height={HEIGHT} label="Interactions by interval; the same is in the table below" drawing={drawing}>
        {({ width, height }) => {
          const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
          const step = inner.width / intervals.length;
          const y = (value: number) => MARGIN.top + inner.height * (1 - value / most);
          const x = (place: number) => MARGIN.left + place * step;
          const turned = new Map(changes.points.map((point) => [point.start, point]));
          let shown = -Infinity;
          return (
            <>
              {[0, 0.5, 1].map((part) => (
                <g key={part}>
                  <path class="grid" d={`M${MARGIN.left} ${y(most * part)}h${inner.width}`} />
                  <text class="tick" x={MARGIN.left - 8} y={y(most * part) + 4} text-anchor="end">
                    {count(most * part)}
                  </text>
                </g>
              ))}
              {intervals.map((interval, place) => {
                const year = interval.start.slice(0, 4);
                const begins = year !== intervals[place - 1]?.start.slice(0, 4);
                const room = begins && x(place) - shown > 44;
                if (room) shown = x(place);
                return (
                  <g key={interval.start}>
                    <rect
                      class={interval.complete ? "bar" : "bar unfinished"}
                      x={x(place) + step * 0.12}
                      y={y(interval.interactions)}
                      width={step * 0.76}
                      height={y(0) - y(interval.interactions)}
                    >
                      <title>{`${day(interval.start)} to ${day(interval.end)}: ${count(interval.interactions)} interactions`}</title>
                    </rect>
                    {turned.has(interval.start) && <path class="turn" d={`M${x(place)} ${MARGIN.top - 8}V${y(0)}`} />}
                    {room && (
                      <text class="tick" x={x(place)} y={height - 8}>
                        {year}
                      </text>
                    )}
                  </g>
                );
              })}
            </>
          );
        }}
      </Chart>
      <details>
        <summary>As a table</summary>
        <div class="wide" tabIndex={0} role="region" aria-label="Currents by interval">
          <table>
            <thead>
              <tr>
                {["from", "to", "interactions", "active people", "newcomers", "new trust"].map((name) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {intervals.map((each) => (
                <tr key={each.start}>
                  <td class="number">{day(each.start)}</td>
                  <td class="number">
                    {day(each.end)}
                    {!each.complete && " (not over)"}
                  </td>
                  <td class="number">{count(each.interactions)}</td>
                  <td class="number">{count(each.activePeople)}</td>
                  <td class="number">{count(each.newcomers)}</td>
                  <td class="number">{count(each.newTrust)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <Rising currents={currents} />
    </>
  );
}

function Rising({ currents }: { currents: Flow }) {
  const { edges: people } = currents.risingPeople;
  const { edges: topics } = currents.risingTopics;
  return (
    <div class="pair" title={currents.riseFormula}>
      {people.length > 0 && (
        <div>
          <h3>People who rise</h3>
          <ol>
            {people.map(({ node }) => (
              <li key={node.person.id}>
                {node.person.name} <span class="quiet">{grown(node)}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
      {topics.length > 0 && (
        <div>
          <h3>Topics that rise</h3>
          <ol>
            {topics.map(({ node }) => (
              <li key={node.topic.id}>
                <a href={hrefTo("topic", { topic: node.topic.id })} data-view>
                  {node.topic.name}
                </a>{" "}
                <span class="quiet">{grown(node)}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

function grown({ rise, former, recent }: { rise: number; former: number; recent: number }): string {
  return `× ${rise.toFixed(1)}, from ${count(former)} to ${count(recent)}`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(1)}`;
}

export function currentsCsv({ intervals }: Flow): string {
  return csv(
    ["start", "end", "complete", "interactions", "activePeople", "newcomers", "newTrust"],
    intervals.map((each) => [
      each.start,
      each.end,
      each.complete,
      each.interactions,
      each.activePeople,
      each.newcomers,
      each.newTrust,
    ]),
  );
}
