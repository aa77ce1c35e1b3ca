import { at, call, send } from "./client";
import type { Message, Schemas } from "./types";

export type AttachmentList = Schemas["AttachmentList"];
type Attachment = Schemas["Attachment"];

export const attachmentApi = {
  read: (id: string) => call<AttachmentList>("GET", at(id, "/attachments")),
  add: (id: string, file: File) =>
    send<Attachment>(at(id, `/attachments?name=${encodeURIComponent(file.name)}`), file),
  drop: (id: string, file: string) =>
    call<void>("DELETE", at(id, `/attachments/${encodeURIComponent(file)}`)),
  say: (id: string, client_msg_id: string, text: string, term: number, files: string[]) =>
    call<{ message: Message }>("POST", at(id, "/say"), { client_msg_id, text, term, files }),
};
