/* The visitor's own digits: drawings kept here for teaching, and corrections from "Was it wrong?". */
import { bytesOf, isPixels } from "../../shared/answers.js";
import { corrections } from "../../shared/kept_corrections.js";
import { createKeptList } from "../../shared/kept_list.js";

/** @typedef {{digit: number, pixels: string}} OwnDigit its 784 grey levels as base64 */

/** @type {ReturnType<typeof createKeptList<OwnDigit>>} */
const drawn = createKeptList("mnist-own-digits", 500, (one) => Number.isInteger(one?.digit)
  && one.digit >= 0 && one.digit <= 9 && isPixels(one.pixels));
/** @type {string[]} */
const added = []; // pixels of those that were added in this browser tab

export function addOwn(/** @type {number} */ digit, /** @type {string} */ pixels) {
  added.push(pixels);
  drawn.keep([...drawn.all(), { digit, pixels }]);
}

/* Takes back the last one that was added in this browser tab; without one, the last of all. */
export function takeBackOwn() {
  const mine = added.pop();
  const all = drawn.all();
  drawn.keep(all.toSpliced(all.findLastIndex(({ pixels }) => pixels === mine), 1));
}

export const forgetOwn = () => drawn.keep([]);
export const countOwn = () => drawn.all().length;

/** Drawings and corrections. @returns {OwnDigit[]} */
export const ownDigits = () => [...drawn.all(),
  ...corrections.all().filter(({ meant }) => meant <= 9).map(({ meant, pixels }) => ({ digit: meant, pixels }))];

/** The examples among them of some digits. @param {number[]} digits */
export const ownExamples = (digits) => ownDigits().filter(({ digit }) => digits.includes(digit))
  .map(({ digit, pixels }) => ({ digit, pixels: bytesOf(pixels) }));

/** Calls a function when there are others. Returns what unsubscribes it. @param {() => void} act */
export function onOwn(act) {
  const ends = [drawn.onChange(act), corrections.onChange(act)];
  return () => ends.forEach((end) => end());
}
