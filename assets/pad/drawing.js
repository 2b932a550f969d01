/* The drawing on the pad, and its history for undo and redo. A drawing is strokes, or a picture.
 *
 * Points lie on a grid of half a pad unit, so that a link can hold them exactly.
 */
import { PAD_UNITS } from "../shared/strokes.js";

/**
 * @typedef {import("../shared/strokes.js").Point} Point
 * @typedef {import("../shared/strokes.js").Stroke} Stroke
 * @typedef {{bitmap: HTMLCanvasElement, ground: string | null, png: string}} Picture
 * @typedef {{strokes: Stroke[], picture: Picture | null}} State
 * @typedef {ReturnType<typeof createDrawing>} Drawing
 */
export const GRAIN = 0.5;
export const MAX_POINTS = 18000; // the server takes 20,000
export const MAX_STROKES = 900; // and 1,000 of these
const MAX_STEPS = 500; // that can be undone
const TAP = 12; // pad units: a drawing no larger than this is a dot by a hand that shook

/** @type {(point: number[]) => boolean} */
export const onPad = ([x, y]) => x >= 0 && x <= PAD_UNITS && y >= 0 && y <= PAD_UNITS;
/** @type {(value: number) => number} */
export const onGrain = (value) => Math.round(value / GRAIN) * GRAIN;

/** @type {(strokes: Point[][]) => boolean} */
function isTap(strokes) {
  const first = strokes[0]?.[0];
  return Boolean(first) && strokes.every((points) => points.every(
    ([x, y]) => Math.abs(x - first[0]) <= TAP && Math.abs(y - first[1]) <= TAP));
}

/**
 * @param {(isLonger: boolean) => void} onChange isLonger: ink was added at the end, and nothing else changed
 */
export function createDrawing(onChange) {
  /** @type {State} */
  let present = { strokes: [], picture: null };
  /** @type {State[]} */
  let past = [];
  /** @type {State[]} */
  let future = [];
  /** @type {{present: State, past: State[], future: State[]} | null} */
  let before = null; // the history before the last step; null after an undo or redo

  function count() {
    return present.strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
  }

  /** @param {State[]} from @param {State[]} to */
  function go(from, to) {
    const next = from.pop();
    if (!next) return;
    to.push(present);
    present = next;
    before = null;
    onChange(false);
  }

  return {
    now: () => present,
    strokes: () => present.strokes,
    picture: () => present.picture,
    /** The strokes as the server reads them. */
    points() {
      const strokes = present.strokes.map((stroke) => stroke.points);
      return isTap(strokes) ? [strokes[0].slice(0, 1)] : strokes;
    },
    count,
    isBlank: () => !present.strokes.length && !present.picture,
    isFull: () => present.strokes.length >= MAX_STROKES || count() >= MAX_POINTS,
    /**
     * Whether these strokes, instead of the present ones, would be more than the pad holds.
     * @param {Stroke[]} strokes
     */
    wouldOverflow(strokes) {
      const points = strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
      return (strokes.length > MAX_STROKES && strokes.length > present.strokes.length)
        || (points > MAX_POINTS && points > count());
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,

    /* Puts `next` on the pad; one undo brings back what was there. Does not call `onChange`. */
    step(/** @type {Partial<State>} */ next) {
      before = { present, past, future };
      past = [...past, present].slice(-MAX_STEPS);
      future = [];
      present = { strokes: [], picture: null, ...next };
    },
    become(/** @type {Partial<State>} */ next) {
      this.step(next);
      onChange(false);
    },
    /* Adds ink at the end, within the same step. */
    grow(strokes = present.strokes) {
      present.strokes = strokes;
      onChange(true);
    },
    /** Replaces the ink, within the same step. @param {Stroke[]} strokes */
    cut(strokes) {
      present.strokes = strokes;
      onChange(false);
    },
    /* Removes the last step from the history: redo does not bring it back. */
    takeBack() {
      if (!before) return;
      ({ present, past, future } = before);
      before = null;
      onChange(false);
    },
    undo: () => go(past, future),
    redo: () => go(future, past),
  };
}

/**
 * Copies of the first `count` points, and of when they were written.
 * @param {Stroke[]} strokes @param {number} count
 */
export function firstPoints(strokes, count) {
  /** @type {Stroke[]} */
  const begun = [];
  for (const { points, times } of strokes) {
    if (count <= 0) break;
    begun.push({ points: points.slice(0, count), times: times.slice(0, count) });
    count -= points.length;
  }
  return begun;
}
