/* Two drawings in one network: the pinned one's maps, the pad's, and what is more or less in these.
 *
 * From left to right a layer is a column and there are three bands; on a narrow screen a layer is a row.
 */
import { EDGE, NARROW, isUnit } from "./layout.js";
import { frame, weight } from "./overview.js";
import { pictureOf } from "./pictures.js";

const HEAD = 50; // for the layers' names
const LABEL = 24; // above each band's ink
const GAP = 4; // between maps
const UNIT = 24; // a map of one pixel
const POOLED = 0.62; // of a map's size
const LEAST = 0.1; // of a layer's brightest; a smaller difference is not as colourful as can be

/** @typedef {import("./layout.js").Tile} Tile */
/** @typedef {import("./layout.js").Box} Box */
/** @typedef {import("./layout.js").Layer} Layer */
/**
 * @typedef {object} Layout
 * @property {boolean} isDown
 * @property {number} height of all
 * @property {{label: Box, ink: Tile, layers: Tile[][]}[]} bands pinned, on the pad, their difference
 * @property {Box[]} titles of the layers
 * @property {Box[]} outputs ten
 */

/** How many maps of each layer there is room for. @param {number} width @param {number} height */
export function roomToCompare(width, height) {
  return width < NARROW ? 2 : Math.max(2, Math.min(4, Math.floor((height - HEAD) / 3 / 46)));
}

/**
 * @param {number} width @param {number} height that there is; downwards it takes what it needs
 * @param {Layer[]} layers but the logits @param {number} count of maps
 * @returns {Layout}
 */
export function layOutCompared(width, height, layers, count) {
  return width < NARROW ? downwards(width, layers, count) : across(width, height, layers, count);
}

/** @param {Layer} layer @param {number} map */
const sizeOf = (layer, map) => (isUnit(layer) ? UNIT
  : layer.kind.endsWith("Pooling2D") ? POOLED * map : map);

/** @param {number} width @param {number} height @param {Layer[]} layers @param {number} count
 * @returns {Layout} */
function across(width, height, layers, count) {
  const band = (height - HEAD) / 3;
  const ink = Math.min(band - LABEL - 16, 0.13 * width, 160);
  const outputs = Math.min(230, Math.max(136, 0.17 * width));
  const column = (width - 2 * EDGE - ink - outputs - 28) / layers.length; // as wide for each name
  const map = Math.min((band - 14) / count - GAP - 4, column - 8);
  const pitch = (band - 14) / count;
  const columns = layers.map((layer, i) => {
    const size = sizeOf(layer, map);
    return { x: EDGE + ink + 14 + i * column + (column - size) / 2, size };
  });
  const step = (height - HEAD) / 10;
  return {
    isDown: false,
    height,
    bands: [0, 1, 2].map((number) => {
      const y = HEAD + number * band;
      return {
        label: { x: EDGE, y: y + 4, width: ink, height: LABEL },
        ink: { x: EDGE, y: y + LABEL + 4, size: ink },
        layers: columns.map(({ x: left, size }, layer) => layers[layer].shown.map((_, i) => (
          { x: left, y: y + 4 + (i + 0.5) * pitch - size / 2 - 3, size }))),
      };
    }),
    titles: columns.map(({ x: left, size }) => (
      { x: left + (size - column) / 2, y: 0, width: column, height: HEAD })),
    outputs: Array.from({ length: 10 }, (_, digit) => ({
      x: width - EDGE - outputs, y: HEAD + digit * step, width: outputs, height: step })),
  };
}

/** @param {number} width @param {Layer[]} layers @param {number} count @returns {Layout} */
function downwards(width, layers, count) {
  const room = (width - 2 * EDGE + 14) / 3 - 14; // of a band
  const map = (room - GAP * (count - 1)) / count;
  let y = LABEL + room + 12;
  const rows = layers.map((layer) => {
    const size = sizeOf(layer, map);
    const title = { x: EDGE, y, width: width - 2 * EDGE, height: 20 };
    y += 22;
    const row = { y, size, title };
    y += size + 14;
    return row;
  });
  y += 8;
  const step = (width - 2 * EDGE) / 10;
  return {
    isDown: true,
    height: y + 150,
    bands: [0, 1, 2].map((number) => {
      const x = EDGE + number * (room + 14);
      return {
        label: { x, y: 0, width: room, height: LABEL },
        ink: { x, y: LABEL, size: room },
        layers: rows.map(({ y: top, size }, layer) => layers[layer].shown.map((_, i) => (
          { x: x + (i + 0.5) * (map + GAP) - GAP / 2 - size / 2, y: top, size }))),
      };
    }),
    titles: rows.map(({ title }) => title),
    outputs: Array.from({ length: 10 }, (_, digit) => ({
      x: EDGE + digit * step, y, width: step, height: 142 })),
  };
}

/**
 * By how much bytes are more than others, with 128 for nothing; and the largest of it, in bytes, that
 * is shown as 1 or 255.
 * @param {Uint8Array} pinned @param {Uint8Array} other @param {number} full the highest byte above zero
 */
export function differenceOf(pinned, other, full) {
  let largest = 0;
  for (let i = 0; i < other.length; i++) largest = Math.max(largest, Math.abs(other[i] - pinned[i]));
  const scale = Math.max(largest, LEAST * full);
  const bytes = Uint8Array.from(other, (byte, i) => 128 + Math.round((127 * (byte - pinned[i])) / scale));
  return { bytes, scale: scale / full };
}

/**
 * Everything that was answered as pictures: of the inks, and of each layer, in the bands' order; and
 * of each layer how much the strongest colour of a difference stands for.
 * @param {import("./ask_network.js").Answer} answer @param {boolean} isDark
 */
export function picturesCompared({ head, bytes }, isDark) {
  let at = 0;
  /** @param {number} side @param {number} count @param {boolean} isSigned */
  const take = (side, count, isSigned) => {
    const length = side * side * count;
    const both = [bytes.subarray(at, at + length), bytes.subarray(at + length, at + 2 * length)];
    at += 2 * length;
    const difference = differenceOf(both[0], both[1], isSigned ? 127 : 255);
    return {
      bands: [...both.map((one) => pictureOf(one, side, isSigned, isDark)),
        pictureOf(difference.bytes, side, true, isDark)],
      scale: difference.scale,
      isSame: difference.bytes.every((byte) => byte === 128),
    };
  };
  const ink = take(28, 1, false);
  const layers = head.layers.map((/** @type {any} */ { shape: [side], shown, isSigned }) => (
    take(side, shown.length, isSigned)));
  return { ink, layers };
}

/** @typedef {{layer: number, place: number} | null} Chosen */

/**
 * @param {any} pen of figure.js @param {Layout} layout
 * @param {{head: any, pictures: ReturnType<typeof picturesCompared>, chosen: Chosen,
 *   readings: (import("../../shared/answers.js").Reading | null)[], labels: string[], verdicts: string[],
 *   titleOf: (layer: any, scale: number) => string[], percent: (share: number) => string}} shown
 */
export function drawCompared(pen, layout, shown) {
  const { head, pictures, chosen, labels, verdicts, readings } = shown;
  const { context } = pen;
  layout.bands.forEach(({ label, ink, layers }, band) => {
    if (band && !layout.isDown) rule(pen, ink.y - LABEL - 4, layout);
    pen.text(labels[band], label.x, label.y + 16, { size: 12.5, weight: 600, fit: label.width - 22 });
    pen.text(verdicts[band] ?? "", label.x + label.width, label.y + 17,
      { size: 18, weight: 700, align: "right", colour: band === 1 ? pen.best : pen.ink });
    frame(pen, ink, false);
    pictures.ink.bands[band].draw(context, 0, ink);
    layers.forEach((tiles, number) => {
      const { contributions } = head.layers[number];
      const most = Math.max(1e-9, ...contributions.flat().map(Math.abs));
      tiles.forEach((tile, place) => {
        frame(pen, tile, chosen?.layer === number && chosen.place === place);
        pictures.layers[number].bands[band].draw(context, place, tile);
        if (band < 2 && readings[band]) weight(context, tile, contributions[band][place] / most);
      });
    });
  });
  layout.titles.forEach((title, number) => {
    const words = shown.titleOf(head.layers[number], pictures.layers[number].scale);
    if (layout.isDown) {
      pen.text(words[0], title.x, title.y + 15, { size: 12.5, weight: 600 });
      pen.text(words.slice(1).join("   "), title.x + title.width, title.y + 15,
        { size: 11, align: "right", colour: pen.subdued });
      return;
    }
    words.forEach((word, i) => pen.text(word, title.x + title.width / 2, 14 + 14 * i, {
      size: i ? 10.5 : 12, weight: i ? 400 : 600, align: "center", fit: title.width - 3,
      colour: i ? pen.subdued : pen.ink }));
  });
  drawPairs(pen, layout, shown);
}

function rule({ context, line }, y, { outputs }) {
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(EDGE, y);
  context.lineTo(outputs[0].x - 14, y);
  context.stroke();
}

/* Ten digits with two bars each; those of what is refused are paler. */
function drawPairs(pen, { outputs, isDown }, { readings, percent }) {
  const { context } = pen;
  const colours = [pen.fill, pen.best];
  outputs.forEach(({ x, y, width, height }, digit) => {
    const isBest = readings.some((one) => one?.is_digit && one.digit === digit);
    const [weight_, colour] = isBest ? [700, pen.ink] : [500, pen.subdued];
    const size = isDown ? 16 : Math.min(22, height * 0.46);
    if (isDown) pen.text(digit, x + width / 2, y + height - 34, { size, weight: weight_, align: "center", colour });
    else pen.text(digit, x + 8, y + height / 2 + size * 0.36, { size, weight: weight_, colour });
    readings.forEach((reading, i) => {
      const probability = reading?.probabilities[digit] ?? 0;
      const words = reading ? percent(probability) : "";
      const isLoud = reading?.is_digit && reading.digit === digit;
      const style = { size: isDown ? 10 : 11.5, weight: isLoud ? 700 : 400,
        colour: isLoud ? pen.ink : pen.subdued };
      if (isDown) {
        const [left, length] = [x + width / 2 - 11 + 12 * i, height - 58];
        bar(context, pen.track, left, y, 10, length);
        context.globalAlpha = reading?.is_digit ? 1 : 0.5;
        bar(context, colours[i], left, y + length * (1 - probability), 10, length * probability);
        context.globalAlpha = 1;
        if (probability >= 0.005) pen.text(words, x + width / 2, y + height - 18 + 13 * i, { ...style, align: "center", fit: width });
        return;
      }
      const thick = Math.max(5, Math.min(11, height * 0.24));
      const top = y + height / 2 + (i ? 2 : -thick - 2);
      const [left, length] = [x + 28, width - 28 - 50];
      bar(context, pen.track, left, top, length, thick);
      context.globalAlpha = reading?.is_digit ? 1 : 0.5;
      bar(context, colours[i], left, top, length * probability, thick);
      context.globalAlpha = 1;
      pen.text(words, x + width, top + thick / 2 + 4, { ...style, align: "right" });
    });
  });
}

function bar(context, colour, x, y, width, height) {
  context.fillStyle = colour;
  context.fillRect(x, y, width, height);
}
