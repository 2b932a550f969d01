/* A share as a whole number of percent; never 100, for nothing is certain. */
export function percent(/** @type {number} */ share) {
  const rounded = Math.round(100 * share);
  return rounded > 99 ? ">99" : String(rounded);
}

/** The same in words. @param {(key: string, values: Record<string, unknown>) => string} text @param {number} share */
export function sureness(text, share) {
  const words = percent(share);
  return words.startsWith(">") ? text("over", { number: words.slice(1) }) : words;
}
