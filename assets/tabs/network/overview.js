/* The whole network in one frame: the ink, every layer's maps, ten digits, and what flows between. */
import { signColour } from "./colours.js";
import { isAttached } from "./layout.js";
import { pictureOf } from "./pictures.js";

const FAINT = 0.05; // of the strongest line of a step; below it none is drawn
const STILL = 0.13; // of its opacity is left to what does not belong to the chosen map

/**
 * What is drawn: the answer with its maps as pictures.
 * @param {import("./ask_network.js").Answer} answer @param {boolean} isDark
 */
export function picturesOf({ head, bytes }, isDark) {
  let at = 784;
  const ink = pictureOf(bytes.subarray(0, 784), 28, false, isDark);
  const layers = head.layers.map((/** @type {any} */ layer) => {
    const [side] = layer.shape;
    const length = side * side * layer.shown.length;
    const picture = pictureOf(bytes.subarray(at, at + length), side, layer.isSigned, isDark);
    at += length;
    return picture;
  });
  return { ink, layers };
}

/**
 * The lines of a step, weakest first: from a map (or the ink, or through a pooling) to a map.
 * @param {any} head @param {number} number of the layer that they lead to
 * @returns {{from: number, to: number, value: number, share: number}[]} places, logit, of the strongest
 */
export function linesInto(head, number) {
  const { incoming } = head.layers[number];
  if (!incoming) return [];
  const isLast = number === head.layers.length - 1;
  const strongest = Math.max(1e-9, ...incoming.flat().map(Math.abs));
  return incoming
    .flatMap((/** @type {number[]} */ row, /** @type {number} */ from) => row.map((value, to) => (
      { from, to, value, share: Math.abs(value) / strongest })))
    .filter(({ share, to }) => share > (isLast && to !== head.digit ? 4 * FAINT : FAINT))
    .sort((one, other) => one.share - other.share);
}

/** @typedef {{layer: number, place: number}} Spot layer -1 is the ink */

/** Whether a line has to do with a chosen spot. @param {any} head @param {Spot | null} chosen
 * @param {number} number @param {{from: number, to: number}} line */
export function touches(head, chosen, number, { from, to }) {
  if (!chosen) return true;
  let before = number - 1; // where it begins: it leaves a layer and what is attached to it
  const isFrom = () => chosen.layer === before && chosen.place === from;
  if (isFrom()) return true;
  while (before > 0 && isAttached(head.layers[before])) {
    before -= 1;
    if (isFrom()) return true;
  }
  let after = number;
  do {
    if (chosen.layer === after && chosen.place === to) return true;
    after += 1;
  } while (after < head.layers.length - 1 && isAttached(head.layers[after]));
  return false;
}

/**
 * @param {any} pen of figure.js @param {import("./layout.js").Layout} layout
 * @param {{head: any, pictures: any, probabilities: number[], chosen: Spot | null,
 *   isDark: boolean, isBlank: boolean,
 *   read: import("../../shared/answers.js").Reading | null, nameOf: (layer: any) => string[],
 *   percent: (share: number) => string,
 *   number: (value: number, digits?: number) => string}} shown
 */
export function drawOverview(pen, layout, shown) {
  const { head, chosen } = shown;
  const { context } = pen;
  const last = head.layers.length - 1;
  context.lineCap = "round";
  const { tiles: [first] = [layout.ink] } = layout.layers[0] ?? {};
  const thickest = Math.max(2, Math.min(4.5, first.size / 16));
  head.layers.forEach((/** @type {any} */ _, /** @type {number} */ number) => {
    for (const line of shown.isBlank ? [] : linesInto(head, number)) {
      const isOther = number === last && line.to !== head.digit;
      const isLit = touches(head, chosen, number, line);
      const strength = (isOther ? 0.3 : 1) * (isLit ? 1 : STILL) * (0.12 + 0.78 * line.share ** 0.8);
      context.lineWidth = 0.6 + thickest * line.share;
      context.strokeStyle = signColour(line.value, strength);
      const [[x0, y0], ...others] = curveOf(layout, number, line);
      context.beginPath();
      context.moveTo(x0, y0);
      const [[x1, y1], [x2, y2], [x3, y3]] = others;
      context.bezierCurveTo(x1, y1, x2, y2, x3, y3);
      context.stroke();
    }
  });
  frame(pen, layout.ink, false);
  shown.pictures.ink.draw(context, 0, layout.ink);
  layout.layers.forEach(({ tiles, title }, number) => {
    const layer = head.layers[number];
    const most = Math.max(1e-9, ...layer.contributions.map(Math.abs));
    tiles.forEach((tile, place) => {
      const isChosen = chosen?.layer === number && chosen.place === place;
      if (isAttached(layer)) link(pen, layout, layout.layers[number - 1].tiles[place], tile);
      frame(pen, tile, isChosen);
      shown.pictures.layers[number].draw(context, place, tile);
      if (!isAttached(layer) && !shown.isBlank) weight(context, tile, layer.contributions[place] / most);
    });
    if (!isAttached(layer)) name(pen, layout, title, shown.nameOf(layer));
    else if (!layout.isDown) {
      pen.text(shown.nameOf(layer)[0], title.x + title.width / 2, tiles[0].y - 7,
        { size: 10.5, align: "center", colour: pen.subdued, fit: title.width - 4 });
    }
  });
  drawOutputs(pen, layout, shown);
}

/** @param {import("./layout.js").Layout} layout @param {import("./layout.js").Tile} tile */
const exitOf = (layout, { x, y, size }) => (layout.isDown ? [x + size / 2, y + size] : [x + size, y + size / 2]);
/** @param {import("./layout.js").Layout} layout @param {import("./layout.js").Tile} tile */
const entryOf = (layout, { x, y, size }) => (layout.isDown ? [x + size / 2, y] : [x, y + size / 2]);
/** @param {import("./layout.js").Layout} layout @param {number} digit */
const outputPoint = (layout, digit) => {
  const { x, y, width, height } = layout.outputs[digit];
  return layout.isDown ? [x + width / 2, y] : [x, y + height / 2];
};

/**
 * The four points of a line's Bézier curve.
 * @param {import("./layout.js").Layout} layout @param {number} number of the layer that it leads to
 * @param {{from: number, to: number}} line
 */
export function curveOf(layout, number, { from, to }) {
  const start = exitOf(layout, number ? layout.layers[number - 1].tiles[from] : layout.ink);
  const end = number === layout.layers.length ? outputPoint(layout, to)
    : entryOf(layout, layout.layers[number].tiles[to]);
  const [x0, y0] = start;
  const [x3, y3] = end;
  // In a narrow gap what bends stands upright, and all lines lie upon each other.
  const bend = layout.isDown ? 0.5 : Math.min(0.5, Math.max(0, (x3 - x0 - 16) / 80));
  const between = layout.isDown ? [[x0, y0 + bend * (y3 - y0)], [x3, y3 - bend * (y3 - y0)]]
    : [[x0 + bend * (x3 - x0), y0], [x3 - bend * (x3 - x0), y3]];
  return [start, ...between, end];
}

/** @param {any} pen @param {import("./layout.js").Tile} tile @param {boolean} isChosen */
export function frame({ context, ink, line, paper }, { x, y, size }, isChosen) {
  context.fillStyle = paper;
  context.fillRect(x - 2, y - 2, size + 4, size + 4);
  context.lineWidth = isChosen ? 2 : 1;
  context.strokeStyle = isChosen ? ink : line;
  const out = isChosen ? 2 : 0.5;
  context.strokeRect(x - out, y - out, size + 2 * out, size + 2 * out);
}

/* How much a map adds to the logit, or takes from it, beside the others of its layer. */
export function weight(context, { x, y, size }, share) {
  const length = (size / 2) * Math.abs(share);
  context.fillStyle = signColour(share, 1);
  context.fillRect(share < 0 ? x + size / 2 - length : x + size / 2, y + size + 3, length, 2.5);
}

function link({ context, line }, { isDown }, from, to) {
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.beginPath();
  if (isDown) {
    context.moveTo(from.x + from.size / 2, from.y + from.size);
    context.lineTo(to.x + to.size / 2, to.y);
  } else {
    context.moveTo(from.x + from.size, from.y + from.size / 2);
    context.lineTo(to.x, to.y + to.size / 2);
  }
  context.stroke();
}

function name(pen, { isDown }, { x, y, width }, words) {
  const [word, ...details] = words;
  if (isDown) {
    pen.context.font = `600 13px ${pen.family}`;
    const after = pen.context.measureText(word).width + 8;
    pen.context.font = `400 11.5px ${pen.family}`;
    pen.context.fillStyle = pen.ground; // lines pass behind
    pen.context.globalAlpha = 0.8;
    pen.context.fillRect(x - 4, y, after + pen.context.measureText(details.join(" · ")).width + 8, 18);
    pen.context.globalAlpha = 1;
    pen.text(word, x, y + 13, { size: 13, weight: 600 });
    pen.text(details.join(" · "), x + after, y + 13, { size: 11.5, colour: pen.subdued });
  } else {
    pen.text(word, x + width / 2, y + 16, { size: 12.5, weight: 600, align: "center", fit: width - 5 });
    details.forEach((detail, i) => pen.text(detail, x + width / 2, y + 31 + 14 * i,
      { size: 11, colour: pen.subdued, align: "center", fit: width - 6 }));
  }
}

function drawOutputs(pen, { outputs, isDown }, { head, probabilities, percent, number, chosen, isBlank, read }) {
  const { context } = pen;
  outputs.forEach(({ x, y, width, height }, digit) => {
    const isFollowed = !isBlank && digit === head.digit;
    const fill = read?.is_digit && digit === read.digit ? pen.best : pen.fill;
    const probability = probabilities[digit];
    const isChosen = chosen?.layer === head.layers.length - 1 && chosen.place === digit;
    const colour = isFollowed || isChosen ? pen.ink : pen.subdued;
    if (isDown) {
      const [top, length] = [y + 8, height - 46];
      context.fillStyle = pen.track;
      context.fillRect(x + width / 2 - 6, top, 12, length);
      context.fillStyle = fill;
      context.fillRect(x + width / 2 - 6, top + length * (1 - probability), 12, length * probability);
      pen.text(digit, x + width / 2, y + height - 20, { size: 16, weight: isFollowed ? 700 : 500, align: "center", colour });
      pen.text(percent(probability), x + width / 2, y + height - 5, { size: 10.5, align: "center", colour });
      return;
    }
    const middle = y + height / 2;
    const size = Math.min(22, height * 0.5);
    pen.text(digit, x + 8, middle + size * 0.36, { size, weight: isFollowed ? 700 : 500, colour });
    const isWide = width > 150;
    if (isWide) {
      pen.text(number(head.logits[digit], 1), x + 66, middle + 4, { size: 12, align: "right", colour: pen.subdued });
    }
    const [left, length] = [x + (isWide ? 76 : 26), width - (isWide ? 76 : 26) - 47];
    context.fillStyle = pen.track;
    context.beginPath();
    context.roundRect(left, middle - 5, length, 10, 5);
    context.fill();
    context.fillStyle = fill;
    context.beginPath();
    context.roundRect(left, middle - 5, Math.max(0.01, length * probability), 10, 5);
    context.fill();
    pen.text(percent(probability), x + width, middle + 4, { size: 12, weight: isFollowed ? 700 : 400, align: "right", colour });
  });
}
