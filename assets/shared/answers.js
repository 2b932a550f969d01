/* Tells readings from other answers. */

/**
 * @typedef {object} Reading
 * @property {number | null} digit the most probable; null on a blank pad
 * @property {boolean} is_digit
 * @property {number[]} probabilities ten, 0 to 1
 * @property {string} pixels 784 grey levels as base64
 * @property {number | null} digit_margin nats above the threshold of what is a digit; null if blank
 * @property {Reading} [other] what the network of a tab reads instead
 * @property {boolean} [isOther] it is read by the network of a tab
 * @property {NumberReading} [number] the whole, where there is more than one digit
 * @property {number} [most_digits] that can be read, where there are more
 *
 * @typedef {Reading & {box: number[], parts: [number, number, number][]}} PlacedReading one digit of
 *   a number: left, top, right and bottom in pad units, and its ink as [stroke, first point, end]
 * @typedef {{text: string, digits: PlacedReading[], latest: number, probability: number}} NumberReading
 *   `latest`: the digit that was written last
 */

/** Whether a value is 784 grey levels as base64. @param {unknown} base64 */
export const isPixels = (base64) => typeof base64 === "string"
  && /^[A-Za-z0-9+/]{1046}==$/.test(base64);

/**
 * Whether an answer is a reading: a proxy or a login page may answer instead of the server.
 * @param {any} answer
 * @returns {answer is Reading}
 */
export function isReading(answer) {
  const { digit, is_digit: isDigit, probabilities, pixels, digit_margin: margin, number,
    most_digits: most = 1 } = answer ?? {};
  return (digit === null || (Number.isInteger(digit) && digit >= 0 && digit <= 9))
    && typeof isDigit === "boolean"
    && Array.isArray(probabilities) && probabilities.length === 10
    && probabilities.every(Number.isFinite)
    && isPixels(pixels)
    && (digit === null ? margin === null : Number.isFinite(margin))
    && Number.isInteger(most)
    && (number === undefined || isNumber(number));
}

/** @param {any} number */
function isNumber(number) {
  const { text, digits, latest } = number ?? {};
  return typeof text === "string" && Array.isArray(digits) && digits.length > 1
    && text.replaceAll("\n", "").length === digits.length
    && Number.isInteger(latest) && latest >= 0 && latest < digits.length
    && digits.every(({ box, parts, ...reading }) => isReading(reading) && reading.digit !== null
      && Array.isArray(box) && box.length === 4 && box.every(Number.isFinite)
      && Array.isArray(parts) && parts.every((part) => Array.isArray(part) && part.length === 3
        && part.every(Number.isInteger)));
}

/** What is read, as it is shown; empty without ink.
 * @param {{digit: number | null, is_digit: boolean} | null | undefined} reading */
export const verdictOf = (reading) => (!reading || reading.digit === null ? "" : reading.is_digit ? String(reading.digit) : "?");

/** Bytes of base64 as numbers 0..255. @param {string} base64 */
export const bytesOf = (base64) => Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
