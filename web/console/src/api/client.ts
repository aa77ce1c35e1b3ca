import { Problem, problemFrom, Unreachable } from "./problem";
import type { CodeNeeded } from "./accounts";
import type {
  Agent,
  Briefing,
  Conversation,
  ConversationDetail,
  ConversationPage,
  Delivery,
  HolderState,
  Message,
  Release,
} from "./types";

export const API_BASE = "/console/api";
const PATIENCE_MS = 15_000;
const PATIENCE_FOR_FILES_MS = 120_000;

/** Where the page finds a file of a tenant; the browser sends the session along. */
export const fileAddress = (id: string) => `${API_BASE}/files/${encodeURIComponent(id)}`;

type SignedOut = () => void;
let onSignedOut: SignedOut = () => undefined;

/** The session store listens here: any 401 means the login has ended. */
export function whenSignedOut(listener: SignedOut): void {
  onSignedOut = listener;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(API_BASE + path, {
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...init,
    });
  } catch {
    throw new Unreachable();
  }
}

/** One request of the console, for the parts of the API that have a file of their own. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    init.headers = { ...init.headers, "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await reach(path, init);
  if (!response.ok) {
    const problem = await problemFrom(response);
    if (problem.signedOut && !path.startsWith("/login")) onSignedOut();
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** A file as the body of a request. It may take longer than words do. */
export async function send<T>(path: string, file: Blob): Promise<T> {
  const headers = { Accept: "application/json", "Content-Type": "application/octet-stream" };
  const response = await reach(path, {
    method: "POST", headers, body: file, signal: AbortSignal.timeout(PATIENCE_FOR_FILES_MS),
  });
  if (response.ok) return (await response.json()) as T;
  const problem = await problemFrom(response);
  if (problem.signedOut) onSignedOut();
  throw problem;
}

export const at = (id: string, rest = ""): string => `/conversations/${encodeURIComponent(id)}${rest}`;

function listPath(states: readonly HolderState[], cursor: string | null): string {
  const query = new URLSearchParams(states.map((state) => ["state", state]));
  query.set("limit", "100");
  if (cursor !== null) query.set("cursor", cursor);
  return `/conversations?${query}`;
}

export const api = {
  login: (login: string, password: string) =>
    call<{ agent: Agent } | CodeNeeded>("POST", "/login", { login, password }),
  logout: () => call<void>("POST", "/logout"),
  me: () => call<{ agent: Agent }>("GET", "/me"),
  list: (states: readonly HolderState[], cursor: string | null = null) =>
    call<ConversationPage>("GET", listPath(states, cursor)),
  open: (id: string) => call<ConversationDetail>("GET", at(id)),
  briefing: (id: string) => call<Briefing>("GET", at(id, "/briefing")),
  messagesAfter: (id: string, pos: number) =>
    call<{ messages: Message[] }>("GET", at(id, `/messages?after=${pos}`)),
  deliveries: (id: string) => call<{ deliveries: Delivery[] }>("GET", at(id, "/deliveries")),
  resend: (id: string, sent: Delivery) =>
    call<{ delivery: Delivery }>(
      "POST", at(id, `/messages/${encodeURIComponent(String(sent.message))}/resend`), { attempt: sent.attempt },
    ),
  take: (id: string, term: number) =>
    call<{ conversation: Conversation }>("POST", at(id, "/take"), { term }),
  say: (id: string, client_msg_id: string, text: string, term: number) =>
    call<{ message: Message }>("POST", at(id, "/say"), { client_msg_id, text, term }),
  note: (id: string, client_msg_id: string, text: string) =>
    call<{ message: Message }>("POST", at(id, "/note"), { client_msg_id, text }),
  release: (id: string, release: Release) =>
    call<{ conversation: Conversation }>("POST", at(id, "/release"), release),
  /** `contact`: whether a contact moment is written; left out, the corporation decided. */
  close: (id: string, term: number, contact?: boolean) =>
    call<{ conversation: Conversation }>("POST", at(id, "/close"), { term, contact }),
  typing: (id: string, typing: boolean) => call<void>("POST", at(id, "/typing"), { typing }),
};

export { Problem, Unreachable };
