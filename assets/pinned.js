/* The drawing that is pinned, to be seen beside the one on the pad; null if there is none. */
import { keepPinned, keptPinned } from "./kept_drawing.js";

/** @typedef {import("./kept_drawing.js").Pinned} Pinned */

/** @type {Pinned | null} */
let pinned = keptPinned();
/** @type {Set<() => void>} */
const listeners = new Set();

export const pinnedDrawing = () => pinned;

/* Of a number only the digit that is chosen. */
export function setPinned(/** @type {Pinned | null} */ next) {
  pinned = next && { pixels: next.pixels, reading: { ...next.reading, number: undefined } };
  keepPinned(pinned);
  for (const listener of [...listeners]) listener();
}

/* Returns what ends it. */
export function onPinned(/** @type {() => void} */ listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
