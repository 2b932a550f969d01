/* The lines between the maps: how much of a digit's score each map passes on to the next. Needs no page. */
import { isAttached } from "./layout.js";

const MIN_SHARE = 0.05; // of the strongest line of a step; weaker lines are not drawn

/** @typedef {{layer: number, place: number}} Place layer -1 is the ink */
/** @typedef {{from: number, to: number, value: number, share: number}} Line
 * places in the layers, part of the score, share of the step's strongest line */

/**
 * The lines into a layer, weakest first: from a map (or the ink, or through a pooling) to a map.
 * @param {any} head @param {number} index of the layer
 * @returns {Line[]}
 */
export function linesInto(head, index) {
  const { incoming } = head.layers[index];
  if (!incoming) return [];
  const isLast = index === head.layers.length - 1;
  const strongest = Math.max(1e-9, ...incoming.flat().map(Math.abs));
  return incoming
    .flatMap((/** @type {number[]} */ row, /** @type {number} */ from) => row.map((value, to) => (
      { from, to, value, share: Math.abs(value) / strongest })))
    .filter(({ share, to }) => share > (isLast && to !== head.digit ? 4 * MIN_SHARE : MIN_SHARE))
    .sort((one, other) => one.share - other.share);
}

/** Whether a line begins or ends at a place. @param {any} head @param {Place} place
 * @param {number} index of the layer that the line leads to @param {{from: number, to: number}} line */
export function touches(head, place, index, { from, to }) {
  let before = index - 1; // the line leaves a layer and what is attached to it
  const begins = () => place.layer === before && place.place === from;
  if (begins()) return true;
  while (before > 0 && isAttached(head.layers[before])) {
    before -= 1;
    if (begins()) return true;
  }
  let after = index;
  do {
    if (place.layer === after && place.place === to) return true;
    after += 1;
  } while (after < head.layers.length - 1 && isAttached(head.layers[after]));
  return false;
}

/**
 * The four points of a line's Bézier curve.
 * @param {import("./layout.js").Layout} layout @param {number} index of the layer that the line leads to
 * @param {{from: number, to: number}} line
 */
export function curveOf({ isDown, ink, layers, outputs }, index, { from, to }) {
  const start = index ? layers[index - 1].tiles[from] : ink;
  const end = (layers[index]?.tiles ?? outputs)[to];
  const middle = ({ x, y, size }) => (isDown ? x : y) + size / 2;
  if (isDown) {
    const [x0, y0, x3, y3] = [middle(start), start.y + start.size, middle(end), end.y];
    return [[x0, y0], [x0, (y0 + y3) / 2], [x3, (y0 + y3) / 2], [x3, y3]];
  }
  const [x0, y0, x3, y3] = [start.x + start.size, middle(start), end.x, middle(end)];
  const bend = (x3 - x0) * Math.min(0.5, Math.max(0, (x3 - x0 - 16) / 80)); // straight in a narrow gap
  return [[x0, y0], [x0 + bend, y0], [x3 - bend, y3], [x3, y3]];
}
