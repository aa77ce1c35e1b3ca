import type { AgentRef, ErrorBody } from "./types";

/** The server said no, and said why. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly heldBy: AgentRef | null = null,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = "Problem";
  }

  /** Worth another try with the same request: the server was not able to decide. */
  get passing(): boolean {
    return this.status >= 500 || this.status === 408 || this.status === 429;
  }

  get signedOut(): boolean {
    return this.status === 401;
  }
}

/** No answer at all: no network, a closed port, or silence for too long. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const inner = body.error;
  return typeof inner === "object" && inner !== null && "code" in inner && "message" in inner;
}

export async function problemFrom(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  const retryAfter = Number.isNaN(seconds) ? null : seconds;
  if (!isErrorBody(body)) return new Problem(response.status, "unknown", "", null, retryAfter);
  const { code, message, held_by } = body.error;
  return new Problem(response.status, code, message, held_by ?? null, retryAfter);
}
