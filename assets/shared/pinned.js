/* The drawing that is pinned, to be seen beside the one on the pad; null if there is none. */
import { keepPinned, keptPinned } from "./kept_drawing.js";
import { createListeners } from "./listeners.js";

/** @typedef {import("./kept_drawing.js").Pinned} Pinned */

/** @type {Pinned | null} */
let pinned = keptPinned();
/** @type {ReturnType<typeof createListeners<[]>>} */
const listeners = createListeners();

export const pinnedDrawing = () => pinned;

/* Of a number only the digit that is chosen. */
export function setPinned(/** @type {Pinned | null} */ next) {
  pinned = next && { pixels: next.pixels, reading: { ...next.reading, number: undefined } };
  keepPinned(pinned);
  listeners.tell();
}

/* Returns what ends it. */
export const onPinned = listeners.add;
