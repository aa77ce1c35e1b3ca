/** How the frame lives on a small screen. */

/** No bar of a browser is this tall, every on-screen keyboard is taller. */
const KEYBOARD_PX = 140;
/** In heights of a letter: a lower log is a peephole. */
const LOWEST_LOG = 6;

/** Where large letters or a keyboard leave no log to speak of, the whole chat scrolls as one page. */
export function makeRoom(frame: HTMLElement, log: HTMLElement, changed: () => void): () => void {
  const others = [...frame.children].filter((part): part is HTMLElement => part !== log);
  const fit = () => {
    if (!frame.clientHeight) return;
    const taken = others.reduce((sum, part) => sum + part.offsetHeight, 0);
    const low = frame.clientHeight - taken < LOWEST_LOG * parseFloat(getComputedStyle(frame).fontSize);
    if (low === frame.classList.contains("low")) return;
    frame.classList.toggle("low", low);
    // What the tenant was doing stays in sight.
    (frame.getRootNode() as ShadowRoot).activeElement?.scrollIntoView({ block: "nearest" });
    changed();
  };
  const observer = new ResizeObserver(fit);
  for (const part of [frame, ...others]) observer.observe(part);
  return fit;
}

/** The on-screen keyboard covers the lower half of a fixed panel; shrink to what is visible. */
export function fitToScreen(frame: HTMLElement, signal: AbortSignal): void {
  const visible = window.visualViewport;
  if (!visible) return;
  const fit = () => {
    // Zoomed with two fingers: leave the layout alone, the tenant is looking around.
    const zoomed = visible.scale > 1.01;
    const hidden = window.innerHeight - visible.height;
    frame.classList.toggle("keyboard", !zoomed && hidden > KEYBOARD_PX);
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
