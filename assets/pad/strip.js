/* How the reading went while the drawing grew: its moments, and the strip that shows them, on any canvas. */
import { verdictOf } from "../shared/answers.js";

const LONGEST_LIFT = 250; // ms; longer pauses between strokes are cut to this
const FLOOR = 0.64; // of the strip's height; below it stand the digits

/** @typedef {import("../shared/answers.js").Reading} Reading */
/** @typedef {{name: string, from: number, to: number}} Run */
/** @typedef {{count: number, reading: Reading}} Entry what was read of the first `count` points */

/** When each point is reached, in ms from the start, pauses cut. @param {import("../shared/strokes.js").Stroke[]} strokes */
export function timelineTimes(strokes) {
  /** @type {number[]} */
  const times = [];
  let now = 0;
  /** @type {number | null} */
  let before = null;
  for (const stroke of strokes) {
    stroke.times.forEach((time, i) => {
      const step = before === null ? 0 : Math.max(0, time - before);
      now += i === 0 || step > 10 * LONGEST_LIFT ? Math.min(step, LONGEST_LIFT) : step;
      before = time;
      times.push(now);
    });
  }
  return times;
}

/**
 * What was read over the drawing's time: each reading stands for the ink since the one before, so the
 * last one ends where the drawing does. Shares of the whole, 0 to 1.
 * @param {Entry[]} entries @param {(count: number) => number} timeOf @param {number} duration
 */
export function timelineSegments(entries, timeOf, duration) {
  const share = (/** @type {number} */ time) => (duration ? Math.min(1, time / duration) : 1);
  return entries.map(({ count, reading }, i) => ({
    reading,
    name: verdictOf(reading),
    from: i ? share(timeOf(entries[i - 1].count)) : 0,
    to: i + 1 < entries.length ? share(timeOf(count)) : 1,
  }));
}

/**
 * Fills a canvas with the strip.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../shared/strokes.js").Stroke[]} strokes @param {Entry[]} entries
 * @param {CSSStyleDeclaration} style with the colours
 * @param {number | null} now the moment that is shown, as a share
 * @returns {string} the last digit
 */
export function drawStrip(context, strokes, entries, style, now = null) {
  const { width, height } = context.canvas;
  const floor = height * FLOOR;
  const times = timelineTimes(strokes);
  const duration = times.at(-1) ?? 0;
  const timeOf = (/** @type {number} */ count) => times[count - 1] ?? 0;
  context.clearRect(0, 0, width, height);
  if (!entries.length) return "";
  /** @type {Run[]} */
  const runs = [];
  let isPale = false; // of two digits, one after the other, the second, to be told apart
  for (const { reading, name, from, to } of timelineSegments(entries, timeOf, duration)) {
    const run = runs.at(-1);
    if (run && run.name === name) {
      run.to = to;
    } else {
      isPale = reading.is_digit && run !== undefined && run.name !== "?" && !isPale;
      runs.push({ name, from, to });
    }
    context.globalAlpha = isPale ? 0.75 : 1;
    context.fillStyle = style.getPropertyValue(reading.is_digit ? "--bar-best" : "--bar-fill");
    const tall = Math.max(2, Math.max(...reading.probabilities) * floor);
    const left = Math.min(Math.round(from * width), width - 3); // whole pixels: no seams
    context.fillRect(left, floor - tall, Math.max(Math.round(to * width) - left, 1), tall);
    context.globalAlpha = 1;
  }
  runs.forEach((run, i) => writeDigit(context, run, i + 1 === runs.length, style));
  context.fillStyle = style.getPropertyValue("--pad-paper");
  let points = 0;
  for (const stroke of strokes.slice(0, -1)) { // the pen was lifted
    points += stroke.points.length;
    context.fillRect(duration ? Math.round((timeOf(points) / duration) * width) : 0, 0, 2, floor);
  }
  context.fillStyle = style.color;
  if (now !== null) context.fillRect(now * width - 1, 0, 3, floor);
  return runs[runs.length - 1].name;
}

/** A run's digit under it, where there is room; the last one's in any case.
 * @param {CanvasRenderingContext2D} context @param {Run} run @param {boolean} isLast @param {CSSStyleDeclaration} style */
function writeDigit(context, { name, from, to }, isLast, style) {
  const { width, height } = context.canvas;
  const size = height * 0.3;
  const isNarrow = (to - from) * width < size * 0.7;
  if (isNarrow && !isLast) return;
  context.font = `600 ${size}px ${style.fontFamily}`;
  context.textAlign = isNarrow ? "right" : "center";
  context.textBaseline = "bottom";
  if (isNarrow) context.clearRect(width - size, height - size, size, size);
  context.fillStyle = style.color;
  context.fillText(name, isNarrow ? width : ((from + to) / 2) * width, height);
}
