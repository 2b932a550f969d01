/* What a network is shown, in the words of `mnist_model/train/lesson.py` and of `train.py`. */
import { SCHEDULES } from "./networks.js";

/**
 * @typedef {object} Choices
 * @property {number[]} digits in rising order
 * @property {number} each how many of each digit, 1 to 1,000
 * @property {"anybody" | "neat" | "slanted" | "own"} hands "own": nothing but the visitor's drawings
 * @property {string[]} without names in HABITS
 * @property {boolean} distorted
 * @property {boolean} anywhere
 * @property {number} wrong share of the labels that are wrong on purpose
 * @property {boolean} own whether the visitor's drawings and corrections join them
 * @property {import("./networks.js").NetworkName} network
 */

/** Ways to write a digit that some people have and others don't. @type {Record<string, number>} */
export const HABITS = { "slashed-0": 0, "flagged-1": 1, "crossed-7": 7 };

export const COUNTS = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000]; // of each digit

/** @type {Choices["hands"][]} */
export const HANDS = ["anybody", "neat", "slanted", "own"];
export const WRONG_SHARES = [0, 0.1, 0.2, 0.5]; // of the labels

/** @type {Choices} */
export const USUAL = {
  digits: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  each: 100,
  hands: "anybody",
  without: [],
  distorted: false,
  anywhere: false,
  wrong: 0,
  own: false,
  network: "small",
};

/** What each lesson chooses. @type {Record<string, Partial<Choices>>} */
export const LESSONS = {
  three: { each: 3 },
  crossed: { hands: "neat", distorted: true, without: ["crossed-7"] },
  middle: {}, // the network sees the pad's drawing where it was drawn
  wrong: { wrong: 0.2 },
  hand: { hands: "own", own: true },
};

/** The next larger count; the largest has none. @param {number} each */
export const moreThan = (each) => COUNTS.find((count) => count > each) ?? null;

/** Whether two choices are the same. @param {Choices | null} one @param {Choices} other */
export const areSame = (one, other) => JSON.stringify({ ...USUAL, ...one }) === JSON.stringify({ ...USUAL, ...other });

/** Choices from a file; what is missing or wrong is as usual. @param {any} stored @returns {Choices} */
export function checkedChoices(stored) {
  const { digits, without } = stored ?? {};
  const among = { each: COUNTS, hands: HANDS, wrong: WRONG_SHARES, network: Object.keys(SCHEDULES),
    distorted: [true], anywhere: [true], own: [true] };
  /** @type {Record<string, any>} */
  const choices = { ...USUAL };
  for (const [name, values] of Object.entries(among)) {
    if (values.includes(/** @type {never} */ (stored?.[name]))) choices[name] = stored[name];
  }
  if (Array.isArray(digits) && digits.length && digits.every((digit) => USUAL.digits.includes(digit))) {
    choices.digits = [...new Set(digits)].sort();
  }
  if (Array.isArray(without)) choices.without = Object.keys(HABITS).filter((name) => without.includes(name));
  return /** @type {Choices} */ (choices);
}
