/* All maps of one layer. */
import { NARROW } from "./layout.js";
import { inputTile, squares } from "./opened.js";
import { pictureOf } from "./pictures.js";

const BELOW = 14; // a map, for its number
const LEGIBLE = 18; // a smaller map has none

/** @typedef {{x: number, y: number, size: number, across: number, below: number, height: number}} Grid */

/** @param {number} width @param {number} height that there is @param {number} maps @returns {Grid} */
export function layOutLayer(width, height, maps) {
  const high = width < NARROW ? Math.max(200, maps * 34) : height - 8;
  const grid = squares(maps, width, high, BELOW, 120);
  return { x: 0, y: 2, ...grid, below: BELOW,
    height: Math.ceil(maps / grid.across) * (grid.size + 5 + BELOW) + 6 };
}

/**
 * @param {any} pen of figure.js @param {Grid} grid
 * @param {{head: any, bytes: Uint8Array, shown: number[], isDark: boolean}} layer `shown`: in the overview
 */
export function drawLayer(pen, grid, { head, bytes, shown, isDark }) {
  const all = pictureOf(bytes, head.shape[0], head.isSigned, isDark);
  for (let i = 0; i < head.shape[2]; i++) {
    const tile = inputTile(grid, i);
    all.draw(pen.context, i, tile);
    const isShown = shown.includes(i);
    pen.context.strokeStyle = isShown ? pen.best : pen.line;
    pen.context.lineWidth = isShown ? 2 : 1;
    pen.context.strokeRect(tile.x - 0.5, tile.y - 0.5, tile.size + 1, tile.size + 1);
    if (tile.size >= LEGIBLE) {
      pen.text(i, tile.x + tile.size / 2, tile.y + tile.size + 12,
        { size: 10, align: "center", colour: pen.subdued });
    }
  }
}
