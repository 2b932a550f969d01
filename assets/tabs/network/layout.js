/* Where everything of the network is drawn: from the ink at one end to ten digits at the other,
 * from left to right, or on a narrow screen downwards. No page is needed here.
 */

/** @typedef {{name: string, kind: string, shape: number[], shown: number[], incoming?: number[][]}} Layer */
/** @typedef {{x: number, y: number, size: number}} Tile */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/**
 * @typedef {object} Layout
 * @property {boolean} isDown
 * @property {number} height of all
 * @property {Tile} ink
 * @property {{tiles: Tile[], title: Box, all: Box | null}[]} layers but the logits
 * @property {Box[]} outputs ten
 */

export const NARROW = 560; // CSS pixels; below it runs downwards
export const EDGE = 12;
const UNIT = 13; // a map of one pixel
const ATTACHED = 7; // between a layer and the pooling that each of its maps has of its own
const POOLED = 0.56; // of a map's size
const MOST = 10; // maps of a layer
const HEAD = 62; // for the layers' names
const FOOT = 30; // for "all 48"

/** Whether each of a layer's maps has one input, its own, and so stands beside it. @param {Layer} layer */
export const isAttached = (layer) => !layer.incoming;

/** Whether its maps are of one pixel. @param {Layer} layer */
export const isUnit = (layer) => layer.shape[0] === 1;

/** How many maps of each layer there is room for. @param {number} width @param {number} height */
export function roomFor(width, height) {
  if (width < NARROW) return width < 360 ? 4 : 5;
  return Math.max(4, Math.min(MOST, Math.floor((height - HEAD - FOOT) / 62)));
}

/**
 * @param {number} width @param {number} height that there is; downwards it takes what it needs
 * @param {Layer[]} layers with the logits as the last
 * @returns {Layout}
 */
export function layOut(width, height, layers) {
  return width < NARROW ? downwards(width, layers.slice(0, -1)) : across(width, height, layers.slice(0, -1));
}

/** @param {number} width @param {number} height @param {Layer[]} layers @returns {Layout} */
function across(width, height, layers) {
  const outputs = Math.min(190, Math.max(104, 0.15 * width));
  const attached = layers.filter(isAttached).length;
  const units = layers.filter(isUnit).length;
  const pools = layers.filter((one) => isAttached(one) && !isUnit(one)).length;
  const wide = layers.length - units - pools;
  const gaps = layers.length + 1 - attached;
  const count = Math.max(1, ...layers.map((one) => one.shown.length));
  const room = height - HEAD - FOOT;
  const free = width - 2 * EDGE - outputs - attached * ATTACHED - units * UNIT;
  const whole = 1.5 + wide + pools * POOLED; // of maps, beside each other
  const map = Math.max(18, Math.min(free / (whole + 0.48 * gaps), room / count - 12, 92));
  const ink = Math.min(1.5 * map + 20, 150, map * 1.5 + free * 0.05);
  const gap = (free - (whole - 1.5) * map - ink) / gaps;
  const pill = Math.min(52, map + gap - 4); // "all 48"
  const middle = HEAD + room / 2;
  const pitch = room / count;

  /** @param {number} many @param {number} x @param {number} size */
  const column = (many, x, size) => Array.from({ length: many }, (_, i) => (
    { x, y: middle + (i - (many - 1) / 2) * pitch - size / 2, size }));

  let x = EDGE + ink;
  const placed = layers.map((layer) => {
    const size = isUnit(layer) ? UNIT : isAttached(layer) ? POOLED * map : map;
    x += isAttached(layer) ? ATTACHED : gap;
    const many = layer.shown.length;
    const tiles = column(many, x, size);
    const title = { x: x - gap / 2, y: 0, width: size + gap, height: HEAD - 8 };
    const all = many < layer.shape[2] && !isAttached(layer)
      ? { x: x + size / 2 - pill / 2, y: height - FOOT + 3, width: pill, height: 24 } : null;
    x += size;
    return { tiles, title, all };
  });
  const step = Math.min(room / 10, 60);
  return {
    isDown: false,
    height,
    ink: { x: EDGE, y: middle - ink / 2, size: ink },
    layers: placed,
    outputs: Array.from({ length: 10 }, (_, digit) => ({
      x: width - EDGE - outputs, y: middle + (digit - 5) * step, width: outputs, height: step })),
  };
}

/** @param {number} width @param {Layer[]} layers @returns {Layout} */
function downwards(width, layers) {
  const count = Math.max(1, ...layers.map((one) => one.shown.length));
  const pitch = (width - 2 * EDGE) / count;
  const map = Math.min(pitch - 10, 68);
  const gap = 58; // the title stands in it
  const ink = 1.6 * map;

  /** @param {number} many @param {number} y @param {number} size */
  const row = (many, y, size) => Array.from({ length: many }, (_, i) => (
    { x: width / 2 + (i - (many - 1) / 2) * pitch - size / 2, y, size }));

  let y = 8 + ink;
  const placed = layers.map((layer) => {
    const size = isUnit(layer) ? UNIT : isAttached(layer) ? POOLED * map : map;
    y += isAttached(layer) ? ATTACHED : gap;
    const many = layer.shown.length;
    const tiles = row(many, y, size);
    const title = { x: EDGE, y: y - 22, width: width - 2 * EDGE - 70, height: 18 };
    const all = many < layer.shape[2] && !isAttached(layer)
      ? { x: width - EDGE - 60, y: y - 28, width: 60, height: 24 } : null;
    y += size;
    return { tiles, title, all };
  });
  y += gap;
  const step = (width - 2 * EDGE) / 10;
  return {
    isDown: true,
    height: y + 124,
    ink: { x: (width - ink) / 2, y: 8, size: ink },
    layers: placed,
    outputs: Array.from({ length: 10 }, (_, digit) => ({
      x: EDGE + digit * step, y, width: step, height: 116 })),
  };
}
