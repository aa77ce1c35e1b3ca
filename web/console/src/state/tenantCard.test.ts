import { expect, test } from "vitest";

import type { Repair, TenantCard } from "../api/tenantCard";
import { addressOf, block, euro, nextVisit, sectionState, shownDay } from "./tenantCard";

const visit = (id: string, status: string, day: number) => ({
  id, status, begins: `2026-11-${day}T08:00:00Z`, ends: `2026-11-${day}T12:00:00Z`,
});
const repair = (...appointments: Repair["appointments"]) => ({ appointments }) as Repair;
const NOW = Date.parse("2026-11-24T10:00:00Z");

test("the next visit is the first that is planned and not over", () => {
  const found = nextVisit(repair(visit("a", "GEP", 29), visit("b", "GEP", 27), visit("c", "ANN", 25), visit("d", "GEP", 20)), NOW);
  expect(found?.id).toBe("b");
  expect(nextVisit(repair(visit("a", "ANN", 27)), NOW)).toBeNull();
});

test("a section of which one part is down is down, however much the other has", () => {
  const card = { account: { state: "ready" }, plans: { state: "down" } } as TenantCard;
  expect(sectionState(card, "account")).toBe("down");
});

test("what was not asked for is unread, and what is not there is none", () => {
  expect(sectionState(null, "cases")).toBe("unread");
  expect(sectionState({ account: { state: "none" }, plans: { state: "ready" } } as TenantCard, "account")).toBe("none");
});

test("an address is read however it is typed, and nothing else is", () => {
  expect(addressOf(" 1234 ab", " 12 ")).toEqual({ postcode: "1234AB", number: "12" });
  for (const [code, number] of [["1234", "1"], ["0234AB", "1"], ["1234AB", "0"], ["1234AB", "12a"]] as const) {
    expect(addressOf(code, number)).toBeNull();
  }
});

test("money, days and blocks are written as the Dutch do", () => {
  expect(euro("-1648.15").replace(/\s/g, " ")).toBe("€ 1.648,15");
  expect(shownDay("1984-02-29")).toBe("29 feb 1984");
  expect(block("2026-11-27T08:00:00Z", "2026-11-27T12:00:00Z")).toBe("vr 27 nov 09:00–13:00");
});
