/** Something told us of this name. `now`: do not let it wait for others. */
export type Gather = (name: string, now: boolean) => void;

/**
 * Gathers names and acts on all of them together, one run at a time: at once when one of them
 * matters now, else no sooner than `pauseMs` after the run before. Names whose run failed are kept
 * for the next one.
 */
export function gather(act: (names: string[]) => Promise<void>, pauseMs: number): Gather {
  const names = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running = false;
  let hurry = false;
  let last = -Infinity;

  async function run(): Promise<void> {
    const taken = [...names];
    names.clear();
    running = true;
    hurry = false;
    try {
      await act(taken);
    } catch {
      taken.forEach((name) => names.add(name));
    }
    running = false;
    last = performance.now();
    if (names.size > 0) plan();
  }

  function plan(): void {
    if (running) return;
    if (timer !== null) clearTimeout(timer);
    const wait = hurry ? 0 : Math.max(0, last + pauseMs - performance.now());
    timer = setTimeout(() => {
      timer = null;
      void run();
    }, wait);
  }

  return (name, now) => {
    names.add(name);
    hurry ||= now;
    if (timer === null || now) plan();
  };
}
