/** What is said while an answer is awaited, and where there is none. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { keepKey } from "../ask/key";
import type { Answered } from "../ask/use-answer";

/** Progress with a stop button from half a second on, and failures in words. The answer itself is the view's. */
export function Telling({ of }: { of: Answered<unknown> }) {
  return (
    <div aria-live="polite" class="telling">
      {of.state === "slow" && (
        <p class="notice">
          <progress aria-label="The answer is being worked out" /> Working out the answer …{" "}
          <button type="button" onClick={of.stop}>
            Stop
          </button>
        </p>
      )}
      {of.state === "stopped" && (
        <p class="notice">
          Stopped.{" "}
          <button type="button" onClick={of.again}>
            Ask again
          </button>
        </p>
      )}
      {of.failure && <Failed of={of} />}
    </div>
  );
}

function Failed({ of: { failure, again } }: { of: Answered<unknown> }) {
  if (failure?.code === "UNAUTHENTICATED") return <KeyForm reason={failure.message} />;
  return (
    <p class="notice failed" role="alert">
      {failure?.message} {failure && <Hint code={failure.code} />}{" "}
      <button type="button" onClick={again}>
        Ask again
      </button>
    </p>
  );
}

const HINTS: Record<string, string> = {
  NOT_FOUND: "The address may be from another data set.",
  UNAVAILABLE: "It may answer in a moment.",
  FORBIDDEN: "This key may not see that.",
  PERSISTED_DOCUMENT_REQUIRED: "It was started with --documents, so that it answers no page of ours.",
  PERSISTED_QUERY_NOT_FOUND: "It was started with --documents, so that it answers no page of ours.",
};

function Hint({ code }: { code: string }) {
  return <>{HINTS[code] ?? ""}</>;
}

function KeyForm({ reason }: { reason: string }) {
  const id = useId();
  return (
    <form
      class="notice key"
      onSubmit={(event) => {
        event.preventDefault();
        const value = new FormData(event.currentTarget).get("key");
        if (typeof value === "string" && value.trim()) keepKey(value.trim());
      }}
    >
      <label for={id}>{reason} Your API key:</label>
      <input id={id} name="key" type="password" autocomplete="off" required />
      <button type="submit">Use this key</button>
      <span class="quiet">Kept until this tab is closed. An operator makes one with ./rainmaker keys create.</span>
    </form>
  );
}

export function Notice({ children }: { children: ComponentChildren }) {
  return <p class="notice">{children}</p>;
}
