/* A list that stays in this browser: all its tabs share it. */
import { createListeners } from "./listeners.js";

/**
 * @template T
 * @param {string} key in localStorage
 * @param {number} max how many are kept, the newest
 * @param {(one: any) => boolean} isValid what else is stored is left out
 */
export function createKeptList(key, max, isValid) {
  /** @type {ReturnType<typeof createListeners<[]>>} */
  const listeners = createListeners();
  /** @type {T[] | null} */
  let unstored = null; // the list until the page closes, where the storage does not take it
  let last = { text: "", list: /** @type {T[]} */ ([]) }; // what was read from the storage

  function load() {
    try {
      const text = localStorage.getItem(key) ?? "[]";
      if (text !== last.text) {
        const stored = JSON.parse(text);
        last = { text, list: Array.isArray(stored) ? stored.filter(isValid) : [] };
      }
      return last.list;
    } catch {
      return []; // no storage, or not ours
    }
  }

  globalThis.window?.addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return; // null: all of the storage was cleared
    unstored = null;
    listeners.tell();
  });

  return {
    /* The storage event of another tab may still be on its way: the storage is read each time. */
    all: () => unstored ?? load(),
    /** Replaces the list; says whether the browser's storage took it. @param {T[]} list */
    keep(list) {
      const newest = list.slice(-max);
      try {
        if (newest.length) localStorage.setItem(key, JSON.stringify(newest));
        else localStorage.removeItem(key);
        unstored = null;
      } catch {
        unstored = newest; // storage is full or forbidden
      }
      listeners.tell();
      return !unstored;
    },
    /** Calls a function when the list is another. Returns what unsubscribes it. */
    onChange: listeners.add,
  };
}
