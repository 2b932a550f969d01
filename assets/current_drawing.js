/* What was read last, told by the sketchpad to whoever shows more of it: {strokes, pixels (base64),
 * reading}, or null for a blank pad. A new object each time.
 */
let current = null;
const listeners = new Set();

export const currentDrawing = () => current;

export function setCurrentDrawing(next) {
  current = next;
  for (const listener of [...listeners]) listener();
}

/* Returns what ends it. */
export function onCurrentDrawing(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
