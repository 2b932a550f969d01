/* A hand that writes what it is shown: when it reaches each point, and what it has written by then. */
import { firstPoints } from "./drawing.js";

const SPEED = 1.1; // pad units a millisecond
const LIFT = 160; // ms from one stroke to the next

/** @typedef {import("../shared/strokes.js").Point} Point */
/** @typedef {import("../shared/strokes.js").Stroke} Stroke */

/**
 * Strokes with the times at which a hand might have reached their points, in ms from the start.
 * @param {Point[][]} drawn
 * @param {number} [speed] pad units a millisecond
 * @returns {Stroke[]}
 */
export function written(drawn, speed = SPEED) {
  let now = 0;
  return drawn.map((points, number) => {
    if (number) now += LIFT * (SPEED / speed);
    const times = points.map((point, i) => {
      if (i) now += Math.hypot(point[0] - points[i - 1][0], point[1] - points[i - 1][1]) / speed;
      return Math.round(now);
    });
    return { points, times };
  });
}

/**
 * What of it has been written by a time.
 * @param {Stroke[]} strokes @param {number} time in ms from the start
 */
export function writtenBy(strokes, time) {
  const count = strokes.reduce(
    (sum, { times }) => sum + times.filter((reached) => reached <= time).length, 0);
  return firstPoints(strokes, count);
}

/** How long the writing takes, in ms. @param {Stroke[]} strokes */
export const durationOf = (strokes) => strokes.at(-1)?.times.at(-1) ?? 0;
