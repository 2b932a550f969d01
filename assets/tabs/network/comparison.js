/* Two drawings in one network: the kept drawing's maps, the pad's, and where either has more. A layer is a row. */
import { verdictOf } from "../../shared/answers.js";
import { askNetwork } from "./ask_network.js";
import { EDGE, NARROW, isUnit } from "./layout.js";
import { boxOf, frame, keepPictures, pictureOf } from "./pictures.js";

const NAME = 68; // for the layers' names, at the left, or above where it is narrow
const LABEL = 24; // above each band's ink
const SPACE = 16; // between bands
const GAP = 5; // between maps
const UNIT = 24; // a map of one pixel
const MIN_SCALE = 0.1; // of a layer's brightest value; smaller differences stay pale

/** How many maps of each layer have room. @param {number} width */
export const roomToCompare = (width) => Math.max(2, Math.min(4, Math.floor(width / 180)));

/**
 * @param {number} width @param {number} height available; where it is narrow the layout takes what it needs
 * @param {import("./layout.js").Layer[]} layers @param {number} count of maps
 */
export function layOutCompared(width, height, layers, count) {
  const isNarrow = width < NARROW;
  const left = isNarrow ? EDGE : EDGE + NAME;
  const band = (width - left - EDGE + SPACE) / 3;
  const pitch = (band - SPACE) / count;
  const ink = Math.min(band - SPACE, isNarrow ? Infinity : 0.24 * height);
  const top = LABEL + ink + (isNarrow ? 34 : 12);
  const row = isNarrow ? pitch + 31 : (height - top) / layers.length;
  const map = Math.min(pitch, row) - GAP;
  return {
    height: isNarrow ? top + layers.length * row : height,
    titles: layers.map((_, i) => ({ x: EDGE, y: top + i * row + (isNarrow ? -20 : map / 2 - 8), width: isNarrow ? band : NAME - 6, height: 16 })),
    bands: [0, 1, 2].map((index) => {
      const x = left + index * band;
      return {
        label: { x, y: 0, width: band - SPACE, height: LABEL },
        ink: { x, y: LABEL, size: ink },
        layers: layers.map((layer, at) => layer.shown.map((_, i) => {
          const size = isUnit(layer) ? Math.min(UNIT, map) : map;
          return { x: x + i * pitch, y: top + at * row + (map - size) / 2, size };
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
  const { text, number, nameOf, mapOf } = tab.words;
  const picturesFor = keepPictures(picturesOf);
  /** @type {any} */
  let answer = null;
  /** @type {import("./view.js").Drawing | null} */
  let drawing = null; // on the pad, that the answer is about
  let count = 3;
  let shown;
  /** @type {any} */
  let pointed = null;

  const verdicts = () => [kept, drawing].map((one) => verdictOf(one?.reading));
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
    titles.forEach(({ x, y, width }, layer) => (
      pen.text(nameOf(answer.head.layers[layer]), x, y + 12, { size: 12.5, weight: 600, fit: width })));
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
      const room = roomToCompare(width);
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
