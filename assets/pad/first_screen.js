/* The first screen lives: until the page is touched, examples draw themselves on the pad, slowly, a
 * few of them, and the last one stays. None of it is the visitor's: it is kept nowhere, cannot be
 * undone, and makes way at the first touch, for good.
 *
 * Needs no page: how ink is shown, and whether it may be, is the caller's.
 */
import { durationOf, written, writtenBy } from "./hand.js";

const SPEED = 0.5; // pad units a millisecond: a calm hand
const FIRST_AFTER = 700; // ms, for the page to settle and say what it is
const STEP = 33; // ms between two pieces of a line
const ASK_EVERY = 90; // ms between two readings: nobody's pen waits for an example
const STANDS = 3400; // ms that a finished example is left to be looked at
const PAUSE = 500; // ms of blank pad before the next one

/** @typedef {import("../shared/strokes.js").Point} Point */
/** @typedef {import("../shared/strokes.js").Stroke} Stroke */
/** @typedef {import("../shared/question.js").Clock} Clock */

/** @type {Clock} */
const CLOCK = {
  now: () => performance.now(),
  setTimeout: (act, ms) => setTimeout(act, ms),
  clearTimeout: (timer) => clearTimeout(/** @type {number} */ (timer)),
};

/**
 * @param {Point[][][]} drawings in their order; each is drawn once
 * @param {object} options
 * @param {(strokes: Stroke[]) => void} options.show ink on the pad; none: it is blank
 * @param {(isOn: boolean) => void} options.onTurn what is on the pad is an example from now on, or
 *   no longer
 * @param {() => boolean} options.isStill whether motion is to be reduced: one is shown as drawn
 * @param {() => boolean} options.isSeen whether the page is; call `look` when that may have changed
 * @param {Clock} [options.clock]
 */
export function createFirstScreen(drawings, { show, onTurn, isStill, isSeen, clock = CLOCK }) {
  /** @type {Stroke[][]} */
  let left = drawings.map((drawn) => written(drawn, SPEED));
  /** @type {unknown} */
  let timer;
  let isOn = false; // what is on the pad is an example
  let isOver = false;
  let isMoving = false;
  let askedAt = -Infinity;

  function turn(/** @type {boolean} */ on) {
    if (isOn === on) return;
    isOn = on;
    onTurn(on);
  }

  function later(/** @type {() => void} */ act, /** @type {number} */ ms) {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(act, ms);
  }

  function finish(/** @type {Stroke[]} */ strokes) {
    isMoving = false;
    show(strokes);
    if (isStill()) left = [];
    if (left.length) later(() => { show([]); later(next, PAUSE); }, STANDS);
  }

  function next() {
    const strokes = left.shift();
    if (!strokes || isOver) return;
    turn(true);
    if (isStill()) {
      finish(strokes);
      return;
    }
    isMoving = true;
    const started = clock.now();
    const step = () => {
      const passed = clock.now() - started;
      if (passed >= durationOf(strokes)) {
        finish(strokes);
        return;
      }
      show(writtenBy(strokes, passed));
      later(step, STEP);
    };
    step();
  }

  /* Leaves a blank pad. */
  function clear() {
    clock.clearTimeout(timer);
    isMoving = false;
    if (!isOn) return;
    show([]);
    turn(false);
  }

  return {
    isOn: () => isOn,
    /** Whether the ink that is shown is to be read already: in the midst of it less often. */
    mayAsk: () => !isMoving || clock.now() - askedAt >= ASK_EVERY,
    /** It is being read. */
    asked() {
      askedAt = clock.now();
    },
    /** It begins, or has left the screen, or is back on it. */
    look() {
      if (isOver) return;
      if (!isSeen()) clear();
      else if (!isOn && left.length) later(next, FIRST_AFTER);
    },
    /** For good. */
    stop() {
      if (isOver) return;
      isOver = true;
      clear();
    },
  };
}
