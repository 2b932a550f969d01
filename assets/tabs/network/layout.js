/* Where the ink, the maps and the ten digits of the network are drawn: from left to right, or on a narrow
 * screen downwards. Needs no page.
 */

/** @typedef {{name: string, kind: string, shape: number[], shown: number[], incoming?: number[][]}} Layer */
/** @typedef {{x: number, y: number, size: number, corners?: {x: number, y: number}[]}} Tile
 * `corners` of a tile in perspective: from the top left, clockwise */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {{from: number, to: number}} Line places in the layers */
/**
 * @typedef {object} Layout
 * @property {boolean} [isDown]
 * @property {boolean} [isSpace]
 * @property {boolean} [isBackwards] the last layer is the farthest
 * @property {number} height of all
 * @property {Tile} ink
 * @property {{tiles: Tile[], title: Box | null}[]} layers all but the scores
 * @property {Tile[]} outputs ten
 * @property {number} thickest the width of the strongest line
 * @property {number} minShare of the strongest line; weaker lines are not drawn
 * @property {(index: number, line: Line) => number[][]} curve into a layer: a Bézier curve's four points
 * @property {["lines" | "maps", number][]} order what is painted after what, by layer; -1 is the ink
 */

export const NARROW = 560; // CSS pixels; below, the network runs downwards
export const EDGE = 12;
const UNIT = 13; // a map of one pixel
const ATTACHED = 7; // between a layer and its pooling
const ATTACHED_DOWN = 17; // holds the maps' numbers
const POOLED = 0.56; // of a map's size
const MAX_MAPS = 12; // of a layer
const PITCH = 60; // from map to map, at least
const NAME = 34; // for the name of a narrow layer
const BELOW = 16; // a map, for its number
const HEAD = 26; // for the layers' names
const GAP_DOWN = 58; // between layers; holds a layer's name

/** Whether each map has one input, its own, and stands beside that. @param {Layer} layer */
export const isAttached = (layer) => !layer.incoming;

/** Whether the layer's maps have one pixel. @param {Layer} layer */
export const isUnit = (layer) => layer.shape[0] === 1;

/** How many maps of each layer have room. @param {number} width @param {number} height */
export function roomFor(width, height) {
  const [least, most] = width < NARROW ? [4, 6] : [4, MAX_MAPS];
  return Math.max(least, Math.min(most, Math.floor(width < NARROW ? width / PITCH : (height - HEAD) / PITCH)));
}

/**
 * @param {number} width @param {number} height available; downwards the layout takes what it needs
 * @param {Layer[]} all the scores are the last
 * @returns {Layout}
 */
export function layOut(width, height, all) {
  const layers = all.slice(0, -1);
  const isDown = width < NARROW;
  const { map, ink: side, gap, pitch, output } = (isDown ? sizesDown : sizesAcross)(width, height, layers);
  const middle = isDown ? width / 2 : HEAD + (height - HEAD) / 2;
  /** @param {number} along @param {number} aside @param {number} size @returns {Tile} */
  const tile = (along, aside, size) => (isDown ? { x: aside, y: along, size } : { x: along, y: aside, size });
  const lift = isDown ? 0 : BELOW / 2;
  let at = (isDown ? 8 : EDGE) + side;
  const placed = layers.map((layer) => {
    const isPart = isAttached(layer);
    const size = isUnit(layer) ? UNIT : isPart ? POOLED * map : map;
    at += !isPart ? gap : isDown ? ATTACHED_DOWN : ATTACHED;
    const many = layer.shown.length;
    const tiles = layer.shown.map((_, i) => (
      tile(at, middle + (i - (many - 1) / 2) * pitch - size / 2 - lift, size)));
    const title = isDown ? { x: EDGE, y: at - 26, width: 76, height: 22 }
      : isPart ? { x: at, ...between(HEAD - 4, tiles[0].y - 2), width: size + Math.max(gap / 2, Math.min(gap - 4, NAME)) }
        : { x: at - 6, y: 0, width: size + 12, height: HEAD - 4 };
    at += size;
    return { tiles, title: isDown && isPart ? null : title };
  });
  at = isDown ? at + gap : width - EDGE - output;
  const step = isDown ? (width - 2 * EDGE) / 10 : Math.min((height - HEAD) / 10, 60);
  const ink = tile(isDown ? 8 : EDGE, middle - side / 2, side);
  const outputs = Array.from({ length: 10 }, (_, digit) => (
    tile(at, middle + (digit - 4.5) * step - output / 2, output)));
  return {
    isDown, ink, outputs, layers: placed,
    height: isDown ? at + output + 8 : height,
    minShare: 0,
    thickest: Math.max(2, Math.min(4.5, side / 24)),
    curve: (index, { from, to }) => curveBetween(index ? placed[index - 1].tiles[from] : ink,
      (placed[index]?.tiles ?? outputs)[to], isDown),
    order: [...all.map((_, i) => /** @type {["lines", number]} */ (["lines", i])), ["maps", -1],
      ...all.map((_, i) => /** @type {["maps", number]} */ (["maps", i]))],
  };
}

/** At most 17 pixels above an edge, below another. @param {number} top @param {number} bottom */
const between = (top, bottom) => ({ y: Math.max(top, bottom - 17), height: Math.min(17, bottom - top) });

/** @param {Tile} start @param {Tile} end @param {boolean} isDown */
function curveBetween(start, end, isDown) {
  const middle = (/** @type {Tile} */ { x, y, size }) => (isDown ? x : y) + size / 2;
  if (isDown) {
    const [x0, y0, x3, y3] = [middle(start), start.y + start.size, middle(end), end.y];
    return [[x0, y0], [x0, (y0 + y3) / 2], [x3, (y0 + y3) / 2], [x3, y3]];
  }
  const [x0, y0, x3, y3] = [start.x + start.size, middle(start), end.x, middle(end)];
  const bend = (x3 - x0) * Math.min(0.5, Math.max(0, (x3 - x0 - 16) / 80)); // straight in a narrow gap
  return [[x0, y0], [x0 + bend, y0], [x3 - bend, y3], [x3, y3]];
}

/** @param {Layer[]} layers */
const mostMaps = (layers) => Math.max(1, ...layers.map(({ shown }) => shown.length));

/** @param {number} width @param {number} height @param {Layer[]} layers */
function sizesAcross(width, height, layers) {
  const attached = layers.filter(isAttached).length;
  const units = layers.filter(isUnit).length;
  const pools = layers.filter((one) => isAttached(one) && !isUnit(one)).length;
  const gaps = layers.length + 1 - attached;
  const output = Math.min(38, (height - HEAD) / 10 - 6);
  const pitch = (height - HEAD) / mostMaps(layers);
  const free = width - 2 * EDGE - output - attached * ATTACHED - units * UNIT;
  const maps = layers.length - units - pools + pools * POOLED; // side by side
  const map = Math.max(18, Math.min(free / (1.5 + maps + 0.48 * gaps), pitch - BELOW - 2, 110));
  const ink = Math.min(1.5 * map + 20, 170, map * 1.5 + free * 0.05);
  return { map, ink, gap: (free - maps * map - ink) / gaps, pitch, output };
}

/** @param {number} width @param {number} _ @param {Layer[]} layers */
function sizesDown(width, _, layers) {
  const pitch = (width - 2 * EDGE) / mostMaps(layers);
  const map = Math.min(pitch - 10, 68);
  return { map, ink: 1.6 * map, gap: GAP_DOWN, pitch, output: (width - 2 * EDGE) / 10 - 4 };
}
