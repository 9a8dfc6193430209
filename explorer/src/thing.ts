/** People, brands and topics as addresses name them: `brand:arm.com`, `person:p00001`; topics by their id alone. */
export type Kind = "person" | "brand" | "topic";

export interface Thing {
  kind: Kind;
  id: string;
}

export function partyOf(text: string | null): Thing | null {
  const [, kind, id] = /^(person|brand):(.+)$/.exec(text ?? "") ?? [];
  return kind && id ? { kind: kind as Kind, id } : null;
}

export function partyText(thing: Thing | null): string {
  return thing ? `${thing.kind}:${thing.id}` : "";
}

/** As GraphQL's PartyInput. */
export function partyInput(thing: Thing): { personId: string } | { brandId: string } {
  return thing.kind === "person" ? { personId: thing.id } : { brandId: thing.id };
}
