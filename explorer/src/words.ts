/** Numbers and days as people read them. */
const COUNT = new Intl.NumberFormat("en");
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

const MONTH = new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" });

export function month(value: string): string {
  return MONTH.format(new Date(`${value}T00:00:00Z`));
}

export function count(value: number): string {
  return COUNT.format(value);
}

export function strength(value: number): string {
  return value >= 0.01 ? value.toFixed(2) : value.toPrecision(1);
}

export function day(value: string | null | undefined): string {
  return value ? DAY.format(new Date(`${value}T00:00:00Z`)) : "an unknown day";
}

export function many(value: number, one: string, more: string): string {
  return `${count(value)} ${value === 1 ? one : more}`;
}

/** A kind as it stands in the data, REVIEW or DECISION_MAKER, as a word. */
export function word(kind: string): string {
  return kind.toLowerCase().replaceAll("_", " ");
}

export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}
