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

/** 256 colours through all of the stops. @param {Colour[]} stops @param {number} last the number of the last stop */
export function through(stops, last = 255) {
  return Uint8ClampedArray.from({ length: 3 * 256 }, (_, i) => {
    const at = (Math.floor(i / 3) / last) * (stops.length - 1);
    const [before, after] = [Math.floor(at), Math.ceil(at)].map((stop) => stops[stop][i % 3]);
    return before + (at % 1) * (after - before);
  });
}

/** @param {Colour} ground at 128, which is zero */
const diverging = (ground) => through([AGAINST, ground, FOR], 256);

const DARK = { sequential: through(MAGMA.map(rgb)), diverging: diverging(rgb(MAGMA[0])) };
const LIGHT = { sequential: through(PAPER.map(rgb)), diverging: diverging(rgb(PAPER[0])) };

/** The colour maps for a dark page, or a light one. @param {boolean} isDark */
export const coloursFor = (isDark) => (isDark ? DARK : LIGHT);

/** @param {number} value for or against @param {number} alpha 0 to 1 */
export const signColour = (value, alpha = 1) => `rgb(${(value < 0 ? AGAINST : FOR).join(" ")} / ${alpha})`;

/** The sequential colours as a CSS background, from zero to the highest. @param {boolean} isDark */
export const rampOf = (isDark) => `linear-gradient(90deg, ${(isDark ? MAGMA : PAPER).join(", ")})`;
