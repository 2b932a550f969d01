/* Many maps as one picture, from which each is drawn: one upload to the canvas instead of a hundred. */
import { coloursFor } from "./colours.js";

/** @typedef {import("./layout.js").Tile} Tile */

/**
 * One picture of maps of one size.
 * @param {Uint8Array} bytes map after map @param {number} side of a map @param {boolean} isSigned 128 is zero
 * @param {boolean} isDark
 */
export function pictureOf(bytes, side, isSigned, isDark) {
  const colours = coloursFor(isDark)[isSigned ? "diverging" : "sequential"];
  const count = bytes.length / (side * side);
  const image = new ImageData(side * count, side);
  for (let map = 0; map < count; map++) {
    for (let row = 0; row < side; row++) {
      let from = (map * side + row) * side;
      let to = 4 * (row * side * count + map * side);
      for (let column = 0; column < side; column++, from++, to += 4) {
        const at = 3 * bytes[from];
        image.data[to] = colours[at];
        image.data[to + 1] = colours[at + 1];
        image.data[to + 2] = colours[at + 2];
        image.data[to + 3] = 255;
      }
    }
  }
  const picture = new OffscreenCanvas(image.width, image.height);
  const paint = () => {
    /** @type {OffscreenCanvasRenderingContext2D} */ (picture.getContext("2d")).putImageData(image, 0, 0);
  };
  picture.addEventListener("contextrestored", paint);
  paint();
  return {
    /** @param {CanvasRenderingContext2D} context @param {number} map @param {Tile} tile */
    draw(context, map, { x, y, size, corners }) {
      context.imageSmoothingEnabled = false;
      if (!corners) return context.drawImage(picture, map * side, 0, side, side, x, y, size, size);
      const [from, right, , down] = corners; // three of them make an affine map
      context.save();
      context.transform((right.x - from.x) / side, (right.y - from.y) / side,
        (down.x - from.x) / side, (down.y - from.y) / side, from.x, from.y);
      context.drawImage(picture, map * side, 0, side, side, 0, 0, side, side);
      context.restore();
    },
  };
}

/**
 * Keeps the last pictures as long as they show the same answer on the same ground.
 * @template T
 * @param {(answer: import("./ask_network.js").Answer, isDark: boolean) => T} make
 */
export function keepPictures(make) {
  /** @type {unknown[]} */
  let kept = [];
  /** @type {T} */
  let pictures;
  return (answer, isDark) => {
    if (kept[0] !== answer || kept[1] !== isDark) pictures = make(answer, isDark);
    kept = [answer, isDark];
    return pictures;
  };
}

/** The colour of one byte as CSS. @param {number} byte @param {boolean} isSigned @param {boolean} isDark */
export function colourOf(byte, isSigned, isDark) {
  const colours = coloursFor(isDark)[isSigned ? "diverging" : "sequential"];
  return `rgb(${colours.slice(3 * byte, 3 * byte + 3).join(" ")})`;
}

/** A frame with ground of its own, since lines end at it. @param {any} pen @param {Tile} tile
 * @param {boolean} [isChosen] @param {string} [colour] */
export function frame(pen, tile, isChosen = false, colour = pen.line) {
  trace(pen.context, tile, 2);
  pen.context.fillStyle = pen.paper;
  pen.context.fill();
  border(pen, tile, isChosen ? pen.ink : colour, isChosen ? 2 : 1);
}

/** @param {any} pen @param {Tile} tile @param {string} colour @param {number} [width] */
export function border({ context }, tile, colour, width = 1) {
  trace(context, tile, width / 2);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/** A tile's outline. @param {CanvasRenderingContext2D} context @param {Tile} tile @param {number} reach beyond it */
function trace(context, { x, y, size, corners }, reach) {
  context.beginPath();
  if (!corners) return context.rect(x - reach, y - reach, size + 2 * reach, size + 2 * reach);
  for (const corner of corners) context.lineTo(corner.x, corner.y);
  context.closePath();
}

/** A tile's place as a button's. @param {Tile} tile @param {number} [least] width and height */
export function boxOf({ x, y, size }, least = 0) {
  const side = Math.max(size, least);
  return { x: x + (size - side) / 2, y: y + (size - side) / 2, width: side, height: side };
}
