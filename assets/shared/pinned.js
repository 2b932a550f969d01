/* The drawing that is pinned, to be seen next to the one on the pad; null if there is none. */
import { keepPinned, keptPinned } from "./kept_drawing.js";
import { createValue } from "./listeners.js";

const pinned = createValue(keptPinned());

export const pinnedDrawing = pinned.get;
export const onPinned = pinned.listen;

/* Of a number only the digit that is chosen. */
export function setPinned(/** @type {import("./kept_drawing.js").Pinned | null} */ next) {
  pinned.set(next && { pixels: next.pixels, reading: { ...next.reading, number: undefined } });
  keepPinned(pinned.get());
}
