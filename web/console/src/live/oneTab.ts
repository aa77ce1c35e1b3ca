const HOLD_MS = 15_000;

/** Of all tabs that ask for this name at about the same time, one runs it. */
export async function inOneTab(name: string, run: () => void): Promise<void> {
  if (!("locks" in navigator)) {
    run();
    return;
  }
  await navigator.locks.request(`thuisbalie.${name}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    run();
    // A hidden tab hears of it later: whoever comes in this time finds the name taken.
    await new Promise((done) => setTimeout(done, HOLD_MS));
  });
}
