/* The eraser cuts the strokes it touches. */
import { onGrain } from "./drawing.js";


export const ERASER = 35; // its radius in pad units

/**
 * @typedef {import("../shared/strokes.js").Point} Point
 * @typedef {import("../shared/strokes.js").Stroke} Stroke
 */

/**
 * Strokes without the parts within `reach` of the line between two points. Strokes that are not
 * touched stay the same objects.
 * @param {Stroke[]} strokes @param {Point} from @param {Point} to @param {number} reach
 * @returns {Stroke[]}
 */
export function erased(strokes, from, to, reach) {
  return strokes.flatMap((stroke) => {
    if (!mayTouch(stroke.points, from, to, reach)) return [stroke];
    const fine = refined(stroke, reach / 2);
    const isGone = fine.points.map((point) => distanceToSegment(point, from, to) < reach);
    if (!isGone.includes(true)) return [stroke];
    /** @type {Stroke[]} */
    const pieces = [];
    /** @type {Stroke | null} */
    let piece = null;
    fine.points.forEach((point, i) => {
      if (isGone[i]) {
        piece = null;
        return;
      }
      if (!piece) pieces.push(piece = { points: [], times: [] });
      piece.points.push(point);
      piece.times.push(fine.times[i]);
    });
    return pieces.filter(({ points }) => points.length > 1); // a single point is dropped
  });
}

/** @param {Point[]} points @param {Point} from @param {Point} to @param {number} reach */
function mayTouch(points, from, to, reach) {
  return [0, 1].every((axis) => {
    const values = points.map((point) => point[axis]);
    return Math.min(...values) - reach <= Math.max(from[axis], to[axis])
      && Math.max(...values) + reach >= Math.min(from[axis], to[axis]);
  });
}

/**
 * The same line with points no further apart than `spacing`.
 * @param {Stroke} stroke @param {number} spacing @returns {Stroke}
 */
function refined({ points, times }, spacing) {
  const fine = { points: [points[0]], times: [times[0]] };
  for (let i = 1; i < points.length; i++) {
    const [x, y] = points[i - 1];
    const steps = Math.ceil(Math.hypot(points[i][0] - x, points[i][1] - y) / spacing) || 1;
    for (let step = 1; step < steps; step++) {
      const share = step / steps;
      fine.points.push(
        [onGrain(x + share * (points[i][0] - x)), onGrain(y + share * (points[i][1] - y))]);
      fine.times.push(Math.round(times[i - 1] + share * (times[i] - times[i - 1])));
    }
    fine.points.push(points[i]);
    fine.times.push(times[i]);
  }
  return fine;
}

/** @param {Point} point @param {Point} from @param {Point} to */
function distanceToSegment([x, y], [fromX, fromY], [toX, toY]) {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const length = alongX * alongX + alongY * alongY;
  const share = length ? ((x - fromX) * alongX + (y - fromY) * alongY) / length : 0;
  const bounded = Math.min(1, Math.max(0, share));
  return Math.hypot(x - fromX - bounded * alongX, y - fromY - bounded * alongY);
}
