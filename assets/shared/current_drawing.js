/* What was read last: the sketchpad sets it, and tabs and the tour show more of it. A new object each time; null for a
 * blank pad.
 */
import { createValue } from "./listeners.js";

/** @typedef {{strokes: import("./strokes.js").Point[][], pixels: string,
 *   reading: import("./answers.js").Reading, isExample?: boolean, picture?: HTMLCanvasElement}} CurrentDrawing
 *   pixels: base64; isExample: one of the first screen's */
/** @type {ReturnType<typeof createValue<CurrentDrawing | null>>} */
const current = createValue(null);

export const currentDrawing = current.get;
export const setCurrentDrawing = current.set;
export const onCurrentDrawing = current.listen;
