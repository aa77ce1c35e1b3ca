/** The part of localStorage this console needs. */
export interface Keep {
  get(key: string): string | null;
  set(key: string, value: string): void;
  drop(key: string): void;
  keys(): string[];
}

const PREFIX = "thuisbalie.console.";

/** Private mode or a full disk may refuse storage: then a draft lives as long as the tab. */
export const browserKeep: Keep = {
  get: (key) => attempt(() => localStorage.getItem(PREFIX + key), null),
  set: (key, value) => attempt(() => localStorage.setItem(PREFIX + key, value), undefined),
  drop: (key) => attempt(() => localStorage.removeItem(PREFIX + key), undefined),
  keys: () =>
    attempt(() => Object.keys(localStorage), [])
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length)),
};

export function keepKeyOf(storageKey: string): string | null {
  return storageKey.startsWith(PREFIX) ? storageKey.slice(PREFIX.length) : null;
}

function attempt<T>(act: () => T, otherwise: T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

export function readJson<T>(
  keep: Keep,
  key: string,
  isValid: (value: unknown) => value is T,
): T | null {
  try {
    const value: unknown = JSON.parse(keep.get(key) ?? "null");
    return isValid(value) ? value : null;
  } catch {
    return null;
  }
}
