/** The map as a drawing that stands alone. */
import type { MapLayout } from "./layout";
import { toneOf, tones } from "./tones";

const MARGIN = 24;

export function mapSvg({ regions, spots, spans }: MapLayout, brand: string | null): string {
  const tone = tones();
  const places = new Map(regions.map(({ community }, place) => [community.id, place]));
  const at = new Map(spots.map((spot) => [spot.member.person.id, spot]));
  const left = Math.min(...regions.map(({ x, r }) => x - r)) - MARGIN;
  const top = Math.min(...regions.map(({ y, r }) => y - r)) - MARGIN;
  const width = Math.max(...regions.map(({ x, r }) => x + r)) + MARGIN - left;
  const height = Math.max(...regions.map(({ y, r }) => y + r)) + MARGIN - top;
  const parts = [
    ...regions.map(({ community, x, y, r }, place) => {
      const colour = toneOf(tone, place);
      return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${colour}" fill-opacity=".1" stroke="${colour}"/>${words(x, y - r - 5, 16, community.label)}`;
    }),
    ...spans.map(({ personId, communityId }) => {
      const from = at.get(personId)!;
      const to = regions[places.get(communityId)!]!;
      return `<path d="M${n(from.x)} ${n(from.y)}L${n(to.x)} ${n(to.y)}" stroke="${tone.edge}" stroke-dasharray="6 4" opacity=".45"/>`;
    }),
    ...spots.map(({ member, x, y, r }) => {
      const faint = brand !== null && !member.brandIds.includes(brand);
      const ring = member.role === "HUB" ? ` stroke="${tone.ink}" stroke-width="2.5"` : "";
      const look = `fill="${toneOf(tone, places.get(member.communityId) ?? 0)}" fill-opacity="${faint ? 0.08 : 0.75}"${ring}`;
      const name = `<title>${escaped(member.person.name)}</title>`;
      if (member.role !== "CONNECTOR") return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" ${look}>${name}</circle>`;
      return `<path d="M${n(x)} ${n(y - r)}l${n(r)} ${n(r)} ${n(-r)} ${n(r)} ${n(-r)} ${n(-r)}Z" ${look}>${name}</path>`;
    }),
    ...spots
      .filter(({ member }) => member.role === "HUB")
      .map(({ member, x, y }) => words(x, y + 3, 9, member.person.name)),
  ];
  const box = [left, top, width, height].map(n).join(" ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${n(width)}" height="${n(height)}" font-family="sans-serif"><rect x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" fill="${tone.ground}"/>${parts.join("")}</svg>`;

  function words(x: number, y: number, size: number, text: string): string {
    return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" text-anchor="middle" fill="${tone.ink}">${escaped(text)}</text>`;
  }
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
