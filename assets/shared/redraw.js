/* When a canvas must be drawn again though nothing on it has changed: the page went light or dark, its screen has
 * another density of pixels, or the browser lost what was on it.
 */
import { createListeners } from "./listeners.js";

/** @type {ReturnType<typeof createListeners<[]>>} */
const listeners = createListeners();
let isWatching = false;

export function onRedraw(/** @type {() => void} */ draw) {
  if (!isWatching) watch();
  isWatching = true;
  return listeners.add(draw);
}

function watch() {
  new MutationObserver(() => listeners.tell()).observe(document.body, { attributeFilter: ["class"] });
  // In the next frame: what is drawn on this canvas may come from others that were lost, too.
  document.addEventListener("contextrestored", () => requestAnimationFrame(() => listeners.tell()), { capture: true });
  watchDensity();
}

function watchDensity() {
  const density = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  density.addEventListener("change", () => {
    watchDensity();
    listeners.tell();
  }, { once: true });
}
