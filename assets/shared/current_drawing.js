/* What was read last, told by the sketchpad to whoever shows more of it: {strokes, pixels (base64),
 * reading, isExample: of the first screen's}, or null for a blank pad. A new object each time.
 */

import { createListeners } from "./listeners.js";

/** @typedef {{strokes: import("./strokes.js").Point[][], pixels: string,
 *   reading: import("./answers.js").Reading, isExample?: boolean, picture?: HTMLCanvasElement}} CurrentDrawing */
/** @type {CurrentDrawing | null} */
let current = null;
/** @type {ReturnType<typeof createListeners<[]>>} */
const listeners = createListeners();

export const currentDrawing = () => current;

export function setCurrentDrawing(/** @type {CurrentDrawing | null} */ next) {
  current = next;
  listeners.tell();
}

/* Returns what ends it. */
export const onCurrentDrawing = listeners.add;
