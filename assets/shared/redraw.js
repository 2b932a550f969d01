/* Says when a canvas must be drawn again though its content is the same: the page turned light or dark, the
 * screen's pixel density changed, or the browser lost the canvas.
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
  // In the next frame: this canvas may be drawn from others that were lost, too.
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
