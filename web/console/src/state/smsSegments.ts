// What an SMS costs, as channels/twilio/segments.py counts it; tests share the same examples.

const GSM7 = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const GSM7_DOUBLE = new Set("\f^{}\\[~]|€");
const LOOKALIKES = new Map<string, string>();
const FROM = [..."ëêïîíáâóôúûçËÊÈÏÎÍÁÂÀÓÔÒÚÛÙ"];
const TO = [..."eeiiiaaoouucEEEIIIAAAOOOUUU"];
FROM.forEach((letter, index) => LOOKALIKES.set(letter, TO[index] ?? ""));
for (const letter of "‘’‚‛′`´") LOOKALIKES.set(letter, "'");
for (const letter of "“”„‟″«»") LOOKALIKES.set(letter, '"');
for (const letter of "‐‑‒–—―−•·") LOOKALIKES.set(letter, "-");
for (const letter of "\u00a0\u2007\u2009\u202f\t") LOOKALIKES.set(letter, " ");
for (const letter of "\u00ad\u200b\ufeff") LOOKALIKES.set(letter, "");
LOOKALIKES.set("…", "...");

export interface SmsLength {
  segments: number;
  /** Characters that still fit in the last one. */
  left: number;
  /** The alphabet with long segments holds all of it. */
  long: boolean;
}

function isGsm7(text: string): boolean {
  return [...text].every((letter) => GSM7.has(letter) || GSM7_DOUBLE.has(letter));
}

function count(text: string): SmsLength {
  const long = isGsm7(text);
  const widths = [...text].map((letter) => (long ? (GSM7_DOUBLE.has(letter) ? 2 : 1) : letter.length));
  const [alone, each] = long ? [160, 153] : [70, 67];
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total <= alone) return { segments: 1, left: alone - total, long };
  let segments = 1;
  let left = each;
  for (const width of widths) {
    if (width > left) {
      segments += 1;
      left = each;
    }
    left -= width;
  }
  return { segments, left, long };
}

/** As it will be sent: lookalikes become plain where that is no longer. */
export function smsLength(text: string): SmsLength {
  const asTyped = count(text);
  if (asTyped.long) return asTyped;
  const replaced = [...text.normalize("NFC")].map((one) => LOOKALIKES.get(one) ?? one).join("");
  const plain = count(replaced);
  return plain.long && plain.segments <= asTyped.segments ? plain : asTyped;
}
