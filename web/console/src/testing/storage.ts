/** A localStorage for tests that run outside a browser. */
export function installStorage(): Map<string, string> {
  const map = new Map<string, string>();
  const storage = new Proxy(
    {
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => void map.set(key, value),
      removeItem: (key: string) => void map.delete(key),
    },
    { ownKeys: () => [...map.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
  );
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  return map;
}
