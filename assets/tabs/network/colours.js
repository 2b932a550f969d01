/* Colour maps of the network's maps and lines; each has 256 colours, [r, g, b] one after another.
 *
 * Sequential: after Matplotlib's "magma" (Smith and van der Walt 2015), even to the eye from zero,
 * which is the ground itself, to the highest; on paper the other way round. Diverging: orange for,
 * blue against, told apart with any colour vision.
 */

/** @typedef {[number, number, number]} Colour */

const MAGMA = ["#000004", "#140e36", "#3b0f70", "#641a80", "#8c2981", "#b73779", "#de4968", "#f7705c",
  "#fe9f6d", "#fecf92", "#fcfdbf"];
const PAPER = ["#fffdf8", "#fee3c1", "#fdbf8d", "#f98f67", "#e75c62", "#c33b75", "#95297f", "#6b1c81",
  "#42107a", "#1d1147", "#05041c"];
const FOR = /** @type {Colour} */ ([245, 140, 40]);
const AGAINST = /** @type {Colour} */ ([56, 140, 246]);

/** @param {string} hex @returns {Colour} */
const rgb = (hex) => /** @type {Colour} */ (
  [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));

/** @param {Colour[]} stops @returns {Uint8ClampedArray} 256 colours through all of them */
export function through(stops) {
  const table = new Uint8ClampedArray(3 * 256);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1);
    const before = Math.min(stops.length - 2, Math.floor(at));
    for (let c = 0; c < 3; c++) {
      table[3 * i + c] = stops[before][c] + (at - before) * (stops[before + 1][c] - stops[before][c]);
    }
  }
  return table;
}

/** @param {Colour} ground at 128, which is zero */
const diverging = (ground) => {
  const below = through([AGAINST, ground]);
  const above = through([ground, FOR]);
  const table = new Uint8ClampedArray(3 * 256);
  for (let i = 0; i < 256; i++) {
    const [half, at] = i < 128 ? [below, 2 * i] : [above, Math.round((i - 128) * (255 / 127))];
    table.set(half.subarray(3 * at, 3 * at + 3), 3 * i);
  }
  return table;
};

const DARK = { sequential: through(MAGMA.map(rgb)), diverging: diverging(rgb(MAGMA[0])) };
const LIGHT = { sequential: through(PAPER.map(rgb)), diverging: diverging(rgb(PAPER[0])) };

/** The colour maps for a dark page, or a light one. @param {boolean} isDark */
export const coloursFor = (isDark) => (isDark ? DARK : LIGHT);

/** @param {number} value for or against @param {number} alpha 0 to 1 */
export const signColour = (value, alpha = 1) => `rgb(${(value < 0 ? AGAINST : FOR).join(" ")} / ${alpha})`;

/** The sequential colours as a CSS background, from zero to the highest. @param {boolean} isDark */
export const rampOf = (isDark) => `linear-gradient(90deg, ${(isDark ? MAGMA : PAPER).join(", ")})`;
