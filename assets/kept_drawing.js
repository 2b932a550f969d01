/* What is on the pad, and what is pinned, outlives a reload: kept for this tab of the browser alone, in
 * sessionStorage.
 */
import { isPixels, isReading } from "./answers.js";

const KEPT = "mnist-drawing";
const PINNED = "mnist-pinned";
const MOST_KEPT = 2_000_000; // characters of a picture; browsers keep 5 million of everything together

/** @typedef {import("./drawing.js").Stroke} Stroke */
/** @typedef {{ground: string | null, png: string}} KeptPicture a PNG file as base64 */
/** @typedef {{strokes: Stroke[]} | {picture: KeptPicture}} Kept */

/** Whether a picture can be kept. @param {KeptPicture} picture */
export const canKeep = ({ png }) => png.length <= MOST_KEPT;

/**
 * Keeps what is on the pad whenever the page may be about to go.
 * @param {{strokes(): Stroke[], picture(): KeptPicture | null}} drawing
 */
export function keepDrawing(drawing) {
  const keep = () => {
    if (document.visibilityState !== "hidden") return;
    const picture = drawing.picture();
    const strokes = drawing.strokes();
    if (picture) store(KEPT, canKeep(picture) ? { picture: { ground: picture.ground, png: picture.png } } : null);
    else store(KEPT, strokes.length ? { strokes } : null);
  };
  document.addEventListener("visibilitychange", keep); // comes before an unload, too
}

/** @returns {Kept | null} what was kept; null if there is nothing, or nothing of use */
export function keptDrawing() {
  const kept = stored(KEPT);
  const strokes = kept?.strokes;
  if (Array.isArray(strokes) && strokes.length && strokes.every(isStroke)) return { strokes };
  const picture = kept?.picture;
  return typeof picture?.png === "string" && [null, "#fff", "#000"].includes(picture.ground)
    ? { picture } : null;
}

/** @param {import("./pinned.js").Pinned | null} pinned */
export const keepPinned = (pinned) => store(PINNED, pinned);

/** @returns {import("./pinned.js").Pinned | null} */
export function keptPinned() {
  const kept = stored(PINNED);
  return isPixels(kept?.pixels) && isReading(kept.reading) && kept.reading.digit !== null ? kept : null;
}

/** @param {string} key @param {object | null} value */
function store(key, value) {
  try {
    if (value) sessionStorage.setItem(key, JSON.stringify(value));
    else sessionStorage.removeItem(key);
  } catch {
    // no storage here, or none left: a reload begins without it
  }
}

/** @param {string} key @returns {any} */
function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function isStroke(/** @type {any} */ stroke) {
  const { points, times } = stroke ?? {};
  return Array.isArray(points) && points.length > 0
    && points.every((point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite))
    && Array.isArray(times) && times.length === points.length && times.every(Number.isFinite);
}
