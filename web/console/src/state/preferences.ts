import { cleanKeys, type Keys } from "../keys/keymap";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const TEXT_SIZES = ["normal", "large", "largest"] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

/** Times of day in Europe/Amsterdam as `HH:MM`; they may pass midnight. */
export interface QuietHours {
  on: boolean;
  start: string;
  end: string;
}

/** As `PUT /console/api/preferences` takes them. */
export interface Preferences {
  single_keys: boolean;
  keys: Keys;
  sound: boolean;
  /** Per cent. */
  volume: number;
  notify: boolean;
  quiet: QuietHours;
  on_call: boolean;
  theme: Theme;
  text_size: TextSize;
}

export function standard(): Preferences {
  return {
    single_keys: true, keys: {}, sound: true, volume: 60, notify: false,
    quiet: { on: false, start: "18:00", end: "08:00" }, on_call: false, theme: "system", text_size: "normal",
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTime = (value: unknown): value is string =>
  typeof value === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === "boolean" ? value : otherwise);
const among = <T extends string>(list: readonly T[], value: unknown, otherwise: T): T =>
  list.find((one) => one === value) ?? otherwise;

/** Whatever was kept: what is not valid falls back to its default. */
export function cleaned(kept: unknown): Preferences {
  const base = standard();
  if (!isRecord(kept)) return base;
  const quiet = isRecord(kept["quiet"]) ? kept["quiet"] : {};
  const volume = kept["volume"];
  return {
    single_keys: flag(kept["single_keys"], base.single_keys),
    keys: isRecord(kept["keys"]) ? cleanKeys(kept["keys"]) : {},
    sound: flag(kept["sound"], base.sound),
    volume: typeof volume === "number" ? Math.round(Math.min(100, Math.max(0, volume))) : base.volume,
    notify: flag(kept["notify"], base.notify),
    quiet: {
      on: flag(quiet["on"], false),
      start: isTime(quiet["start"]) ? quiet["start"] : base.quiet.start,
      end: isTime(quiet["end"]) ? quiet["end"] : base.quiet.end,
    },
    on_call: flag(kept["on_call"], base.on_call),
    theme: among(THEMES, kept["theme"], base.theme),
    text_size: among(TEXT_SIZES, kept["text_size"], base.text_size),
  };
}
