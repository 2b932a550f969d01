/* Which answers of the server are readings. */

/**
 * @typedef {object} Reading
 * @property {number | null} digit the most probable; null on a blank pad
 * @property {boolean} is_digit
 * @property {number[]} probabilities ten, 0 to 1
 * @property {string} pixels 784 grey levels as base64
 */

/** Whether it is 784 grey levels as base64. @param {unknown} base64 */
export const isPixels = (base64) => typeof base64 === "string"
  && /^[A-Za-z0-9+/]{1046}==$/.test(base64);

/**
 * A proxy or a login page may answer in the server's place: only what can be shown is a reading.
 * @param {any} answer
 * @returns {answer is Reading}
 */
export function isReading(answer) {
  const { digit, is_digit: isDigit, probabilities, pixels } = answer ?? {};
  return (digit === null || (Number.isInteger(digit) && digit >= 0 && digit <= 9))
    && typeof isDigit === "boolean"
    && Array.isArray(probabilities) && probabilities.length === 10
    && probabilities.every(Number.isFinite)
    && isPixels(pixels);
}
