/** People who matter on the topic, and how the brand reaches each. Influencers and rainmakers are told alike. */
import { hrefTo } from "../address";
import type { InfluencersQuery } from "../operations/generated";
import { csv } from "../save/csv";
import { count, many, strength } from "../words";

export type Ranked = NonNullable<InfluencersQuery["topic"]>["influencers"];

export function Ranking({
  ranked,
  topic,
  brand,
  none,
}: {
  ranked: Ranked;
  topic: string;
  brand: string;
  none: string;
}) {
  if (ranked.edges.length === 0) return <p class="notice">{none}</p>;
  return (
    <>
      <div class="wide" tabIndex={0} role="region" aria-label="People, and how the brand reaches them">
        <table class="ranking">
          <thead>
            <tr>
              <th scope="col">person</th>
              <th scope="col" class="number">
                authority
              </th>
              <th scope="col" class="number">
                above
              </th>
              <th scope="col" class="number">
                path
              </th>
              <th scope="col">how the brand reaches them</th>
            </tr>
          </thead>
          <tbody>
            {ranked.edges.map(({ node }) => (
              <tr key={node.person.id}>
                <th scope="row">
                  <a href={hrefTo("map", { topic, person: node.person.id })} data-view>
                    {node.person.name}
                  </a>
                  {node.stance === "DETRACTOR" && (
                    <span class="flag" title={node.stanceGrounds.join("; ")}>
                      {" "}
                      detractor
                    </span>
                  )}
                </th>
                <td class="number" title={node.standing.authority.formula}>
                  {node.standing.authority.value.toPrecision(3)}
                </td>
                <td class="number">{node.standing.authority.percentile.toFixed(1)} %</td>
                <td class="number">{node.path ? strength(node.path.strength) : "none"}</td>
                <td title={node.path?.explanation}>
                  <Way node={node} topic={topic} brand={brand} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet small">
        The first {count(ranked.edges.length)} of {many(ranked.totalCount, "person", "people")}.
      </p>
    </>
  );
}

function Way({ node, topic, brand }: { node: Ranked["edges"][number]["node"]; topic: string; brand: string }) {
  if (!node.path) return <>No trusted path leads there.</>;
  if (node.path.hops === 0) return <>The brand can send them itself.</>;
  return (
    <a href={hrefTo("paths", { from: `brand:${brand}`, to: `person:${node.person.id}`, topic })} data-view>
      {node.path.people.map(({ name }) => name).join(" → ")}
    </a>
  );
}

export function rankingCsv({ edges }: Ranked): string {
  return csv(
    [
      "personId",
      "name",
      "authority",
      "percentile",
      "reach",
      "resonance",
      "relevance",
      "reachableAuthority",
      "pathStrength",
      "hops",
      "personIds",
      "stance",
    ],
    edges.map(({ node: { person, standing, path, ...node } }) => [
      person.id,
      person.name,
      standing.authority.value,
      standing.authority.percentile,
      standing.reach.value,
      standing.resonance.value,
      standing.relevance.value,
      node.reachableAuthority.value,
      path?.strength,
      path?.hops,
      path?.people.map(({ id }) => id).join(" "),
      node.stance,
    ]),
  );
}
