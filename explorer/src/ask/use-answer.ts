/** The answer to an operation while a component shows it: asked when the question changes, stopped when it is gone. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Operation } from "../operations/generated";
import { ask, Failure } from "./client";

/** An answer that takes longer than this shows that it is awaited, and can be stopped. */
const PATIENCE_MS = 500;

export type Answered<Answer> = {
  state: "idle" | "asking" | "slow" | "stopped" | "failed" | "answered";
  /** The newest answer there is; while the next is awaited, still the one before. */
  answer: Answer | null;
  failure: Failure | null;
  stop: () => void;
  again: () => void;
};

export function useAnswer<Answer, Variables>(
  operation: Operation<Answer, Variables>,
  variables: Variables | null,
): Answered<Answer> {
  const [told, setTold] = useState<Pick<Answered<Answer>, "state" | "answer" | "failure">>({
    state: "idle",
    answer: null,
    failure: null,
  });
  const [tries, setTries] = useState(0);
  const running = useRef<AbortController | null>(null);
  const question = variables && JSON.stringify(variables);

  useEffect(() => {
    if (question === null) {
      setTold({ state: "idle", answer: null, failure: null });
      return;
    }
    const control = new AbortController();
    running.current = control;
    setTold((before) => ({ ...before, state: "asking", failure: null }));
    const slow = setTimeout(() => setTold((before) => ({ ...before, state: "slow" })), PATIENCE_MS);
    ask(operation, JSON.parse(question) as Variables, control.signal)
      .then(
        (answer) => setTold({ state: "answered", answer, failure: null }),
        (error: unknown) => {
          if (control.signal.aborted) return;
          if (!(error instanceof Failure)) throw error;
          setTold({ state: "failed", answer: null, failure: error });
        },
      )
      .finally(() => clearTimeout(slow));
    return () => {
      clearTimeout(slow);
      control.abort();
    };
  }, [operation, question, tries]);

  const again = useCallback(() => setTries((count) => count + 1), []);
  const stop = useCallback(() => {
    running.current?.abort();
    setTold((before) => ({ ...before, state: "stopped" }));
  }, []);
  useEffect(() => {
    addEventListener("key", again);
    return () => removeEventListener("key", again);
  }, [again]);
  return { ...told, stop, again };
}
