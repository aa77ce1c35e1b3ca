/** A reply or note that the server has not confirmed yet. */
export interface Pending {
  clientMsgId: string;
  conversationId: string;
  agentId: string;
  kind: "say" | "note";
  text: string;
  term: number;
  afterPos: number;
  at: string;
  state: "sending" | "waiting" | "refused";
  error: string | null;
}

export function pendingsOf(all: readonly Pending[], conversationId: string): Pending[] {
  return all.filter((pending) => pending.conversationId === conversationId);
}

/** Replies leave in the order in which they were written: only the oldest one may go. */
export function nextToSend(all: readonly Pending[], conversationId: string): Pending | undefined {
  return pendingsOf(all, conversationId).find((pending) => pending.state !== "refused");
}
