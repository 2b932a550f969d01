/* One map, large: a pixel, the ink that it sees, every input map under the kernel, and the numbers of one input. */
import { askNetwork } from "./ask_network.js";
import { signColour } from "./colours.js";
import { NARROW } from "./layout.js";
import { border, boxOf, colourOf, keepPictures, pictureOf } from "./pictures.js";
import { bytesOf } from "../../shared/figure.js";

const GAP = 14;
const CELL = 40; // of the numbers
const LINE = 20;
const SLIDE_EVERY = 160; // ms

/** @typedef {import("./layout.js").Tile} Tile */

/** The arithmetic of the pixel. @param {import("./ask_network.js").Answer} answer */
export function unitOf({ head, bytes }) {
  const { unit, shape: [side] } = head;
  const inputs = unit.channels.length;
  const cells = unit.size ** 2;
  const count = (unit.hasKernels ? 2 : 1) * inputs * cells + inputs;
  const numbers = new Float32Array(bytes.slice(0, 4 * count).buffer);
  let at = 0;
  const take = (/** @type {number} */ length) => numbers.subarray(at, at += length);
  const kernels = unit.hasKernels ? take(inputs * cells) : null;
  const patches = take(inputs * cells);
  const sums = take(inputs);
  const from = 4 * count;
  return { ...unit, kernels, patches, sums, map: bytes.subarray(from, from + side * side),
    inputs: bytes.subarray(from + side * side) };
}

/** The input that adds or takes most. @param {Float32Array} sums */
export const strongest = (sums) => sums.reduce(
  (best, sum, i) => (Math.abs(sum) > Math.abs(sums[best]) ? i : best), 0);

/**
 * The largest squares of which `count`, with `below` under each, fit a box.
 * @param {number} count @param {number} width @param {number} height @param {number} below
 * @param {number} most
 */
export function squares(count, width, height, below, most) {
  let best = { size: 4, across: count };
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across);
    const size = Math.min((width + 5) / across - 5, (height + 5) / down - 5 - below, most);
    if (size > best.size) best = { size: Math.floor(size), across };
  }
  return best;
}

/**
 * @param {number} width @param {number} height @param {number} inputs how many @param {number} size
 *   of the kernel @param {boolean} isSmall whether the map has one pixel
 */
export function layOutMap(width, height, inputs, size, isSmall) {
  const isNarrow = width < NARROW;
  const cell = Math.min(CELL, Math.floor((isNarrow ? width - 56 : width * 0.6) / (3 * size + 1.2)));
  const detail = Math.min(size * cell, 260) + 40; // and a button below
  const side = isNarrow ? (width - GAP) / 2 - 1 : Math.min(0.32 * width, (height - 2 * LINE - 24) / 2, 330);
  const [x, y] = isNarrow ? [2, 2 * LINE + side + 17] : [side + 2 * GAP, LINE];
  const room = isNarrow ? Math.max(120, Math.min(460, inputs * 26)) : height - LINE - detail - 34;
  const below = isNarrow ? 0 : 14;
  const grid = { x, y, below, ...squares(inputs, width - x, room, below, isNarrow ? 64 : Math.min(220, room)) };
  const down = Math.ceil(inputs / grid.across) * (grid.size + 5 + below);
  const end = y + (isNarrow ? down : Math.min(down, room)) + 30;
  return {
    width,
    ink: { x: 1, y: LINE, size: side },
    map: { x: isNarrow ? side + GAP + 1 : 1, y: isNarrow ? LINE : 2 * LINE + side + 14, size: isSmall ? 60 : side },
    grid,
    detail: { x, y: end, cell },
    deeper: { x: isNarrow ? x : width - 171, y: end + detail - 26, width: 170, height: 26 },
    height: isNarrow ? end + detail + 16 : height,
  };
}

/** Where an input's map is. @param {any} grid @param {number} input @returns {Tile} */
export function inputTile({ x, y, size, across, below }, input) {
  return { x: x + (input % across) * (size + 5), y: y + Math.floor(input / across) * (size + 5 + below), size };
}

/**
 * The view of one map. It owns the answer, the pixel, the chosen input and the slide.
 * @param {import("./view.js").Tab} tab @param {number} index of the layer @param {number} channel
 * @param {import("./view.js").Drawing | null} of another drawing than the pad's
 * @returns {import("./view.js").View}
 */
export function createMap(tab, index, channel, of) {
  const { text, number, mapOf } = tab.words;
  const picturesFor = keepPictures(picturesOf);
  /** @type {any} */
  let answer = null;
  /** @type {any} */
  let unit = null;
  /** @type {any} */
  let ink = null;
  /** @type {(number | null)[]} */
  let [row, column] = [null, null]; // null: the server chooses
  let input = -1; // chosen; -1 is the strongest
  let slideTimer = 0;

  const chosen = () => (input >= 0 && input < unit.channels.length ? input : strongest(unit.sums));
  const layoutAt = (width, height) => (
    layOutMap(width, height, unit.channels.length, unit.size, answer.head.shape[0] === 1));

  function setPixel(nextRow, nextColumn) {
    const last = answer.head.shape[0] - 1;
    const [down, right] = [nextRow, nextColumn].map((at) => Math.max(0, Math.min(last, at)));
    if (row === down && column === right) return;
    [row, column] = [down, right];
    tab.changed();
  }

  function stopSliding() {
    clearInterval(slideTimer);
    slideTimer = 0;
  }

  /* From pixel to pixel, row by row. */
  function slide() {
    if (slideTimer) return stopSliding();
    slideTimer = setInterval(() => {
      if (!unit || !tab.root.isConnected) return stopSliding();
      const [side] = answer.head.shape;
      const at = (unit.row * side + unit.column + 1) % (side * side);
      setPixel(Math.floor(at / side), at % side);
    }, SLIDE_EVERY);
  }

  function spotsOf(layout) {
    const deeper = text("network_deeper", { map: unit.channels[chosen()] });
    return [
      { key: "pixels", box: boxOf(layout.map), look: "pixels", data: { row: unit.row, column: unit.column },
        label: text("network_pixel", { row: unit.row, column: unit.column }),
        step: ([right, down]) => setPixel(unit.row + down, unit.column + right) },
      ...(index > 0 ? [{ key: "deeper", box: layout.deeper, look: "words", data: { deeper: 1 }, words: deeper,
        label: deeper, press: () => tab.openMap(index - 1, unit.channels[chosen()], of) }] : []),
      ...unit.channels.map((map, i) => ({
        key: `input ${i}`, box: boxOf(inputTile(layout.grid, i)), data: { input: i, sum: unit.sums[i] },
        label: text("network_input", { map, sum: number(unit.sums[i], 2) }),
        press() {
          input = i;
          tab.redraw();
        } })),
    ];
  }

  return {
    name: "map",
    of,
    layer: index,
    channel,
    question: () => ({ row, column }),
    ask: (pixels, pixel) => askNetwork({ pixels, open: { layer: index, channel, ...pixel } }),
    take(next, drawing) {
      answer = next;
      unit = unitOf(next);
      ink = bytesOf(drawing.pixels);
    },
    leave: stopSliding,
    button: () => (unit?.map.length > 1
      ? { name: "slide", words: text("network_slide"), isPressed: slideTimer > 0, press: slide } : null),
    unit: () => unit,
    heightAt: (width) => (unit ? layoutAt(width, 0).height : 300),
    draw(pen, width, height) {
      if (!unit) return null;
      const layout = layoutAt(width, height);
      const pictures = picturesFor(answer, pen.isDark);
      drawMap(pen, layout, { head: answer.head, unit, ink: pictureOf(ink, 28, false, pen.isDark), pictures,
        input: chosen(), text, number });
      return spotsOf(layout);
    },
    heading: () => (answer ? mapOf(answer.head, channel) : ""),
    sentence: () => text("network_map_told"),
    /* Over the map its pixel, over an input the pixel that has it in the middle of the kernel. */
    hover(x, y) {
      if (!unit || slideTimer) return;
      const { shape: [side], input: { side: inputSide }, before, stride } = answer.head;
      const layout = layoutAt(...tab.size());
      const inside = (tile) => x >= tile.x && x < tile.x + tile.size && y >= tile.y && y < tile.y + tile.size;
      const at = (tile, cells) => [y - tile.y, x - tile.x].map((way) => Math.floor((way * cells) / tile.size));
      if (inside(layout.map)) return setPixel(...at(layout.map, side));
      const over = unit.channels.map((_, i) => inputTile(layout.grid, i)).find(inside);
      if (!over) return;
      setPixel(...at(over, inputSide).map((cell) => Math.round((cell + before - (unit.size - 1) / 2) / stride)));
    },
  };
}

function picturesOf({ head, bytes }, isDark) {
  const unit = unitOf({ head, bytes });
  return { map: pictureOf(unit.map, head.shape[0], head.isSigned, isDark),
    inputs: pictureOf(unit.inputs, head.input.side, head.input.isSigned, isDark) };
}

/** @param {any} pen @param {ReturnType<typeof layOutMap>} layout @param {any} shown */
function drawMap(pen, layout, { head, unit, ink, pictures, input, text, number }) {
  const { context } = pen;
  const [side] = head.shape;
  const label = (words, { x, y }, fit) => pen.text(words, x, y - 7, { size: 12, colour: pen.subdued, fit });
  label(text("network_field"), layout.ink, layout.ink.size);
  ink.draw(context, 0, layout.ink);
  border(pen, layout.ink, pen.line);
  mark(context, layout.ink, 28, unit.field, pen.best, 2, pen.paper);
  label(text("network_map_after"), layout.map, layout.ink.size);
  pictures.map.draw(context, 0, layout.map);
  border(pen, layout.map, pen.line);
  mark(context, layout.map, side, [unit.row, unit.column, unit.row + 1, unit.column + 1], pen.best, 2, pen.paper);
  label(text("network_inputs", { count: unit.channels.length }), layout.grid, layout.width - layout.grid.x);
  const most = Math.max(1e-9, ...unit.sums.map(Math.abs));
  for (let i = 0; i < unit.channels.length; i++) {
    const tile = inputTile(layout.grid, i);
    pictures.inputs.draw(context, i, tile);
    border(pen, tile, i === input ? pen.ink : pen.line, i === input ? 2 : 1);
    const strength = 0.25 + 0.75 * Math.sqrt(Math.abs(unit.sums[i]) / most);
    mark(context, tile, head.input.side, unit.window, signColour(unit.sums[i], strength), tile.size > 40 ? 2 : 1.5);
    if (layout.grid.below) weigh(pen, tile, unit.sums[i], most, number);
  }
  drawProducts(pen, { ...layout.detail, fit: layout.width - layout.detail.x }, { head, unit, input, text, number });
}

/** A part of a map framed: [top, left, bottom, right] in its pixels, clipped to it. */
function mark(context, { x, y, size }, side, [top, left, bottom, right], colour, width = 2, around = "") {
  const scale = size / side;
  const clip = (/** @type {number} */ at) => Math.max(0, Math.min(side, at)) * scale;
  const box = /** @type {const} */ (
    [x + clip(left), y + clip(top), clip(right) - clip(left), clip(bottom) - clip(top)]);
  if (around) { // seen on any colour
    context.strokeStyle = around;
    context.lineWidth = width + 2.5;
    context.strokeRect(...box);
  }
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.strokeRect(...box);
}

/* What an input adds to the sum: a bar below, and a number where it has room. */
function weigh(pen, { x, y, size }, sum, most, number) {
  const length = (size / 2) * (Math.abs(sum) / most);
  pen.context.fillStyle = signColour(sum);
  pen.context.fillRect(x + size / 2 - (sum < 0 ? length : 0), y + size + 2, length, 2.5);
  if (size < 30) return;
  pen.text(number(sum, 2), x + size / 2, y + size + 15, { size: 11, align: "center", colour: pen.subdued, fit: size + 4 });
}

/* An input's values under the kernel × the kernel = products. */
function drawProducts(pen, { x, y, cell, fit }, { head, unit, input, text, number }) {
  const { size, kernels, patches, sums, channels } = unit;
  const [patch, kernel] = [patches, kernels].map((all) => all?.subarray(input * size ** 2, (input + 1) * size ** 2));
  pen.text(text(kernel ? "network_products" : "network_largest", { map: channels[input], sum: number(sums[input], 3) }),
    x, y - 8, { size: 12.5, weight: 600, fit });
  const products = kernel?.map((weight, i) => weight * patch[i]);
  [patch, kernel, products].filter(Boolean).forEach((values, i) => {
    const isSigned = i > 0 || head.input.isSigned;
    const most = i ? Math.max(1e-9, ...values.map(Math.abs)) : head.input.highest || 1;
    const left = x + i * (size + 0.6) * cell;
    if (i) pen.text(["×", "="][i - 1], left - 0.3 * cell, y + (size * cell) / 2 + 5, { size: 15, align: "center" });
    values.forEach((value, at) => {
      const byte = Math.round(isSigned ? 128 + (127 * value) / most : (255 * Math.max(0, value)) / most);
      const place = [left + (at % size) * cell, y + Math.floor(at / size) * cell];
      drawNumber(pen, place, cell, colourOf(byte, isSigned, pen.isDark), number(value, cell < 36 ? 1 : 2));
    });
    border(pen, { x: left, y, size: size * cell - 1 }, pen.isDark ? pen.line : pen.subdued);
  });
}

function drawNumber(pen, /** @type {number[]} */ [x, y], cell, colour, words) {
  pen.context.fillStyle = colour;
  pen.context.fillRect(x, y, cell - 1, cell - 1);
  if (cell < 26) return;
  const [r, g, b] = /** @type {RegExpMatchArray} */ (colour.match(/\d+/g)).map(Number);
  pen.text(words, x + cell / 2, y + cell / 2 + 4,
    { size: 11, align: "center", colour: 0.3 * r + 0.6 * g + 0.1 * b > 128 ? "#000" : "#fff", fit: cell - 2 });
}
