import { describe, expect, it } from "vitest";

import { safeReturn } from "./return";

describe("the way back after logging in", () => {
  it("stays inside the console", () => {
    expect(safeReturn("/conversations/c1")).toBe("/conversations/c1");
    expect(safeReturn("//evil.example")).toBe("/");
    expect(safeReturn("/\\evil.example")).toBe("/");
    expect(safeReturn("https://evil.example")).toBe("/");
    expect(safeReturn(undefined)).toBe("/");
  });
});
