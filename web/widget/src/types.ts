/** The public chat API as this element reads it. Field names are those on the wire. */

export type HolderState = "bot" | "waiting" | "held" | "closed";
export type Author = "tenant" | "bot" | "agent" | "system";

export interface Choice {
  readonly id: string;
  readonly title: string;
}

export interface ChatEvent {
  readonly seq: number;
  readonly author: Author;
  readonly name: string | null;
  readonly text: string;
  readonly choices: readonly Choice[];
  /** What came with it, by the id under which this conversation may ask for it. A document has a name. */
  readonly files?: readonly { readonly id: string; readonly name?: string | null }[];
  readonly at: string;
  /** On tenant events: the id the sender gave, so that a pending message is recognised. */
  readonly client_msg_id?: string | null;
  /** On system events that mark a change of holder. */
  readonly state?: HolderState | null;
}

export interface Snapshot {
  readonly state: HolderState;
  readonly events: readonly ChatEvent[];
}

export interface TypingHint {
  readonly author: "bot" | "agent";
  readonly typing: boolean;
}

export interface Credentials {
  readonly conversation_id: string;
  readonly token: string;
}

/** `photo`: a JPEG in base64. */
export type Body = { readonly text: string } | { readonly choice_id: string } | { readonly photo: string };

/** Reserved by the server: works in every state, also when the assistant is down. */
export const ASK_PERSON = "medewerker";

/** How large the tenant wants the letters, from small to large. */
export const TEXT_SIZES = ["normal", "large", "largest"] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export const MAX_TEXT = 10_000;
