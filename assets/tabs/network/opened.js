/* One map, large: its pixel, every input map under the kernel, the ink that the pixel sees; and the
 * numbers of one input, from which all sums are made.
 */
import { signColour } from "./colours.js";
import { colourOf, pictureOf } from "./pictures.js";

const GAP = 14;
const CELL = 36; // of the numbers
const LINE = 20;

/** @typedef {{x: number, y: number, size: number}} Tile */

/** What was answered about an opened map. @param {import("./ask_network.js").Answer} answer */
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

/** The numbers of the input that adds most, or takes most. @param {Float32Array} sums */
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
 * Where all of it is.
 * @param {number} width @param {number} height @param {number} inputs how many @param {number} size
 *   of the kernel @param {boolean} isSmall whether the map is one pixel
 */
export function layOutOpened(width, height, inputs, size, isSmall) {
  const isNarrow = width < 560;
  const numbers = Math.min(CELL, Math.floor((isNarrow ? width - 56 : width * 0.6) / (3 * size + 1.2)));
  const detail = Math.min(size * numbers, 260) + 40; // and a button below
  if (isNarrow) {
    const half = (width - GAP) / 2;
    const grid = squares(inputs, width - 2, Math.max(120, Math.min(460, inputs * 26)), 0, 64);
    const below = LINE + half + 16;
    const down = Math.ceil(inputs / grid.across) * (grid.size + 5);
    return {
      width,
      ink: { x: 1, y: LINE, size: half - 1 },
      map: { x: half + GAP, y: LINE, size: isSmall ? 60 : half - 1 },
      grid: { x: 2, y: below + LINE, ...grid, below: 0 },
      detail: { x: 1, y: below + LINE + down + 30, cell: numbers },
      deeper: { x: 1, y: below + LINE + down + 30 + detail - 24, width: 170, height: 26 },
      height: below + LINE + down + 30 + detail + 16,
    };
  }
  const left = Math.min(0.32 * width, (height - 2 * LINE - 24) / 2, 330);
  const x = left + 2 * GAP;
  const room = { width: width - x, height: height - LINE - detail - 34 };
  const grid = squares(inputs, room.width, room.height, 14, Math.min(220, room.height));
  const down = Math.ceil(inputs / grid.across) * (grid.size + 5 + 14);
  return {
    width,
    ink: { x: 1, y: LINE, size: left },
    map: { x: 1, y: LINE + left + 14 + LINE, size: isSmall ? 60 : left },
    grid: { x, y: LINE, ...grid, below: 14 },
    detail: { x, y: LINE + Math.min(down, room.height) + 30, cell: numbers },
    deeper: { x: width - 171, y: LINE + Math.min(down, room.height) + 30 + detail - 28, width: 170, height: 26 },
    height,
  };
}

/** Where an input's map is. @param {any} grid @param {number} input @returns {Tile} */
export function inputTile({ x, y, size, across, below }, input) {
  return { x: x + (input % across) * (size + 5), y: y + Math.floor(input / across) * (size + 5 + below), size };
}

/**
 * @param {any} pen @param {ReturnType<typeof layOutOpened>} layout
 * @param {{head: any, unit: any, ink: Uint8Array, input: number, isDark: boolean,
 *   text: (key: string, values?: any) => string, number: (value: number, digits?: number) => string}} shown
 */
export function drawOpened(pen, layout, { head, unit, ink, input, isDark, text, number }) {
  const { context } = pen;
  const [side] = head.shape;
  const label = (words, { x, y }, fit) => pen.text(words, x, y - 7, { size: 12, colour: pen.subdued, fit });
  label(text("network_field"), layout.ink, layout.ink.size);
  pictureOf(ink, 28, false, isDark).draw(context, 0, layout.ink);
  border(pen, layout.ink);
  mark(context, layout.ink, 28, unit.field, pen.best, 2, pen.paper);
  label(text("network_map_after", { highest: number(head.highest, 2) }), layout.map, layout.ink.size);
  pictureOf(unit.map, side, head.isSigned, isDark).draw(context, 0, layout.map);
  border(pen, layout.map);
  mark(context, layout.map, side, [unit.row, unit.column, unit.row + 1, unit.column + 1], pen.best, 2, pen.paper);
  label(text("network_inputs", { count: unit.channels.length, highest: number(head.input.highest, 2) }),
    layout.grid, layout.width - layout.grid.x);
  const pictures = pictureOf(unit.inputs, head.input.side, head.input.isSigned, isDark);
  const most = Math.max(1e-9, ...unit.sums.map(Math.abs));
  for (let i = 0; i < unit.channels.length; i++) {
    const tile = inputTile(layout.grid, i);
    pictures.draw(context, i, tile);
    border(pen, tile, i === input ? pen.ink : pen.line, i === input ? 2 : 1);
    const strength = 0.25 + 0.75 * Math.sqrt(Math.abs(unit.sums[i]) / most);
    mark(context, tile, head.input.side, unit.window, signColour(unit.sums[i], strength), tile.size > 40 ? 2 : 1.5);
    if (layout.grid.below) weigh(pen, tile, unit.sums[i], most, number);
  }
  drawProducts(pen, { ...layout.detail, fit: layout.width - layout.detail.x }, { head, unit, input, isDark, text, number });
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

function border({ context, line }, { x, y, size }, colour = line, width = 1) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.strokeRect(x - width / 2, y - width / 2, size + width, size + width);
}

/* What an input adds to the sum: a bar under it, and the number where there is room. */
function weigh(pen, { x, y, size }, sum, most, number) {
  const { context } = pen;
  const length = (size / 2) * (Math.abs(sum) / most);
  context.fillStyle = signColour(sum, 1);
  context.fillRect(sum < 0 ? x + size / 2 - length : x + size / 2, y + size + 2, length, 2.5);
  if (size >= 30) {
    pen.text(number(sum, 2), x + size / 2, y + size + 14,
      { size: 10, align: "center", colour: pen.subdued, fit: size + 4 });
  }
}

/* What one input has under the kernel × the kernel = products, and their sum. */
function drawProducts(pen, { x, y, cell, fit }, { head, unit, input, isDark, text, number }) {
  const { size, kernels, patches, sums, channels } = unit;
  const cells = size * size;
  const patch = patches.subarray(input * cells, (input + 1) * cells);
  const words = text(kernels ? "network_products" : "network_largest",
    { map: channels[input], sum: number(sums[input], 3) });
  pen.text(words, x, y - 8, { size: 12.5, weight: 600, fit });
  const brightest = head.input.highest || 1;
  const shade = (/** @type {number} */ value) => colourOf(head.input.isSigned
    ? Math.round(128 + (127 * value) / brightest) : Math.round((255 * Math.max(0, value)) / brightest),
  head.input.isSigned, isDark);
  grid(pen, x, y, cell, size, patch, shade, isDark);
  if (!kernels) return;
  const kernel = kernels.subarray(input * cells, (input + 1) * cells);
  const most = Math.max(1e-9, ...kernel.map(Math.abs));
  const signed = (/** @type {number} */ scale) => (/** @type {number} */ value) => colourOf(
    Math.round(128 + (127 * value) / scale), true, isDark);
  const step = size * cell + 0.6 * cell;
  pen.text("×", x + step - 0.3 * cell, y + (size * cell) / 2 + 5, { size: 15, align: "center" });
  grid(pen, x + step, y, cell, size, kernel, signed(most), isDark);
  const products = kernel.map((/** @type {number} */ weight, /** @type {number} */ i) => weight * patch[i]);
  const largest = Math.max(1e-9, ...products.map(Math.abs));
  pen.text("=", x + 2 * step - 0.3 * cell, y + (size * cell) / 2 + 5, { size: 15, align: "center" });
  grid(pen, x + 2 * step, y, cell, size, products, signed(largest), isDark);
}

function grid(pen, x, y, cell, size, values, shade, isDark) {
  for (let i = 0; i < size * size; i++) {
    const [left, top] = [x + (i % size) * cell, y + Math.floor(i / size) * cell];
    const colour = shade(values[i]);
    pen.context.fillStyle = colour;
    pen.context.fillRect(left, top, cell - 1, cell - 1);
    if (cell < 26) continue;
    const [r, g, b] = /** @type {RegExpMatchArray} */ (colour.match(/\d+/g)).map(Number);
    const isBright = 0.3 * r + 0.6 * g + 0.1 * b > 128;
    pen.text(values[i].toFixed(2).replace(/^-(?=[0.]*$)/, "").replace("-", "−"), left + cell / 2, top + cell / 2 + 4,
      { size: Math.min(11, cell * 0.32), align: "center", colour: isBright ? "#000" : "#fff" });
  }
  border(pen, { x, y, size: size * cell - 1 }, isDark ? pen.line : pen.subdued);
}
