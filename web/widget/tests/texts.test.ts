import { describe, expect, test } from "vitest";
import { backoff } from "../src/backoff";
import { dayLabel, dayOf, timeOf } from "../src/dates";
import { linkify } from "../src/linkify";
import { SseParser } from "../src/sse";

const links = (text: string) =>
  linkify(text)
    .filter((piece) => piece.href)
    .map((piece) => [piece.text, piece.href]);

describe("links in a text", () => {
  test.each([
    ["Bel 085 000 12 34.", "085 000 12 34", "tel:0850001234"],
    ["Bel 085-0001234 of kom langs", "085-0001234", "tel:0850001234"],
    ["0800-0113 is gratis", "0800-0113", "tel:08000113"],
    ["Mijn nummer is 06 12345678", "06 12345678", "tel:0612345678"],
    ["Bel +31 20 123 45 67", "+31 20 123 45 67", "tel:+31201234567"],
    ["Bel 112 bij gevaar", "112", "tel:112"],
    ["Bel dan direct 112!", "112", "tel:112"],
    ["Zie https://voorbeeld.nl/huur?a=1.", "https://voorbeeld.nl/huur?a=1", "https://voorbeeld.nl/huur?a=1"],
    ["Zie www.delinde.example, daar", "www.delinde.example", "https://www.delinde.example/"],
  ])("%s", (text, found, href) => {
    expect(links(text)).toEqual([[found, href]]);
  });

  test.each([
    "javascript:alert(1)",
    "http://onveilig.nl",
    "data:text/html,hoi",
    "Uw huur is 112 euro",
    "Op 01-12-2026 10 uur",
    "Rekening NL00LIND0123456789",
    "Contract 01234567890123",
    "<a href=x>klik</a>",
    "https://",
    "Vóór de 1e",
  ])("finds none in: %s", (text) => {
    expect(links(text)).toEqual([]);
  });

  test("loses no character", () => {
    const text = "Bel 085 000 12 34 of 112. Zie https://a.nl/x, <b>nu</b> 🙂 www.b.nl.";
    expect(linkify(text).map((piece) => piece.text).join("")).toBe(text);
  });
});

describe("times", () => {
  test("are Dutch times, in summer and in winter", () => {
    expect(timeOf("2026-07-01T10:05:00Z")).toBe("12:05");
    expect(timeOf("2026-12-01T10:05:00Z")).toBe("11:05");
  });

  test("the day turns at midnight in the Netherlands", () => {
    expect(dayOf("2026-11-23T22:59:00Z")).toBe("2026-11-23");
    expect(dayOf("2026-11-23T23:01:00Z")).toBe("2026-11-24");
  });

  test("days are named as people say them", () => {
    const now = new Date("2026-11-24T09:00:00Z");
    expect(dayLabel("2026-11-24T08:00:00Z", now)).toBe("Vandaag");
    expect(dayLabel("2026-11-23T08:00:00Z", now)).toBe("Gisteren");
    expect(dayLabel("2026-11-20T08:00:00Z", now)).toBe("vrijdag 20 november");
  });

  test("a time that is none is left out", () => {
    expect(timeOf("gisteren")).toBe("");
  });
});

describe("the event stream", () => {
  const wire = 'id: 1\r\ndata: {"seq":1}\r\n\r\n: ping\n\nevent: typing\ndata: a\ndata: b\n\n';
  const frames = [
    { event: "message", data: '{"seq":1}' },
    { event: "typing", data: "a\nb" },
  ];

  test("is read the same wherever it is cut", () => {
    for (let cut = 0; cut <= wire.length; cut++) {
      const parser = new SseParser();
      expect([...parser.push(wire.slice(0, cut)), ...parser.push(wire.slice(cut))]).toEqual(frames);
    }
  });

  test("is read the same one character at a time", () => {
    const parser = new SseParser();
    expect([...wire].flatMap((character) => parser.push(character))).toEqual(frames);
  });
});

describe("waiting between attempts", () => {
  test("doubles from 1 s to at most 30 s", () => {
    const longest = [0, 1, 2, 3, 4, 5, 6, 60].map((attempt) => backoff(attempt, () => 1));
    expect(longest).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  });

  test("is spread over the whole span", () => {
    expect(backoff(3, () => 0)).toBe(0);
    expect(backoff(3, () => 0.5)).toBe(4000);
  });
});
