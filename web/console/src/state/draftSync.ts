/** One side of a draft. `dirty`: typed here and not yet confirmed by the server. */
export interface LocalSide {
  text: string;
  revision: number;
  dirty: boolean;
}

export interface ServerSide {
  text: string;
  revision: number;
}

/** What the text box should hold, and whether the server must still be told. */
export interface Reconciled {
  text: string;
  revision: number;
  push: boolean;
}

/**
 * Brings a draft on this screen and the one of the server together. `focused`: somebody types
 * here now, and what they type is never replaced.
 */
export function reconcile(local: LocalSide, server: ServerSide, focused: boolean): Reconciled {
  const { text, revision } = server;
  if (local.text === text) return { text, revision, push: false };
  if (focused && local.text !== "") return { text: local.text, revision, push: true };
  if (!local.dirty) return { text, revision, push: false };
  if (revision <= local.revision) return { text: local.text, revision, push: true };
  return { text: joined(text, local.text), revision, push: joined(text, local.text) !== text };
}

/** Both texts were typed apart: nothing of either may get lost. */
function joined(server: string, local: string): string {
  if (server.startsWith(local)) return server;
  if (local.startsWith(server)) return local;
  return `${server}\n\n${local}`;
}
