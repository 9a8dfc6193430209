/** How few people make most of the influence: the Lorenz curve of influence impressions. */
import type { Ref } from "preact";
import type { ConcentrationQuery } from "../operations/generated";
import { csv } from "../save/csv";
import { count, many } from "../words";
import { Chart, MARGIN } from "./chart";

export type Peers = NonNullable<ConcentrationQuery["topic"]>["peerInfluence"];

const HEIGHT = 320;
const WIDEST = 460;

export function Lorenz({ peers, drawing }: { peers: Peers; drawing: Ref<SVGSVGElement> }) {
  const { impressions, people, massConnectors } = peers;
  if (impressions.gini === null) return <p class="notice">Nobody’s word on the topic has been heard by anybody yet.</p>;
  const percent = (part: number) => `${(100 * part).toFixed(part < 0.1 ? 1 : 0)} %`;
  return (
    <>
      <p>
        <strong>{many(impressions.fewestPeople, "person makes", "people make")} 80 %</strong> of all influence
        impressions: {percent(impressions.shareOfPeople ?? 0)} of {count(people)} active people. The Gini coefficient is{" "}
        {impressions.gini.toFixed(2)}, where 0 is all alike and 1 is one alone.
      </p>
      <div class="pair">
        <Chart
          height={HEIGHT}
          most={WIDEST}
          label="Lorenz curve of influence impressions: part of people against part of impressions"
          drawing={drawing}
        >
          {({ width, height }) => {
            const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
            const x = (part: number) => MARGIN.left + inner.width * part;
            const y = (part: number) => MARGIN.top + inner.height * (1 - part);
            const line = impressions.lorenz.map((point) => `${x(point.people)} ${y(point.amount)}`).join("L");
            return (
              <>
                <path class="grid" d={`M${x(0)} ${y(1)}V${y(0)}H${x(1)}`} />
                <path class="equal" d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
                <path class="lorenz-area" d={`M${line}L${x(1)} ${y(0)}Z`} />
                <path class="lorenz" d={`M${line}`} />
                {[0, 0.5, 1].map((part) => (
                  <g key={part}>
                    <text class="tick" x={MARGIN.left - 8} y={y(part) + 4} text-anchor="end">
                      {100 * part} %
                    </text>
                    <text class="tick" x={x(part)} y={height - 8} text-anchor={part === 1 ? "end" : "middle"}>
                      {100 * part} %
                    </text>
                  </g>
                ))}
                <text class="tick" x={x(0.26)} y={y(0.42)}>
                  if all were heard alike
                </text>
              </>
            );
          }}
        </Chart>
        <div>
          <h3>Whose word is heard by most</h3>
          <ol>
            {massConnectors.people.edges.map(({ node }) => (
              <li key={node.person.id}>
                {node.person.name}{" "}
                <span class="quiet">
                  {count(node.interactions)} interactions × {count(node.listeners)} listeners
                </span>
              </li>
            ))}
          </ol>
          <p class="quiet small">{massConnectors.rule}</p>
        </div>
      </div>
    </>
  );
}

export function lorenzCsv({ impressions }: Peers): string {
  return csv(
    ["people", "impressions"],
    impressions.lorenz.map(({ people, amount }) => [people, amount]),
  );
}
