/* What the network of a tab reads in place of the page's own (shared/other_network.js). */
import { bytesOf } from "../shared/answers.js";
import { otherNetwork } from "../shared/other_network.js";

/** @typedef {import("../shared/answers.js").Reading} Reading */
/** @typedef {import("../shared/strokes.js").Point} Point */

/**
 * The same reading with the other network's probabilities; it takes everything for a digit.
 * @template {Reading} R
 * @param {R} reading @param {Point[][] | null} strokes all that was drawn, if it is one digit
 * @returns {Promise<R>}
 */
async function reread(reading, strokes) {
  const found = await otherNetwork()?.read(bytesOf(reading.pixels), strokes);
  if (!found) throw new Error("There is no other network.");
  const probabilities = [...found];
  if (!probabilities.every(Number.isFinite)) throw new Error("Its training diverged.");
  const digit = probabilities.indexOf(Math.max(...probabilities));
  return { ...reading, probabilities, digit, is_digit: true, digit_margin: null, isOther: true };
}

/**
 * @param {Reading} reading by the page's own network @param {Point[][]} strokes
 * @returns {Promise<Reading | undefined>} undefined while no tab lends a network
 */
export async function readByOther(reading, strokes) {
  if (!otherNetwork() || reading.digit === null) return undefined;
  try {
    const { number } = reading;
    if (!number) return await reread(reading, strokes);
    const digits = await Promise.all(number.digits.map((digit) => reread(digit, null)));
    let index = 0;
    const text = number.text.replace(/[^\n]/g, () => String(digits[index++].digit));
    return { ...digits[number.latest], number: { ...number, digits, text } };
  } catch {
    return undefined; // its worker has ended
  }
}
