/** The server answered, and the answer was no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    /** A Dutch sentence for the tenant, when the server sent one. */
    readonly sentence: string | null,
    readonly retryAfterMs: number | null,
  ) {
    super(`refused with ${status}`);
  }

  get gone(): boolean {
    return this.status === 401 || this.status === 404;
  }
}

export function refusalOf(status: number, retryAfter: string | null, body: unknown): Refused {
  const after = Number(retryAfter);
  const sentence = (body as { error?: { message?: string } } | null)?.error?.message ?? null;
  return new Refused(status, sentence, after > 0 ? after * 1000 : null);
}
