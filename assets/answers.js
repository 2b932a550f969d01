/* Which answers of the server are readings. */

/* 784 grey levels as base64. */
export const isPixels = (base64) => /^[A-Za-z0-9+/]{1046}==$/.test(base64);

/* A proxy or a login page may answer in the server's place: only what can be shown is a reading. */
export function isReading(answer) {
  const { digit, is_digit: isDigit, probabilities, pixels } = answer ?? {};
  return (digit === null || (Number.isInteger(digit) && digit >= 0 && digit <= 9))
    && typeof isDigit === "boolean"
    && Array.isArray(probabilities) && probabilities.length === 10
    && probabilities.every(Number.isFinite)
    && isPixels(pixels);
}
