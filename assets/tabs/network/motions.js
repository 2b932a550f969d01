/* What moves in the picture of the network: each motion runs once, from 0 to 1, unless the visitor wants less. */

/** @param {(isLast: boolean) => void} paint a frame; the last when nothing moves any more */
export function createMotions(paint) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {Record<string, [start: number, duration: number]>} */
  const begun = {};
  let frame = 0;

  /** The share of a motion that is over. @param {string} name */
  function passed(name) {
    const [start, duration] = begun[name] ?? [-Infinity, 1];
    return Math.min(1, (performance.now() - start) / duration);
  }

  function animate() {
    cancelAnimationFrame(frame);
    const isLast = Object.keys(begun).every((name) => passed(name) === 1);
    paint(isLast);
    if (!isLast) frame = requestAnimationFrame(animate);
  }

  return {
    passed,
    /** @param {string} name @param {number} duration in ms */
    start(name, duration) {
      if (isStill.matches) return;
      begun[name] = [performance.now(), duration];
      animate();
    },
    /** Ends motions, without another frame; without names all. @param {string[]} names */
    stop(...names) {
      for (const name of names.length ? names : Object.keys(begun)) delete begun[name];
      if (!Object.keys(begun).length) cancelAnimationFrame(frame);
    },
  };
}
