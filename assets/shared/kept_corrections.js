/* The visitor's corrections, kept in this browser. */
import { isPixels } from "./answers.js";
import { createKeptList } from "./kept_list.js";

export const NOT_A_DIGIT = 10; // the label of a drawing that is no digit

/** @typedef {{meant: number, read: number, strokes: number[][][], pixels: string}} Correction */

/** @param {any} one @returns {boolean} */
function isCorrection(one) {
  const { meant, pixels, strokes } = one ?? {};
  return Number.isInteger(meant) && meant >= 0 && meant <= NOT_A_DIGIT && Array.isArray(strokes)
    && isPixels(pixels);
}

/** @type {ReturnType<typeof createKeptList<Correction>>} */
export const corrections = createKeptList("mnist-corrections", 1000, isCorrection);
