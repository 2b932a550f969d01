/* The visitor's own digits: drawings kept here for teaching, and corrections from "Was it wrong?". */
import { isPixels } from "../answers.js";
import { keptCorrections } from "../corrections.js";

/** @typedef {{digit: number, pixels: Uint8Array}} OwnDigit */

const KEPT = "mnist-own-digits"; // in localStorage
const MOST_KEPT = 500;

const bytes = (/** @type {string} */ base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

export function createOwnDigits() {
  /** @type {{digit: number, pixels: string}[]} */
  let drawn = load();

  function load() {
    try {
      const stored = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
      return Array.isArray(stored) ? stored.filter((one) => Number.isInteger(one?.digit)
        && one.digit >= 0 && one.digit <= 9 && isPixels(one.pixels)) : [];
    } catch {
      return []; // no storage, or not ours
    }
  }

  function store() {
    try {
      if (drawn.length) localStorage.setItem(KEPT, JSON.stringify(drawn));
      else localStorage.removeItem(KEPT);
    } catch {
      // no storage: they are kept until the page closes
    }
  }

  return {
    add(/** @type {number} */ digit, /** @type {string} */ pixels) {
      drawn = [...drawn, { digit, pixels }].slice(-MOST_KEPT);
      store();
    },
    /* The last one that was added is taken back. */
    takeBack() {
      drawn = drawn.slice(0, -1);
      store();
    },
    forget() {
      drawn = [];
      store();
    },
    count: () => drawn.length,
    /** Drawings and corrections of these digits. @param {number[]} digits @returns {OwnDigit[]} */
    all(digits) {
      const corrections = keptCorrections().map(({ meant, pixels }) => ({ digit: meant, pixels }));
      return [...drawn, ...corrections].filter(({ digit }) => digits.includes(digit))
        .map(({ digit, pixels }) => ({ digit, pixels: bytes(pixels) }));
    },
  };
}
