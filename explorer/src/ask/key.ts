/** The API key, where the service wants one: kept for this tab only, and never in an address. */
const NAME = "rainmaker-key";

export function key(): string | null {
  return sessionStorage.getItem(NAME);
}

export function keepKey(value: string): void {
  sessionStorage.setItem(NAME, value);
  dispatchEvent(new Event("key"));
}

export function dropKey(): void {
  sessionStorage.removeItem(NAME);
}
