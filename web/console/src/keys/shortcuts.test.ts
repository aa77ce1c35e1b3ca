import { describe, expect, it } from "vitest";

import { shortcutFor } from "./shortcuts";

const stroke = (key: string, part = {}) => ({
  key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false, ...part,
});

describe("single letters", () => {
  it("act outside fields only", () => {
    expect(shortcutFor(stroke("t"), false, true)).toBe("take");
    expect(shortcutFor(stroke("T"), false, true)).toBe("take");
    expect(shortcutFor(stroke("t"), true, true)).toBeNull();
  });

  it("leave the shortcuts of the browser alone", () => {
    expect(shortcutFor(stroke("r", { ctrlKey: true }), false, true)).toBeNull();
    expect(shortcutFor(stroke("r", { metaKey: true }), false, true)).toBeNull();
  });

  it("can be switched off, while F6 goes on to work", () => {
    expect(shortcutFor(stroke("j"), false, false)).toBeNull();
    expect(shortcutFor(stroke("F6"), true, false)).toBe("region");
  });
});
