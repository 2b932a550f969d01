/* What was read last, told by the sketchpad to whoever shows more of it: {strokes, pixels (base64),
 * reading, isExample: of the first screen's}, or null for a blank pad. A new object each time.
 */

/** @typedef {{strokes: import("./drawing.js").Point[][], pixels: string,
 *   reading: import("./answers.js").Reading, isExample?: boolean}} CurrentDrawing */
/** @type {CurrentDrawing | null} */
let current = null;
/** @type {Set<() => void>} */
const listeners = new Set();

export const currentDrawing = () => current;

export function setCurrentDrawing(/** @type {CurrentDrawing | null} */ next) {
  current = next;
  for (const listener of [...listeners]) listener();
}

/* Returns what ends it. */
export function onCurrentDrawing(/** @type {() => void} */ listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
