/** Where everybody is on the map: people packed into the circle of their community, communities drawn together by who
 * bridges them. The same answer is always laid out the same. */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import { packEnclose, packSiblings } from "d3-hierarchy";
import type { CommunityMapQuery } from "../operations/generated";

export type Member = NonNullable<CommunityMapQuery["topic"]>["members"][number];
export type Community = CommunityMapQuery["topicalCommunities"]["edges"][number]["node"];

export interface Place {
  x: number;
  y: number;
  r: number;
}

export interface Region extends Place {
  community: Community;
  /** How many of its people are drawn. */
  drawn: number;
}

export interface Spot extends Place {
  member: Member;
}

/** From a person to a community other than their own. */
export interface Span {
  personId: string;
  communityId: string;
  strength: number;
}

export interface MapLayout {
  regions: Region[];
  spots: Spot[];
  spans: Span[];
}

const SMALLEST = 3.5;
const LARGEST = 22;
const GAP = 1.5;
const RIM = 12;
const BETWEEN = 16;
const ROUNDS = 300;
/** The map is rather wide than high. */
const FLATNESS = 2.2;

export function layoutOf({ topic, topicalCommunities }: CommunityMapQuery): MapLayout {
  const members = topic?.members ?? [];
  const most = Math.max(...members.map(({ authority }) => authority ?? 0), Number.MIN_VALUE);
  const packs = topicalCommunities.edges.map(({ node }) => {
    const inside = members.filter(({ communityId }) => communityId === node.id);
    const circles = packSiblings(inside.map((member) => ({ x: 0, y: 0, r: sizeOf(member, most) + GAP, member })));
    const rim = circles.length ? packEnclose(circles) : { x: 0, y: 0, r: SMALLEST };
    return { community: node, circles, rim, r: rim.r + RIM };
  });
  const centres = apart(packs);
  const regions = packs.map(({ community, circles, r }, at) => ({
    community,
    drawn: circles.length,
    r,
    ...centres[at]!,
  }));
  const spots = packs.flatMap(({ circles, rim }, at) =>
    circles.map(({ member, x, y, r }) => ({
      member,
      x: centres[at]!.x + x - rim.x,
      y: centres[at]!.y + y - rim.y,
      r: r - GAP,
    })),
  );
  const drawn = new Set(spots.map(({ member }) => member.person.id));
  return { regions, spots, spans: spansOf(topicalCommunities).filter(({ personId }) => drawn.has(personId)) };
}

/** A person's area is their authority. */
function sizeOf({ authority }: Member, most: number): number {
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt((authority ?? 0) / most);
}

function apart(packs: { community: Community; r: number }[]): { x: number; y: number }[] {
  type Body = SimulationNodeDatum & { r: number; id: string };
  const bodies: Body[] = packs.map(({ community, r }) => ({ id: community.id, r }));
  const known = new Set(bodies.map(({ id }) => id));
  const ties = packs.flatMap(({ community }) =>
    community.bridges.edges
      .map(({ node }) => ({ source: community.id, target: node.community.id, strength: node.strength }))
      .filter(({ target }) => known.has(target)),
  );
  forceSimulation<Body>(bodies)
    .force(
      "tied",
      forceLink<Body, (typeof ties)[number]>(ties)
        .id(({ id }) => id)
        .distance(0)
        .strength(0.02),
    )
    .force("apart", forceManyBody<Body>().strength(-30))
    .force("x", forceX<Body>().strength(0.04))
    .force("y", forceY<Body>().strength(0.04 * FLATNESS * FLATNESS))
    .force(
      "whole",
      forceCollide<Body>(({ r }) => r + BETWEEN / 2)
        .strength(1)
        .iterations(4),
    )
    .stop()
    .tick(ROUNDS);
  return bodies.map(({ x = 0, y = 0 }) => ({ x, y }));
}

function spansOf({ edges }: CommunityMapQuery["topicalCommunities"]): Span[] {
  const known = new Set(edges.map(({ node }) => node.id));
  return edges.flatMap(({ node }) =>
    node.bridges.edges
      .map(({ node: { person, community, strength } }) => ({
        personId: person.id,
        communityId: community.id,
        strength,
      }))
      .filter(({ communityId }) => known.has(communityId)),
  );
}
