/* The visitor's own digits: drawings kept here for teaching, and corrections from "Was it wrong?". */
import { bytesOf, isPixels } from "../../shared/answers.js";
import { keptCorrections } from "../../shared/kept_corrections.js";

/** @typedef {{digit: number, pixels: Uint8Array}} OwnDigit */

const KEPT = "mnist-own-digits"; // in localStorage
const MOST_KEPT = 500;

/* Several browser tabs share them. onOthers(): another tab has changed them. */
export function createOwnDigits(/** @type {() => void} */ onOthers) {
  /** @type {{digit: number, pixels: string}[]} */
  let drawn = load();
  let isKept = true; // what is here is in the storage
  /** @type {string[]} */
  const added = []; // pixels of those that were added in this browser tab

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
      isKept = true;
    } catch {
      isKept = false; // no storage: they are kept until the page closes
    }
  }

  /* The storage event may still be on its way: what another tab has stored is read before each change. */
  const latest = () => (isKept ? load() : drawn);

  function hear(/** @type {StorageEvent} */ { key }) {
    if (key !== KEPT && key !== null) return; // null: all of the storage was cleared
    drawn = load();
    isKept = true;
    onOthers();
  }

  window.addEventListener("storage", hear);

  return {
    add(/** @type {number} */ digit, /** @type {string} */ pixels) {
      added.push(pixels);
      drawn = [...latest(), { digit, pixels }].slice(-MOST_KEPT);
      store();
    },
    /* Takes back the last one that was added in this browser tab; without one, the last of all. */
    takeBack() {
      const mine = added.pop();
      drawn = latest();
      drawn = drawn.toSpliced(drawn.findLastIndex(({ pixels }) => pixels === mine), 1);
      store();
    },
    forget() {
      drawn = [];
      store();
    },
    count: () => drawn.length,
    end: () => window.removeEventListener("storage", hear),
    /** Drawings and corrections of these digits. @param {number[]} digits @returns {OwnDigit[]} */
    all(digits) {
      const corrections = keptCorrections().map(({ meant, pixels }) => ({ digit: meant, pixels }));
      return [...drawn, ...corrections].filter(({ digit }) => digits.includes(digit))
        .map(({ digit, pixels }) => ({ digit, pixels: bytesOf(pixels) }));
    },
  };
}
