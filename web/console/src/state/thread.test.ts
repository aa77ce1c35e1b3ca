import { describe, expect, it } from "vitest";

import type { TriedStep } from "../api/types";
import { message } from "../testing/samples";
import type { Pending } from "./pending";
import { lastPos, mergeMessages, rowsOf, stillUnseen } from "./thread";

function pending(part: Partial<Pending> = {}): Pending {
  return {
    clientMsgId: "k1", conversationId: "c1", agentId: "a1", kind: "say", text: "Dag",
    term: 2, afterPos: 3, at: "2026-11-24T09:00:00Z", state: "sending", error: null, ...part,
  };
}

function step(tenant: string): TriedStep {
  return {
    at: "2026-11-24T09:00:00Z", tenant, intent: "x", topic_title: "X", confidence: 0.5,
    outcome: "answered", outcome_label: "Antwoord gegeven",
  };
}

describe("the messages of a conversation", () => {
  it("stay in order and single, however they arrive", () => {
    const merged = mergeMessages([message(2), message(3)], [message(3), message(1), message(4)]);
    expect(merged.map((m) => m.pos)).toEqual([1, 2, 3, 4]);
    expect(lastPos(merged)).toBe(4);
  });

  it("take over a later copy, such as a redacted text", () => {
    const merged = mergeMessages([message(1)], [message(1, { text: "weggehaald" })]);
    expect(merged.map((m) => m.text)).toEqual(["weggehaald"]);
  });

  it("hide a reply on its way once the server shows it", () => {
    const arrived = message(4, { author: "agent", text: "Dag", client_msg_id: "k1" });
    expect(stillUnseen([pending()], [arrived])).toEqual([]);
    expect(stillUnseen([pending({ clientMsgId: "k2" })], [arrived])).toHaveLength(1);
  });

  it("recognise an own reply by its text where the server tells no key", () => {
    expect(stillUnseen([pending()], [message(4, { author: "agent", text: "Dag" })])).toEqual([]);
    const earlier = message(3, { author: "agent", text: "Dag" });
    expect(stillUnseen([pending()], [earlier])).toHaveLength(1);
  });

  it("are parted by day as the homes count days", () => {
    const evening = message(1, { at: "2026-11-24T22:50:00Z" });
    const pastMidnight = message(2, { at: "2026-11-24T23:10:00Z" });
    const kinds = rowsOf([evening, pastMidnight], []).map((row) => row.type);
    expect(kinds).toEqual(["day", "message", "day", "message"]);
  });

  it("carry how the assistant understood them, each step once", () => {
    const rows = rowsOf(
      [message(1, { text: "lek" }), message(2, { author: "bot" }), message(3, { text: "lek" })],
      [step("lek")],
    );
    const steps = rows.map((row) => (row.type === "message" ? row.step?.tenant : "-"));
    expect(steps).toEqual(["-", "lek", undefined, undefined]);
  });

  it("name a speaker once per run of messages", () => {
    const rows = rowsOf([message(1), message(2), message(3, { author: "bot" })], []);
    expect(rows.map((row) => row.type === "message" && row.follows)).toEqual([false, false, true, false]);
  });
});
