import { describe, expect, it } from "vitest";

import { settings } from "../nl/settings";
import { canRun, COMMANDS } from "./commands";
import { asKey, cleanKeys, commandFor, keyOf, ownerOf, withKey } from "./keymap";

const stroke = (key: string, part = {}) => ({
  key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false, ...part,
});

describe("the list of commands", () => {
  it("gives no key to two commands and has words for each", () => {
    const keys = COMMANDS.map((one) => one.key).filter((key) => key !== "");
    expect(new Set(keys).size).toBe(keys.length);
    expect(COMMANDS.map((one) => one.id).sort()).toEqual(Object.keys(settings.commands).sort());
  });

  it("lets nobody close what they do not hold", () => {
    const close = COMMANDS.find((one) => one.id === "close_next")!;
    const scene = { open: true, takeable: true, held: false, urgent: false };
    expect(canRun(close, scene)).toBe(false);
    expect(canRun(close, { ...scene, held: true })).toBe(true);
  });
});

describe("single letters", () => {
  it("act outside fields only", () => {
    expect(commandFor(stroke("t"), false, true, {})).toBe("take");
    expect(commandFor(stroke("T"), false, true, {})).toBe("take");
    expect(commandFor(stroke("t"), true, true, {})).toBeNull();
    expect(commandFor(stroke("t", { isComposing: true }), false, true, {})).toBeNull();
  });

  it("leave the shortcuts of the browser alone, but for Ctrl or Cmd and K", () => {
    expect(commandFor(stroke("r", { ctrlKey: true }), false, true, {})).toBeNull();
    expect(commandFor(stroke("r", { metaKey: true }), false, true, {})).toBeNull();
    expect(commandFor(stroke("k", { metaKey: true }), true, true, {})).toBe("palette");
    expect(commandFor(stroke("K", { ctrlKey: true }), true, false, {})).toBe("palette");
  });

  it("can be switched off", () => {
    expect(commandFor(stroke("j"), false, false, {})).toBeNull();
  });

  it("walk while held down, but take one conversation only", () => {
    expect(commandFor(stroke("j", { repeat: true }), false, true, {})).toBe("next");
    expect(commandFor(stroke("t", { repeat: true }), false, true, {})).toBeNull();
  });
});

describe("changed keys", () => {
  it("replace the standard one", () => {
    const keys = withKey({}, "take", "x");
    expect(commandFor(stroke("x"), false, true, keys)).toBe("take");
    expect(commandFor(stroke("t"), false, true, keys)).toBeNull();
    expect(withKey(keys, "take", "t")).toEqual({});
  });

  it("tell who has a key already", () => {
    expect(ownerOf("n", {}, "take")).toBe("note");
    expect(ownerOf("t", {}, "take")).toBeNull();
    expect(ownerOf("", { note: "" }, "take")).toBeNull();
  });

  it("take one visible character only", () => {
    expect(asKey("X")).toBe("x");
    for (const wrong of ["F1", " ", "Tab", "é", "", "ArrowUp"]) expect(asKey(wrong)).toBeNull();
  });

  it("come back clean from what another version kept", () => {
    expect(cleanKeys({ gone: "x", take: "x", note: 4, reply: "ab" })).toEqual({ take: "x" });
    expect(keyOf("take", cleanKeys({ take: "n" }))).toBe("t");
  });
});
