/* The visitor's corrections, kept in this browser. */
import { isPixels } from "./answers.js";
import { createListeners } from "./listeners.js";

const KEPT = "mnist-corrections"; // in localStorage
const MAX_KEPT = 1000;
export const NOT_A_DIGIT = 10; // the label of a drawing that is no digit
/** @type {ReturnType<typeof createListeners<[]>>} */
const listeners = createListeners();

/** @typedef {{meant: number, read: number, strokes: number[][][], pixels: string}} Correction */

/** @param {any} one @returns {boolean} */
function isCorrection(one) {
  const { meant, pixels, strokes } = one ?? {};
  return Number.isInteger(meant) && meant >= 0 && meant <= NOT_A_DIGIT && Array.isArray(strokes)
    && isPixels(pixels);
}

/** @returns {Correction[]} */
export function keptCorrections() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isCorrection) : [];
  } catch {
    return []; // no storage, or not ours
  }
}

/**
 * Keeps the newest of these. Says whether the browser's storage took them.
 * @param {Correction[]} corrections
 */
export function keepCorrections(corrections) {
  try {
    const newest = corrections.slice(-MAX_KEPT);
    if (newest.length) localStorage.setItem(KEPT, JSON.stringify(newest));
    else localStorage.removeItem(KEPT);
  } catch {
    return false; // storage is full or forbidden
  }
  listeners.tell();
  return true;
}

/** Calls a function when other corrections are kept than before. Returns what unsubscribes it. */
export const onCorrections = listeners.add;

globalThis.addEventListener?.("storage", ({ key }) => { // another tab of this browser
  if (key === KEPT || key === null) listeners.tell();
});
