import { describe, expect, it } from "vitest";

import { delivery } from "./delivery";

describe("the words for how far a message came", () => {
  it("never show a number or a key of the server", () => {
    for (const state of ["queued", "sending", "held", "sent", "delivered", "read", "failed", "unknown", "new"]) {
      expect(delivery.state(state)).toMatch(/^[A-Z][a-z ]+$/);
    }
    expect(delivery.reason("21610", "failed")).toBe("De dienst nam dit bericht niet aan.");
    expect(delivery.reason("", "sent")).toBe("");
  });

  it("tell what a failure for good means", () => {
    expect(delivery.reason("opted_out", "failed")).toContain("wil hier geen berichten");
    expect(delivery.reason("outside_window", "failed")).toContain("24 uur");
  });
});
