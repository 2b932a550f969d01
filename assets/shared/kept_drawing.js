/* What is on the pad, and what is pinned, outlives a reload: kept for this tab of the browser alone, in
 * sessionStorage.
 */
import { isPixels, isReading } from "./answers.js";
import { store, stored } from "./storage.js";

const KEPT = "mnist-drawing";
const VISITS = "mnist-visits";
const PINNED = "mnist-pinned";
const AREA = "sessionStorage";

/** Returns whether it is kept; nothing older is, in any case. @param {string} key @param {object | null} value */
const keepOne = (key, value) => store(key, null, AREA) && store(key, value, AREA);

/** @typedef {import("./strokes.js").Stroke} Stroke */
/** @typedef {{visit: string | null, left: Record<string, string>}} KeptVisits the visit whose drawing is
 *   kept, and the fragments of other visits' drawings; "" for a blank pad */
/** @typedef {{ground: string | null, png: string}} KeptPicture a PNG file as base64 */
/** @typedef {{pixels: string, reading: import("./answers.js").Reading}} Pinned */
/** @typedef {{strokes: Stroke[]} | {picture: KeptPicture}} Kept */

/**
 * Keeps what is on the pad whenever the page may be about to go; and at once where it is asked to, and
 * says whether it could.
 * @param {{strokes(): Stroke[], picture(): KeptPicture | null,
 *   visits(): KeptVisits}} drawing
 */
export function keepDrawing(drawing) {
  const keep = () => {
    const picture = drawing.picture();
    const strokes = drawing.strokes();
    const isKept = keepOne(KEPT, picture ? { picture: { ground: picture.ground, png: picture.png } }
      : strokes.length ? { strokes } : null);
    const { visit, left } = drawing.visits();
    keepOne(VISITS, { visit: isKept ? visit : null, left });
    return isKept;
  };
  document.addEventListener("visibilitychange", () => { // comes before an unload, too
    if (document.visibilityState === "hidden") keep();
  });
  return keep;
}

/** @returns {Kept | null} what was kept; null if there is nothing, or nothing of use */
export function keptDrawing() {
  const kept = stored(KEPT, AREA);
  const strokes = kept?.strokes;
  if (Array.isArray(strokes) && strokes.length && strokes.every(isStroke)) return { strokes };
  const picture = kept?.picture;
  return typeof picture?.png === "string" && [null, "#fff", "#000"].includes(picture.ground)
    ? { picture } : null;
}

/** Where in the browser's history it was kept. @returns {KeptVisits} */
export function keptVisits() {
  const { visit, left } = stored(VISITS, AREA) ?? {};
  return {
    visit: typeof visit === "string" ? visit : null,
    left: left && typeof left === "object" ? left : {},
  };
}

/** @param {Pinned | null} pinned */
export const keepPinned = (pinned) => keepOne(PINNED, pinned);

/** @returns {Pinned | null} */
export function keptPinned() {
  const kept = stored(PINNED, AREA);
  return isPixels(kept?.pixels) && isReading(kept.reading) && kept.reading.digit !== null ? kept : null;
}

function isStroke(/** @type {any} */ stroke) {
  const { points, times } = stroke ?? {};
  return Array.isArray(points) && points.length > 0
    && points.every((point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite))
    && Array.isArray(times) && times.length === points.length && times.every(Number.isFinite);
}
