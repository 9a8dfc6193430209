/** The map as a list, for whoever reads rather than looks; and as rows. */
import { csv } from "../save/csv";
import { count, word } from "../words";
import type { Member, Region } from "./layout";

const SHOWN = 12;

interface CommunitiesProps {
  regions: readonly Region[];
  members: readonly Member[];
  onPerson: (id: string) => void;
}

export function Communities({ regions, members, onPerson }: CommunitiesProps) {
  return (
    <section aria-labelledby="communities">
      <h2 id="communities">The communities</h2>
      <ul class="communities">
        {regions.map(({ community, drawn }, place) => {
          const inside = members.filter(({ communityId }) => communityId === community.id);
          return (
            <li key={community.id} class={`topic-${place % 8}`}>
              <h3>{community.label || "Without a label"}</h3>
              <p class="quiet">
                {count(community.size)} people{drawn < community.size && `, ${count(drawn)} of them drawn`} ·
                conductance {community.conductance.toFixed(2)} · cohesion {community.cohesion.toPrecision(2)}
              </p>
              <p>
                {inside.slice(0, SHOWN).map((member) => (
                  <button key={member.person.id} type="button" class="name" onClick={() => onPerson(member.person.id)}>
                    {member.person.name}
                    {member.role !== "MEMBER" && <span class="quiet"> {word(member.role)}</span>}
                  </button>
                ))}
              </p>
              {community.bridges.edges.length > 0 && <p class="quiet small">Bridges: {bridging(community)}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function bridging({ bridges }: Region["community"]): string {
  return [...new Set(bridges.edges.map(({ node }) => node.person.name))].slice(0, 4).join(", ");
}

export function csvOf(members: readonly Member[], regions: readonly Region[]): string {
  const labels = new Map(regions.map(({ community }) => [community.id, community.label]));
  return csv(
    ["personId", "name", "communityId", "community", "role", "share", "authority", "percentile", "brandIds"],
    members.map((member) => [
      member.person.id,
      member.person.name,
      member.communityId,
      labels.get(member.communityId),
      member.role,
      member.share,
      member.authority,
      member.percentile,
      member.brandIds.join("; "),
    ]),
  );
}
