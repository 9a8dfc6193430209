import { expect, test } from "vitest";
import type { CommunityMapQuery } from "../operations/generated";
import { layoutOf } from "./layout";

/** Communities of the given sizes, each bridged to the next. */
function answer(sizes: number[]): CommunityMapQuery {
  const community = (at: number) => `c${at % sizes.length}`;
  return {
    snapshot: { id: "s", asOf: "2026-01-01" },
    topic: {
      id: "t",
      name: "Topic",
      members: sizes.flatMap((size, at) =>
        Array.from({ length: size }, (_, n) => ({
          person: { id: `p${at}-${n}`, name: `${at}-${n}` },
          communityId: community(at),
          role: "MEMBER" as const,
          share: 1,
          authority: n % 7 ? 1 / (n + 1) : null,
          percentile: 50,
          brandIds: [],
        })),
      ),
    },
    topicalCommunities: {
      totalCount: sizes.length,
      edges: sizes.map((size, at) => ({
        node: {
          id: community(at),
          label: "",
          size,
          cohesion: 0,
          conductance: 0,
          brands: { edges: [] },
          bridges: {
            edges: [
              { node: { strength: 1, person: { id: `p${at}-0`, name: "" }, community: { id: community(at + 1) } } },
            ],
          },
        },
      })),
    },
  };
}

const { regions, spots, spans } = layoutOf(answer([700, 500, 400, 250, 100, 40, 7, 3]));

test("two thousand people are laid out the same each time", () => {
  expect(spots).toHaveLength(2000);
  expect(layoutOf(answer([700, 500, 400, 250, 100, 40, 7, 3])).spots).toEqual(spots);
  expect(spans).toHaveLength(8);
});

test("everybody is inside their own community, and communities are apart", () => {
  for (const { member, x, y, r } of spots) {
    const region = regions.find(({ community }) => community.id === member.communityId)!;
    expect(Math.hypot(x - region.x, y - region.y) + r).toBeLessThanOrEqual(region.r);
  }
  regions.forEach((one, at) => {
    for (const other of regions.slice(at + 1)) {
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.r + other.r);
    }
  });
});
