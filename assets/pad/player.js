/* Examples that draw themselves on the pad. An example that the visitor chooses becomes the visitor's own drawing.
 * Before a page that nobody has touched, a few are drawn slowly, and the last one stays: those are nobody's
 * drawing. They are not kept, cannot be undone, and leave the pad at the first touch, for good.
 */
import { firstPoints } from "./drawing.js";

const SPEED = 1.1; // pad units a millisecond
const CALM_SPEED = 0.5; // of an example that nobody has chosen
const LIFT_TIME = 160; // ms from one stroke to the next, at SPEED
const FIRST_AFTER = 200; // ms, for the page to settle
const STANDS_FOR = 3400; // ms that a finished example is left to be looked at
const PAUSE = 500; // ms of blank pad before the next example

/** @typedef {import("../shared/strokes.js").Point} Point */
/** @typedef {import("../shared/strokes.js").Stroke} Stroke */

const CLOCK = {
  now: () => performance.now(),
  /** @param {() => void} act */
  nextFrame: (act) => requestAnimationFrame(act), // never on a page that is not seen
  /** @param {() => void} act @param {number} ms */
  setTimeout: (act, ms) => window.setTimeout(act, ms),
};

/**
 * Strokes with the times at which a hand might have reached their points, in ms from the start.
 * @param {Point[][]} drawn @param {number} [speed] pad units a millisecond
 * @returns {Stroke[]}
 */
export function timed(drawn, speed = SPEED) {
  let now = 0;
  return drawn.map((points, index) => {
    if (index) now += LIFT_TIME * (SPEED / speed);
    const times = points.map((point, i) => {
      if (i) now += Math.hypot(point[0] - points[i - 1][0], point[1] - points[i - 1][1]) / speed;
      return Math.round(now);
    });
    return { points, times };
  });
}

/** The part that is drawn by a time. @param {Stroke[]} strokes @param {number} time in ms from the start */
function drawnBy(strokes, time) {
  const count = strokes.reduce((sum, { times }) => sum + times.filter((reached) => reached <= time).length, 0);
  return firstPoints(strokes, count);
}

/**
 * @param {import("./drawing.js").Drawing} drawing
 * @param {object} options
 * @param {(isLiving: boolean) => void} options.onLiving the pad shows nobody's drawing from now on, or no longer
 * @param {(tip: Point | undefined) => void} options.onTip where the hand that draws nobody's drawing is
 * @param {() => boolean} options.isStill whether the visitor wants no motion: a drawing is there at once
 * @param {typeof CLOCK} [options.clock]
 */
export function createPlayer(drawing, { onLiving, onTip, isStill, clock = CLOCK }) {
  let turn = 0; // counts: what an earlier turn has planned does not happen
  let isLiving = false;
  let isOver = false; // the page has been touched

  /** @param {(act: () => void, ms: number) => unknown} wait @param {() => void} act @param {number} [ms] */
  function plan(wait, act, ms = 0) {
    const planned = turn;
    wait(() => planned === turn && act(), ms);
  }

  /** @param {Point[][]} drawn @param {number} speed @param {() => void} [onEnd] */
  function write(drawn, speed, onEnd) {
    const strokes = timed(drawn, speed);
    const started = clock.now();
    const duration = isStill() ? 0 : strokes.at(-1)?.times.at(-1) ?? 0;
    const step = () => {
      const passed = clock.now() - started;
      const isDone = passed >= duration;
      drawing.grow(isDone ? strokes : drawnBy(strokes, passed));
      if (isLiving) onTip(drawing.strokes().at(-1)?.points.at(-1));
      if (!isDone) plan(clock.nextFrame, step);
      else onEnd?.();
    };
    step();
  }

  /** @param {Point[][][]} drawings */
  function liveOn([next, ...others]) {
    if (!isLiving) onLiving(isLiving = true);
    write(next, CALM_SPEED, () => {
      if (others.length && !isStill()) plan(clock.setTimeout, () => rest(others), STANDS_FOR);
    });
  }

  /** @param {Point[][][]} others */
  function rest(others) {
    drawing.cut([]);
    onTip(undefined);
    plan(clock.setTimeout, () => plan(clock.nextFrame, () => liveOn(others)), PAUSE);
  }

  function stop() {
    turn += 1;
    isOver = true;
    if (!isLiving) return;
    drawing.cut([]);
    onLiving(isLiving = false);
  }

  return {
    isLiving: () => isLiving,
    /** The visitor has chosen this. @param {Point[][]} drawn */
    play(drawn) {
      stop();
      drawing.become({ strokes: [] });
      write(drawn, SPEED);
    },
    /** Nobody has touched the page: it lives. @param {Point[][][]} drawings in their order */
    live(drawings) {
      if (isOver || !drawings.length) return;
      plan(clock.setTimeout, () => plan(clock.nextFrame, () => liveOn(drawings)), FIRST_AFTER);
    },
    /** Whatever draws itself stops where it is; nobody's drawing leaves a blank pad, for good. */
    stop,
    /** The page has been touched: only what the visitor has chosen goes on. */
    endLife() {
      if (!isOver) stop();
    },
  };
}
