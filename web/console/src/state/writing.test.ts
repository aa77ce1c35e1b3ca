import { describe, expect, test } from "vitest";

import { grouped, matching, type Pick } from "./picks";
import { openPlaces, replaceAt, triggerAt } from "./places";

const pick = (id: string, group: string, title: string, text = ""): Pick => ({ id, group, title, text });

describe("typing for a list", () => {
  test("two colons ask for a reply, also in the middle", () => {
    expect(triggerAt("Dag :: en", 6, "reply")).toEqual({ kind: "reply", start: 4 });
    expect(triggerAt("Dag : en", 5, "reply")).toBeNull();
  });
  test("an at sign asks for a colleague, only in a note and never within an address", () => {
    expect(triggerAt("kijk @", 6, "note")).toEqual({ kind: "mention", start: 5 });
    expect(triggerAt("kijk @", 6, "reply")).toBeNull();
    expect(triggerAt("mail@", 5, "note")).toBeNull();
  });
  test("the choice takes the place of what was typed", () => {
    expect(replaceAt("Dag :: en", 4, 6, "Anna")).toEqual({ text: "Dag Anna en", caret: 8 });
  });
});

test("places that nobody filled in are found by name and place", () => {
  expect(openPlaces("Komt {visit_day} of {x}. {Niet} {}")).toEqual([
    { name: "visit_day", start: 5, end: 16 },
    { name: "x", start: 20, end: 23 },
  ]);
});

describe("searching the list", () => {
  const all = [pick("1", "A", "Excuses", "Het spijt ons"), pick("2", "A", "Spijtig"), pick("3", "B", "Één moment")];
  test("titles come before texts, groups keep their order, accents do not matter", () => {
    expect(matching(all, [], "spijt").map((one) => one.id)).toEqual(["2", "1"]);
    expect(matching(all, [], "een MOM").map((one) => one.id)).toEqual(["3"]);
    expect(matching(all, [], "").map((one) => one.id)).toEqual(["1", "2", "3"]);
  });
  test("what was found elsewhere follows, once", () => {
    const more = [pick("2", "C", "Spijtig"), pick("9", "C", "Anders")];
    expect(matching(all, more, "spijtig").map((one) => one.id)).toEqual(["2", "9"]);
    expect(grouped(matching(all, more, "spijtig")).map((group) => group.title)).toEqual(["A", "C"]);
  });
});
