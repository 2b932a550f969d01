/* What is on the pad outlives a reload: kept for this tab of the browser alone, in sessionStorage. */
const KEPT = "mnist-drawing";

/** @typedef {import("./drawing.js").Stroke} Stroke */

/* Keeps what `strokes` gives whenever the page may be about to go. */
export function keepDrawing(/** @type {() => Stroke[]} */ strokes) {
  const keep = () => {
    if (document.visibilityState !== "hidden") return;
    try {
      const drawn = strokes();
      if (drawn.length) sessionStorage.setItem(KEPT, JSON.stringify(drawn));
      else sessionStorage.removeItem(KEPT);
    } catch {
      // no storage here, or none left: a reload begins with a blank pad
    }
  };
  document.addEventListener("visibilitychange", keep); // comes before an unload, too
}

/** @returns {Stroke[] | null} what was kept; null if there is nothing, or nothing of use */
export function keptDrawing() {
  try {
    const strokes = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    return Array.isArray(strokes) && strokes.length && strokes.every(isStroke) ? strokes : null;
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
