/* A share as a whole number of percent; never 100, for nothing is certain. */
export function percent(/** @type {number} */ share) {
  return share > 0.995 ? ">99" : String(Math.round(100 * share));
}
