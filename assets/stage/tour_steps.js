/* The tour's steps: where to look, when the visitor has done what was asked, and the challenges'
 * scores. Needs no page.
 */
import { verdictOf } from "../shared/answers.js";

/** @typedef {import("../shared/strokes.js").Point} Point */
/** @typedef {import("../shared/answers.js").Reading} Reading */
/** @typedef {import("../shared/experiments.js").Outcome} Outcome */
/**
 * What there is to see: the strokes that the step began with, what is on the pad now, and what the
 * stage shows of it (null if it shows another drawing, or nothing yet).
 * @typedef {{start: Point[][], strokes: Point[][], reading: Reading | null,
 *   outcome: Outcome | null}} Facts
 */
/**
 * @typedef {object} Step
 * @property {string} light CSS selector of what to look at
 * @property {(facts: Facts) => boolean} [isDone] whether it is done; of a challenge, with any score
 * @property {(facts: Facts) => number | null} [score] of a challenge; null as long as there is none
 * @property {"least" | "most"} [best] which score is the better one
 * @property {number} [goal] the score that a visitor is invited to reach
 * @property {(score: number) => boolean} [isPossible] whether a challenge can end with a score
 * @property {boolean} [isOnStage] whether the visitor acts on the stage, not on the pad
 */
/** @typedef {{done: string[], best: Record<string, number>}} Progress */

const SURE = 0.9; // as probable as this it is no longer between two
const SMALL = 420; // pad units; ink no larger than this is small
const AWAY = 170; // pad units from the middle; ink further off than this is in a corner
const MIDDLE = 500;

const lengthOf = (/** @type {Point[][]} */ strokes) => strokes.reduce((sum, points) => sum
  + points.reduce((length, [x, y], i) => length
    + (i ? Math.hypot(x - points[i - 1][0], y - points[i - 1][1]) : 0), 0), 0);

/** Whether the strokes begin with others, unchanged. @param {Point[][]} strokes @param {Point[][]} start */
export function beginsWith(strokes, start) {
  return strokes.length >= start.length && start.every((points, i) => (
    points.length === strokes[i].length
    && points.every(([x, y], j) => x === strokes[i][j][0] && y === strokes[i][j][1])));
}

/** @param {Point[][]} strokes @param {Point[][]} start */
export const isSame = (strokes, start) => strokes.length === start.length && beginsWith(strokes, start);

/** The ink added to a drawing as a share of its own; null if something was taken away.
 * @param {Point[][]} start @param {Point[][]} strokes */
export function addedShare(start, strokes) {
  const own = lengthOf(start);
  return own && beginsWith(strokes, start) ? lengthOf(strokes) / own - 1 : null;
}

/** Whether a drawing is small and in a corner. @param {Point[][]} strokes */
export function isSmallAndAway(strokes) {
  const points = strokes.flat();
  if (!points.length) return false;
  const [left, right] = [Math.min, Math.max].map((pick) => pick(...points.map(([x]) => x)));
  const [top, bottom] = [Math.min, Math.max].map((pick) => pick(...points.map(([, y]) => y)));
  return Math.max(right - left, bottom - top) <= SMALL
    && Math.min(Math.abs((left + right) / 2 - MIDDLE), Math.abs((top + bottom) / 2 - MIDDLE)) >= AWAY;
}

/** @param {Facts} facts */
const hasAdded = ({ start, strokes }) => beginsWith(strokes, start) && strokes.length > start.length;

/** @param {Reading | null} reading @param {number} digit */
const reads = (reading, digit) => Boolean(reading && !reading.number && reading.is_digit
  && reading.digit === digit);

/** @type {Record<string, Step>} */
export const STEPS = {
  map: {
    light: '[data-testid="tab-network"] .frame',
    isOnStage: true,
    isDone: ({ outcome }) => outcome?.tab === "network" && outcome.view === "map",
  },
  corner: {
    light: '[data-testid="tab-preprocessing"] [data-testid="figure"]',
    isDone: ({ strokes, reading, outcome }) => outcome?.tab === "preprocessing"
      && Boolean(reading?.is_digit) && isSmallAndAway(strokes),
  },
  crossbar: {
    light: '[data-testid="tab-attribution"] [data-testid="figure"]',
    isDone: (facts) => facts.outcome?.tab === "attribution" && hasAdded(facts)
      && reads(facts.reading, 7),
  },
  gap: {
    light: '[data-testid="tab-attribution"] [data-testid="figure"]',
    isDone: ({ start, strokes, reading }) => !isSame(strokes, start) && [4, 9].some((digit) => reads(reading, digit)
      && Number(reading?.probabilities[digit]) >= SURE),
  },
  none: {
    light: '[data-testid="digit-gauge"]',
    isDone: ({ strokes, reading }) => strokes.length > 0 && reading !== null && !reading.is_digit,
  },
  turn: {
    light: '[data-testid="tab-perturbation"] :is([data-testid="strength"], [data-testid="outcome"])',
    isOnStage: true,
    isDone: ({ outcome }) => outcome?.tab === "perturbation" && outcome.change === "rotation"
      && outcome.verdict !== "6",
  },
  middle: {
    light: '[data-testid="tab-comparison"] :is([data-testid="right"], [data-testid="figure"])',
    isOnStage: true,
    isDone: ({ outcome }) => outcome?.tab === "comparison" && (outcome.right !== 0 || outcome.down !== 0)
      && outcome.readings.some((/** @type {Reading} */ one) => verdictOf(one) !== "5"),
  },
  ink: {
    light: '[data-testid="verdict"], [data-testid="tab-attribution"] [data-testid="figure"]',
    best: "least",
    goal: 0.05,
    isPossible: (score) => score > 0 && score <= 10,
    score: ({ start, strokes, reading }) => (reads(reading, 9) ? addedShare(start, strokes) : null),
  },
  least: {
    light: '[data-testid="tab-adversarial"] :is([data-testid="target"], [data-testid="fool"])',
    isOnStage: true,
    best: "least",
    goal: 20,
    isPossible: (score) => score > 0 && score <= 255,
    score: ({ outcome }) => (outcome?.tab === "adversarial" && outcome.success && outcome.norm === "linf"
      ? outcome.largest : null),
  },
  seven: {
    light: '[data-testid="tab-comparison"] [data-testid="figure"]',
    best: "most",
    goal: 3,
    isPossible: (score) => [2, 3, 4, 5, 6, 7].includes(score),
    score({ reading, outcome }) {
      const isFair = outcome?.tab === "comparison" && outcome.right === 0 && outcome.down === 0;
      if (!isFair || !reading?.is_digit) return null;
      const { size } = new Set(outcome.readings.map(verdictOf));
      return size > 1 ? size : null;
    },
  },
};

/** @param {Step} step @param {Facts} facts @returns {{isDone: boolean, score: number | null}} */
export function judge(step, facts) {
  const score = step.score?.(facts) ?? null;
  return { score, isDone: score !== null || Boolean(step.isDone?.(facts)) };
}

/** @param {string} name of a challenge @param {number} score @param {number} other */
export const isBetter = (name, score, other) => (STEPS[name].best === "most" ? score > other : score < other);

/** The progress after a step was done. @param {Progress} progress @param {string} name
 * @param {number | null} score */
export function withDone({ done, best }, name, score) {
  const isBest = score !== null && (best[name] === undefined || isBetter(name, score, best[name]));
  return { done: done.includes(name) ? done : [...done, name], best: isBest ? { ...best, [name]: score } : best };
}

/** The first challenge whose goal is not reached yet. @param {Progress} progress */
export const nextChallenge = ({ best }) => Object.keys(STEPS).find((name) => {
  const { goal } = STEPS[name];
  return goal !== undefined && (best[name] === undefined || isBetter(name, goal, best[name]));
});

/** The progress that was stored, as far as it is ours. @param {any} kept @returns {Progress} */
export function progressOf(kept) {
  const { done, best } = kept ?? {};
  return {
    done: Object.keys(STEPS).filter((name) => Array.isArray(done) && done.includes(name)),
    best: Object.fromEntries(Object.entries(best ?? {}).filter(([name, score]) => STEPS[name]?.isPossible?.(score))),
  };
}
