/* Listeners, and values that have them. Every function that adds a listener returns one that unsubscribes it. */

/**
 * @template {any[]} News
 */
export function createListeners() {
  /** @type {Set<(...news: News) => void>} */
  const listeners = new Set();
  return {
    add(/** @type {(...news: News) => void} */ listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /* Iterates over a copy: a listener may unsubscribe while it is called. */
    tell(/** @type {News} */ ...news) {
      for (const listener of [...listeners]) listener(...news);
    },
  };
}

/**
 * A value that calls its listeners whenever it is set.
 * @template Value
 * @param {Value} value the first one
 */
export function createValue(value) {
  /** @type {ReturnType<typeof createListeners<[]>>} */
  const { add, tell } = createListeners();
  return {
    get: () => value,
    set(/** @type {Value} */ next) {
      value = next;
      tell();
    },
    listen: add,
  };
}
