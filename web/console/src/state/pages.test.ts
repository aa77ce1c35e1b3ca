import { describe, expect, it } from "vitest";

import { pagesFor, startFor } from "./pages";

const all = (): boolean => true;
const ids = (...roles: string[]): string[] => pagesFor(roles, all).map((page) => page.id);

describe("the menu between pages", () => {
  it("shows each role the pages it may use", () => {
    expect(ids("agent")).toEqual(["work", "faults", "settings"]);
    expect(ids("lead")).toEqual(["work", "faults", "reports", "wallboard", "opinions", "editing", "hours", "settings"]);
    expect(ids("editor")).toEqual(["editing", "hours", "settings"]);
    expect(ids("privacy_officer")).toEqual(["access", "settings"]);
    expect(ids("admin")).toEqual(["reports", "wallboard", "staff", "settings"]);
  });

  it("shows a page once to who may use it twice, and an unknown role the settings only", () => {
    expect(ids("agent", "lead", "editor").filter((id) => id === "editing")).toHaveLength(1);
    expect(ids("koning")).toEqual(["settings"]);
  });

  it("leaves out a page that this console has not", () => {
    const few = (path: string): boolean => !path.startsWith("/beheer");
    expect(pagesFor(["admin"], few).map((page) => page.id)).not.toContain("staff");
    expect(startFor(["admin"], few)).toBe("/rapporten");
    expect(startFor(["privacy_officer"], few)).toBe("/instellingen");
  });
});

describe("where people start", () => {
  it.each([
    ["agent", "/"],
    ["lead", "/"],
    ["editor", "/redactie"],
    ["privacy_officer", "/beheer/inzage"],
    ["admin", "/beheer/medewerkers"],
  ])("%s at %s", (role, path) => expect(startFor([role], all)).toBe(path));

  it("who also answers tenants starts at the conversations", () => {
    expect(startFor(["admin", "agent"], all)).toBe("/");
  });
});
