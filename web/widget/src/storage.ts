/**
 * Small key-value store of this browser. Private windows and strict settings make
 * localStorage throw or vanish; then the chat works on, it only forgets at a reload.
 */

export interface KeyValue {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): readonly string[];
}

export function memoryStore(): KeyValue {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

export function browserStore(prefix: string, find: () => Storage = () => localStorage): KeyValue {
  // Holds only what the browser refused to keep.
  const memory = memoryStore();
  const attempt = <T>(action: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return action(find());
    } catch {
      return otherwise();
    }
  };
  return {
    get: (key) => memory.get(key) ?? attempt((s) => s.getItem(prefix + key), () => null),
    set: (key, value) =>
      attempt(
        (s) => {
          s.setItem(prefix + key, value);
          memory.remove(key);
        },
        () => memory.set(key, value),
      ),
    remove: (key) => {
      memory.remove(key);
      attempt((s) => s.removeItem(prefix + key), () => undefined);
    },
    keys: () => {
      const stored = attempt((s) => Object.keys(s), () => []);
      const ours = stored.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      return [...new Set([...ours, ...memory.keys()])];
    },
  };
}
