/**
 * Runs `act` one at a time. Calls that come while it runs are answered by one more run:
 * a burst of hints costs two refetches, and the last one always sees the newest state.
 */
export function coalesce(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again: Promise<void> | null = null;

  function start(): Promise<void> {
    running = act().finally(() => {
      running = null;
    });
    return running;
  }

  return () => {
    if (running === null) return start();
    again ??= running
      .catch(() => undefined)
      .then(() => {
        again = null;
        return start();
      });
    return again;
  };
}
