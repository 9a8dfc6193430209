/** Colours of the map, from the page's sheet, as they are just now. */
export interface Tones {
  ground: string;
  ink: string;
  quiet: string;
  edge: string;
  accent: string;
  communities: string[];
}

export function tones(): Tones {
  const style = getComputedStyle(document.documentElement);
  const tone = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: tone("raised"),
    ink: tone("ink"),
    quiet: tone("quiet"),
    edge: tone("edge"),
    accent: tone("accent"),
    communities: [0, 1, 2, 3, 4, 5, 6, 7].map((number) => tone(`topic-${number}`)),
  };
}

export function toneOf({ communities }: Tones, place: number): string {
  return communities[place % communities.length]!;
}
