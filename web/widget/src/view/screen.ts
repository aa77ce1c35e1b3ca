/** How the frame lives on a small screen. */

/** The on-screen keyboard covers the lower half of a fixed panel; shrink to what is visible. */
export function fitToScreen(frame: HTMLElement, signal: AbortSignal): void {
  const visible = window.visualViewport;
  if (!visible) return;
  const fit = () => {
    // Zoomed with two fingers: leave the layout alone, the tenant is looking around.
    const zoomed = visible.scale > 1.01;
    frame.style.setProperty("--_height", zoomed ? "" : `${visible.height}px`);
    frame.style.setProperty("--_top", zoomed ? "" : `${visible.offsetTop}px`);
  };
  visible.addEventListener("resize", fit, { signal });
  visible.addEventListener("scroll", fit, { signal });
  fit();
}

const FOCUSABLE = "a[href], button, textarea, [tabindex='0']";

/** Only when the panel fills the screen: what lies behind it cannot be seen, so not be reached. */
export function keepFocusInside(frame: HTMLElement, event: KeyboardEvent): void {
  if (frame.clientWidth < window.innerWidth) return;
  const stops = [...frame.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((node) => node.offsetParent);
  const from = event.shiftKey ? stops[0] : stops.at(-1);
  const to = event.shiftKey ? stops.at(-1) : stops[0];
  if (event.target !== from || !to) return;
  event.preventDefault();
  to.focus();
}
