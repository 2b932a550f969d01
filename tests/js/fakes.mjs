/** Fakes for tests: a clock, whose time passes on command, and what was due happens in order; and a storage. */

/** Lets everything that waits for a promise happen. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

export function createClock() {
  let time = 0;
  let count = 0;
  const timers = new Map();

  return {
    now: () => time,
    setTimeout(act, ms) {
      count += 1;
      timers.set(count, { at: time + ms, act });
      return count;
    },
    clearTimeout: (timer) => timers.delete(timer),
    /** How many timers are set. */
    pending: () => timers.size,
    /** @param {number} ms */
    async pass(ms) {
      const end = time + ms;
      await settled();
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= end);
        if (!due.length) break;
        const [timer, { at, act }] = due.reduce((a, b) => (b[1].at < a[1].at ? b : a));
        timers.delete(timer);
        time = Math.max(time, at);
        act();
        await settled();
      }
      time = end;
    },
  };
}

/** A browser's storage. */
export function createStorage() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}
