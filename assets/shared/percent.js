/* A share as a whole number of percent; never 100, for nothing is certain. */
export function percent(/** @type {number} */ share) {
  const rounded = Math.round(100 * share);
  return rounded > 99 ? ">99" : String(rounded);
}
