/* All maps of one layer. */
import { askNetwork } from "./ask_network.js";
import { NARROW } from "./layout.js";
import { inputTile, squares } from "./map.js";
import { border, boxOf, keepPictures, pictureOf } from "./pictures.js";

const BELOW = 14; // a map, for its number
const MIN_LEGIBLE = 18; // a smaller map has no number

/**
 * The view of one layer. It owns the answer.
 * @param {import("./view.js").Tab} tab @param {number} index of the layer
 * @param {number[]} framed maps, which the whole network shows
 * @returns {import("./view.js").View}
 */
export function createLayer(tab, index, framed) {
  const { text, number, nameOf, mapOf, sizeOf } = tab.words;
  const picturesFor = keepPictures(({ head, bytes }, isDark) => pictureOf(bytes, head.shape[0], head.isSigned, isDark));
  /** @type {import("./ask_network.js").Answer | null} */
  let answer = null;

  function layOut(width, height) {
    const count = answer?.head.shape[2];
    const high = width < NARROW ? Math.max(200, count * 34) : height - 8;
    return { x: 0, y: 2, ...squares(count, width, high, BELOW, 120), below: BELOW };
  }

  return {
    name: "layer",
    question: () => ({ layer: index }),
    ask: (pixels) => askNetwork({ pixels, open: { layer: index } }),
    take(next) {
      answer = next;
    },
    heightAt(width) {
      if (!answer) return 300;
      const { size, across } = layOut(width, 0);
      return Math.ceil(answer.head.shape[2] / across) * (size + 5 + BELOW) + 6;
    },
    draw(pen, width, height) {
      if (!answer) return null;
      const { head } = answer;
      const pictures = picturesFor(answer, pen.isDark);
      const grid = layOut(width, height);
      return Array.from({ length: head.shape[2] }, (_, channel) => {
        const tile = inputTile(grid, channel);
        pictures.draw(pen.context, channel, tile);
        const isFramed = framed.includes(channel);
        border(pen, tile, isFramed ? pen.best : pen.line, isFramed ? 2 : 1);
        if (tile.size >= MIN_LEGIBLE) {
          pen.text(channel, tile.x + tile.size / 2, tile.y + tile.size + 13,
            { size: 11, align: "center", colour: pen.subdued });
        }
        return { key: `${index}:${channel}`, box: boxOf(tile), label: mapOf(head, channel), data: { channel },
          press: () => tab.openMap(index, channel) };
      });
    },
    heading: () => (answer ? nameOf(answer.head, true) : ""),
    sentence: () => (answer ? `${sizeOf(answer.head)} ${text("network_layer_told",
      { parameters: number(answer.head.parameters, 0) })}` : ""),
  };
}
