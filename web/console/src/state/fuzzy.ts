export const plain = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** How well one sought word fits: higher is better, `null` when its letters are not there in order. */
function fit(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at !== -1) return at === 0 || /\W/.test(text[at - 1] ?? "") ? 100 - at / 10 : 60 - at / 10;
  if (word.length < 3) return null;
  let from = 0;
  let gaps = 0;
  for (const letter of word) {
    const found = text.indexOf(letter, from);
    if (found === -1) return null;
    if (from > 0) gaps += found - from;
    from = found + 1;
  }
  // Letters that lie far apart are chance, not a word that was typed too fast.
  return gaps <= word.length ? 30 - gaps : null;
}

/** Every word has to fit somewhere. `name` counts in full, `more` for half. */
export function score(query: string, name: string, more: string): number | null {
  const words = plain(query).split(/\s+/).filter((word) => word !== "");
  let total = 0;
  for (const word of words) {
    const inName = fit(word, plain(name));
    const elsewhere = fit(word, plain(more));
    if (inName === null && elsewhere === null) return null;
    total += Math.max(inName ?? 0, (elsewhere ?? 0) / 2);
  }
  return total;
}
