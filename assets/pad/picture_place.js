/* Where a picture lies on the pad: in the middle, as large as there is room for. */

/**
 * @param {number} side of the pad
 * @param {{width: number, height: number}} picture
 * @returns {[number, number, number, number]} its left, top, width and height
 */
export function placeOn(side, { width, height }) {
  const scale = side / Math.max(width, height);
  const [wide, high] = [width * scale, height * scale];
  return [(side - wide) / 2, (side - high) / 2, wide, high];
}
