const BEAT_MS = 5000;
/** Longer than the minute to which browsers slow down the timers of a hidden tab. */
const ASLEEP_MS = 120_000;

/** Calls back when the network returns or the computer slept: the line may be dead by then. */
export function watchWaking(handlers: { offline: () => void; back: () => void }): () => void {
  let last = Date.now();
  const beat = setInterval(() => {
    const slept = Date.now() - last > ASLEEP_MS;
    last = Date.now();
    if (slept) handlers.back();
  }, BEAT_MS);
  window.addEventListener("offline", handlers.offline);
  window.addEventListener("online", handlers.back);
  return () => {
    clearInterval(beat);
    window.removeEventListener("offline", handlers.offline);
    window.removeEventListener("online", handlers.back);
  };
}
