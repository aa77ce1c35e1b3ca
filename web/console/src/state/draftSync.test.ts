import { describe, expect, test } from "vitest";

import { reconcile } from "./draftSync";

const local = (text: string, revision = 1, dirty = false) => ({ text, revision, dirty });
const server = (text: string, revision = 1) => ({ text, revision });

describe("a draft on this screen and the one of the server", () => {
  test("the server's is taken when nothing was typed here", () => {
    expect(reconcile(local(""), server("Goedemiddag", 2), true)).toEqual({ text: "Goedemiddag", revision: 2, push: false });
    expect(reconcile(local("Goed"), server("Goedemiddag", 2), false).text).toBe("Goedemiddag");
  });
  test("what was sent elsewhere leaves this screen too", () => {
    expect(reconcile(local("Goed"), server("", 2), false)).toEqual({ text: "", revision: 2, push: false });
  });
  test("what somebody types now is never replaced", () => {
    expect(reconcile(local("hier", 1, true), server("daar", 5), true)).toEqual({ text: "hier", revision: 5, push: true });
  });
  test("what was typed without a line goes up", () => {
    expect(reconcile(local("hier", 1, true), server("daar", 1), false)).toEqual({ text: "hier", revision: 1, push: true });
  });
  test("of two texts typed apart neither is lost", () => {
    expect(reconcile(local("hier", 1, true), server("daar", 2), false)).toEqual({ text: "daar\n\nhier", revision: 2, push: true });
    expect(reconcile(local("da", 1, true), server("daar", 2), false)).toEqual({ text: "daar", revision: 2, push: false });
    expect(reconcile(local("daarom", 1, true), server("daar", 2), false)).toEqual({ text: "daarom", revision: 2, push: true });
  });
  test("the same text needs nothing", () => {
    expect(reconcile(local("x", 0, true), server("x", 3), true)).toEqual({ text: "x", revision: 3, push: false });
  });
});
