import { expect, test } from "vitest";

import examples from "../../../../tests/channels/sms_lengths.json";
import { smsLength } from "./smsSegments";

test.each(examples)("an SMS costs what the channel will count: $#", ({ text, segments, long }) => {
  const counted = smsLength(text);
  expect([counted.segments, counted.long]).toEqual([segments, long]);
});

test("what is left is of the last segment", () => {
  expect(smsLength("Hallo").left).toBe(155);
  expect(smsLength("a".repeat(161)).left).toBe(145);
});
