/* Who wants to be told of something that happens again and again. */

/**
 * @template {any[]} What is told
 */
export function createListeners() {
  /** @type {Set<(...what: What) => void>} */
  const listeners = new Set();
  return {
    /* Returns what ends it. */
    add(/** @type {(...what: What) => void} */ listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /* Those who are there now: who is told may leave. */
    tell(/** @type {What} */ ...what) {
      for (const listener of [...listeners]) listener(...what);
    },
  };
}
