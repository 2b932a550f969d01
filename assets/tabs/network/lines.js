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

/** Whether a line begins or ends at a place, or at what is attached to it. @param {any} head @param {Place} place
 * @param {number} index of the layer that the line leads to @param {{from: number, to: number}} line */
export function touches({ layers }, place, index, { from, to }) {
  const standing = (/** @type {number} */ at) => { // the layer that a pooling is attached to
    while (at > 0 && at < layers.length - 1 && isAttached(layers[at])) at -= 1;
    return at;
  };
  const layer = standing(place.layer);
  return (place.place === from && layer === standing(index - 1)) || (place.place === to && layer === index);
}
