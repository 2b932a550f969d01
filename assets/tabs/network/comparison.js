/* Two drawings in one network: the kept drawing's maps, the pad's, and where either has more.
 *
 * From left to right a layer is a column and there are three bands; on a narrow screen a layer is a row.
 */
import { askNetwork } from "./ask_network.js";
import { EDGE, NARROW, isUnit } from "./layout.js";
import { boxOf, frame, keepPictures, pictureOf } from "./pictures.js";

const HEAD = 26; // for the layers' names
const LABEL = 24; // above each band's ink
const GAP = 5; // between maps
const UNIT = 24; // a map of one pixel
const MIN_SCALE = 0.1; // of a layer's brightest value; smaller differences stay pale

/** @typedef {import("./layout.js").Tile} Tile */

/** How many maps of each layer have room. @param {number} width @param {number} height */
export const roomToCompare = (width, height) => (width < NARROW ? 2
  : Math.max(2, Math.min(4, Math.floor((height - HEAD) / 3 / 56))));

/**
 * @param {number} width @param {number} height available; downwards the layout takes what it needs
 * @param {import("./layout.js").Layer[]} layers @param {number} count of maps
 */
export function layOutCompared(width, height, layers, count) {
  const isDown = width < NARROW;
  const band = isDown ? (width - 2 * EDGE + 14) / 3 : (height - HEAD) / 3;
  const ink = isDown ? band - 14 : Math.min(band - LABEL - 12, 0.16 * width);
  const pitch = (isDown ? band - 14 : band - 12) / count;
  const column = (width - 2 * EDGE - ink - 14) / layers.length;
  const map = isDown ? pitch - GAP : Math.min(pitch - GAP, column - 12);
  const sizes = layers.map((layer) => (isUnit(layer) ? Math.min(UNIT, map) : map));
  /** @param {number} index @param {number} size */
  const start = (index, size) => (isDown ? LABEL + ink + 34 + index * (map + 36)
    : EDGE + ink + 14 + index * column + (column - size) / 2);
  return {
    height: isDown ? start(layers.length - 1, map) + map + 8 : height,
    titles: layers.map((_, i) => (isDown ? { x: EDGE, y: start(i, map) - 20, width: band, height: 16 }
      : { x: start(i, column), y: 0, width: column, height: HEAD })),
    bands: [0, 1, 2].map((index) => {
      const [x, y] = isDown ? [EDGE + index * band, 0] : [EDGE, HEAD + index * band];
      return {
        label: { x, y, width: ink, height: LABEL },
        ink: { x, y: y + LABEL, size: ink },
        layers: layers.map(({ shown }, layer) => shown.map((_, i) => {
          const [size, aside] = [sizes[layer], (i + 0.5) * pitch - sizes[layer] / 2];
          return isDown ? { x: x + aside, y: start(layer, size), size } : { x: start(layer, size), y: y + aside, size };
        })),
      };
    }),
  };
}

/**
 * By how much bytes exceed others: 128 is no difference, 1 and 255 are the largest.
 * @param {Uint8Array} kept @param {Uint8Array} other @param {number} full the highest byte above zero
 */
export function differenceOf(kept, other, full) {
  const largest = other.reduce((most, byte, i) => Math.max(most, Math.abs(byte - kept[i])), MIN_SCALE * full);
  return Uint8Array.from(other, (byte, i) => 128 + Math.round((127 * (byte - kept[i])) / largest));
}

/* The inks, and the maps of each layer, as pictures in the bands' order. */
function picturesOf({ head, bytes }, isDark) {
  let at = 0;
  const take = (side, count, isSigned) => {
    const length = side * side * count;
    const [kept, other] = [bytes.subarray(at, at + length), bytes.subarray(at + length, at + 2 * length)];
    at += 2 * length;
    return [pictureOf(kept, side, isSigned, isDark), pictureOf(other, side, isSigned, isDark),
      pictureOf(differenceOf(kept, other, isSigned ? 127 : 255), side, true, isDark)];
  };
  return { ink: take(28, 1, false),
    layers: head.layers.map(({ shape: [side], shown, isSigned }) => take(side, shown.length, isSigned)) };
}

/**
 * The view of two drawings. It owns the answer and the map that is pointed at.
 * @param {import("./view.js").Tab} tab @param {import("./view.js").Drawing} kept
 * @returns {import("./view.js").View}
 */
export function createComparison(tab, kept) {
  const { text, number, nameOf, mapOf, verdictOf } = tab.words;
  const picturesFor = keepPictures(picturesOf);
  /** @type {any} */
  let answer = null;
  /** @type {import("./view.js").Drawing | null} */
  let drawing = null; // on the pad, that the answer is about
  let count = 3;
  let shown;
  /** @type {any} */
  let pointed = null;

  const verdicts = () => [kept, drawing].map((one) => verdictOf(one?.reading ?? null));
  const layoutAt = (width, height) => layOutCompared(width, height, answer.head.layers,
    Math.max(...answer.head.layers.map((one) => one.shown.length)));

  function drawBands(pen, { bands, titles }) {
    const pictures = picturesFor(answer, pen.isDark);
    bands.forEach(({ label, ink, layers }, band) => {
      pen.text(text(["network_kept", "network_on_pad", "network_difference"][band]), label.x, label.y + 16,
        { size: 12.5, weight: 600, fit: label.width - 22 });
      pen.text(verdicts()[band] ?? "", label.x + label.width, label.y + 17, { size: 18, weight: 700, align: "right" });
      frame(pen, ink);
      pictures.ink[band].draw(pen.context, 0, ink);
      layers.forEach((tiles, layer) => tiles.forEach((tile, place) => {
        frame(pen, tile, pointed?.layer === layer && pointed.place === place);
        pictures.layers[layer][band].draw(pen.context, place, tile);
      }));
    });
    titles.forEach(({ x, y, width, height }, layer) => pen.text(nameOf(answer.head.layers[layer]), x + width / 2,
      y + height - 8, { size: 12, weight: 600, align: "center", fit: width - 3 }));
  }

  return {
    name: "compared",
    question: () => ({ count }),
    ask: (pixels, asked) => askNetwork({ pixels, pinned: kept.pixels, ...asked, shown }),
    take(next, of) {
      [answer, drawing] = [next, of];
      shown = next.head.shown;
    },
    forget() {
      shown = undefined;
    },
    leave() {
      pointed = null;
    },
    hasInk: () => true,
    facts: () => ({ verdicts: verdicts().map((one) => one || "–").join(" ") }),
    heightAt: (width) => (answer ? layoutAt(width, 0).height : 300),
    draw(pen, width, height) {
      const room = roomToCompare(width, height);
      if (room !== count) queueMicrotask(tab.changed);
      count = room;
      if (!answer) return null;
      const layout = layoutAt(width, height);
      drawBands(pen, layout);
      return layout.bands.flatMap(({ layers }, band) => layers.flatMap((tiles, layer) => tiles.map((tile, place) => {
        const channel = answer.head.layers[layer].shown[place];
        const key = ["network_map_kept", "network_map_on_pad", "network_map_difference"][band];
        return { key: `${band}/${layer}/${place}`, box: boxOf(tile, Math.min(24, tile.size + 4)),
          label: text(key, { map: mapOf(answer.head.layers[layer], channel) }),
          data: { band, layer: answer.head.layers[layer].number, place, channel }, about: { layer, place },
          press: () => tab.openMap(answer.head.layers[layer].number, channel, band ? null : kept) };
      })));
    },
    heading() {
      const [first, second] = verdicts();
      return text(second ? "network_compared" : "network_compared_blank", { kept: first, other: second });
    },
    sentence() {
      if (!answer) return "";
      if (!drawing?.reading) return text("network_compared_draw");
      if (!pointed) return text("network_compared_told");
      const layer = answer.head.layers[pointed.layer];
      const [first, second] = layer.highests.map((one) => number(one[pointed.place], 1));
      return text("network_compared_map", { map: mapOf(layer, layer.shown[pointed.place]), first, second });
    },
    point(about) {
      pointed = about;
      tab.redraw();
    },
    keyOf({ layer, channel, of }) {
      const index = answer?.head.layers.findIndex(({ number: one }) => one === layer) ?? -1;
      return `${of ? 0 : 1}/${index}/${answer?.head.layers[index]?.shown.indexOf(channel)}`;
    },
  };
}
