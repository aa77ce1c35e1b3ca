/**
 * Finds web addresses and phone numbers in a text. Pure: text -> pieces; only https: and
 * tel: ever come out, and the caller builds nodes from the pieces, never markup.
 */

export interface Piece {
  readonly text: string;
  readonly href: string | null;
}

const WEB = String.raw`(?:https:\/\/|www\.)[^\s<>"'()]+`;
const SEP = String.raw`[ \-]?`;
const PHONE = [
  String.raw`\+31(?:${SEP}\(0\))?(?:${SEP}\d){9}(?!\d)`,
  String.raw`0(?:800|900|906|909)${SEP}\d{4}(?!${SEP}\d)`,
  String.raw`0(?:${SEP}\d){9}(?!\d)`,
].join("|");
/** Three digits are a number to call only where the sentence says so: "Bel 112". */
const SHORT = String.raw`(?<=\b[Bb]el(?:t|len)?(?: [a-z]+){0,3} )(?:112|113|144)\b`;

const TARGET = new RegExp(String.raw`(${WEB})|(?<![\d.,\w/])(${PHONE})|(${SHORT})`, "g");
const DATE = /^\d\d-\d\d-\d{4}/;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(TARGET)) {
    const found = match[1] ? match[1].replace(/[.,;:!?]+$/, "") : match[0];
    const href = match[1] ? webAddress(found) : phoneAddress(found);
    if (!href) continue;
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), href: null });
    pieces.push({ text: found, href });
    done = match.index + found.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), href: null });
  return pieces;
}

function webAddress(found: string): string | null {
  try {
    const url = new URL(found.startsWith("www.") ? `https://${found}` : found);
    return url.protocol === "https:" && url.hostname.includes(".") ? url.href : null;
  } catch {
    return null;
  }
}

function phoneAddress(found: string): string | null {
  if (DATE.test(found)) return null;
  return `tel:${found.replace("(0)", "").replace(/[^\d+]/g, "")}`;
}
