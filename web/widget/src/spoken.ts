/** What a message sounds like. Pure: words on the screen -> words for a voice. */

import { nl } from "./nl";

/** Phones refuse or break off long texts, Chrome after some 15 seconds. */
const LONGEST = 300;

/** Ends at a mark with white space after it, so that "9.30 uur" and "delinde.nl" stay whole. */
const SENTENCE = /[^\n]+?(?:[.!?…](?=\s)|$|(?=\n))/gu;

/** Each choice is a line of its own: a voice rests between lines. */
export function spokenText(text: string, titles: readonly string[]): string {
  const words = text.replace(/https:\/\/(?:www\.)?/g, "");
  return titles.length ? [words, nl.choicesAloud, ...titles].join("\n") : words;
}

export function piecesOf(text: string): string[] {
  const sentences = text.match(SENTENCE) ?? [];
  return sentences.flatMap((sentence) => cut(sentence.trim())).filter(Boolean);
}

function cut(sentence: string): string[] {
  if (sentence.length <= LONGEST) return [sentence];
  const space = sentence.lastIndexOf(" ", LONGEST);
  const end = space > 0 ? space : LONGEST;
  return [sentence.slice(0, end), ...cut(sentence.slice(end).trimStart())];
}
