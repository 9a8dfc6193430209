/** One question to the service. What can go wrong becomes a Failure with words for people. */
import type { Operation } from "../operations/generated";
import { dropKey, key } from "./key";

export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Reply<Answer> {
  data?: Answer | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export async function ask<Answer, Variables>(
  operation: Operation<Answer, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer> {
  const given = key();
  let response: Response;
  try {
    response = await fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(given ? { Authorization: `Bearer ${given}` } : {}) },
      body: JSON.stringify({ query: operation.text, operationName: operation.name, variables }),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure("UNREACHABLE", "The service cannot be reached. Is it still running?");
  }
  const reply = await read<Answer>(response);
  const error = reply.errors?.[0];
  const code = error?.extensions?.code ?? (response.status === 401 ? "UNAUTHENTICATED" : undefined);
  if (code === "UNAUTHENTICATED") {
    dropKey();
    throw new Failure(code, given ? "The service does not accept this key." : "The service asks for a key.");
  }
  if (error || !reply.data) {
    throw new Failure(code ?? "INTERNAL", error?.message ?? `The service answered with status ${response.status}.`);
  }
  return reply.data;
}

async function read<Answer>(response: Response): Promise<Reply<Answer>> {
  try {
    return (await response.json()) as Reply<Answer>;
  } catch {
    return {};
  }
}
