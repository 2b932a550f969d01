/* Many small maps as one picture, from which each is drawn: one upload instead of a hundred. */
import { coloursFor } from "./colours.js";

/**
 * Bytes of maps of one size, one after another, to a picture with all of them in a row.
 * @param {Uint8Array} bytes @param {number} side of a map @param {boolean} isSigned 128 is zero
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
    /** @param {CanvasRenderingContext2D} context @param {number} map
     * @param {{x: number, y: number, size: number}} tile */
    draw(context, map, { x, y, size }) {
      context.imageSmoothingEnabled = false;
      context.drawImage(picture, map * side, 0, side, side, x, y, size, size);
    },
  };
}

/** The colour of one byte as CSS. @param {number} byte @param {boolean} isSigned @param {boolean} isDark */
export function colourOf(byte, isSigned, isDark) {
  const colours = coloursFor(isDark)[isSigned ? "diverging" : "sequential"];
  return `rgb(${colours.slice(3 * byte, 3 * byte + 3).join(" ")})`;
}
