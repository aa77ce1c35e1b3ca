import { describe, expect, it } from "vitest";

import type { PersonAddress } from "../api/person";
import { betterWay, isClosed, reasonOf } from "./way";

const NOW = Date.parse("2026-11-25T10:00:00Z");
const EARLIER = "2026-11-25T09:59:00Z";
const LATER = "2026-11-25T11:00:00Z";

const address = (conversation: string, window_closes_at: string | null): PersonAddress => ({
  channel: "x", channel_label: "X", address: "a", conversation, reference: "r", here: false,
  can_send: true, window_closes_at,
});

describe("the reason for another channel", () => {
  it("is a ready one, or one's own words", () => {
    expect(reasonOf({ conversation: "c", why: "asked", own: "" })).toBe("de huurder vraagt hierom");
    expect(reasonOf({ conversation: "c", why: "own", own: "  telefoon stuk " })).toBe("telefoon stuk");
  });

  it("is missing as long as nothing is chosen or written", () => {
    expect(reasonOf({ conversation: "c", why: "", own: "rest" })).toBe("");
    expect(reasonOf({ conversation: "c", why: "own", own: "  " })).toBe("");
    expect(reasonOf({ conversation: "c", why: "from-an-older-page", own: "" })).toBe("");
  });
});

describe("a closed window", () => {
  it("suggests the first channel where the answer arrives at once", () => {
    const ways = [address("closed", EARLIER), address("open", null)];
    expect(betterWay(EARLIER, ways, NOW)?.conversation).toBe("open");
    expect(betterWay(EARLIER, [ways[0]!], NOW)).toBeNull();
  });

  it("suggests nothing while the window is open or there is none", () => {
    expect(betterWay(LATER, [address("open", null)], NOW)).toBeNull();
    expect(betterWay(null, [address("open", null)], NOW)).toBeNull();
    expect(isClosed(undefined, NOW)).toBe(false);
  });
});
