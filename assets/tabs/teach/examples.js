/* Examples: as the server's sheets hold them (`demo/tabs/teach.py`), as a lesson chooses them, and
 * as the worker takes them.
 */

/**
 * @typedef {{images: Uint8Array, told: Uint8Array, truth: Uint8Array, group: Uint8Array}} Examples
 *   `told`: the labels that the network gets; `truth`: the digits
 */

const PIXELS = 784;
const SIDE = 28;

/** @param {ArrayBuffer} buffer @returns {Examples | null} null if it does not hold examples */
export function unpacked(buffer) {
  const count = buffer.byteLength / (PIXELS + 2);
  if (!Number.isInteger(count) || count < 1) return null;
  const truth = new Uint8Array(buffer, PIXELS * count, count);
  if (truth.some((digit) => digit > 9)) return null;
  const group = new Uint8Array(buffer, (PIXELS + 1) * count, count);
  return { images: new Uint8Array(buffer, 0, PIXELS * count), told: truth, truth, group };
}

/** Numbers in [0, 1) from a seed (Tommy Ettinger's Mulberry32). @param {number} seed */
export function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The examples of some choices, the digits in turn; more of each begin with the same.
 * @param {import("./choices.js").Choices} choices
 * @param {Record<number, Uint8Array[]>} images of each digit, `choices.each` of them or more
 * @returns {Examples}
 */
export function chosen({ digits, each, anywhere, wrong }, images) {
  const random = seeded(0);
  return joined(Array.from({ length: each * digits.length }, (_, i) => {
    const at = i % digits.length;
    const [right, down, lie, other] = [random(), random(), random(), random()];
    const step = lie < wrong ? 1 + Math.floor(other * (digits.length - 1)) : 0;
    const image = images[digits[at]][Math.floor(i / digits.length)];
    return {
      images: anywhere ? placed(image, [right, down]) : image,
      told: Uint8Array.of(digits[(at + step) % digits.length]),
      truth: Uint8Array.of(digits[at]),
      group: new Uint8Array(1),
    };
  }));
}

/** @param {Examples[]} parts @returns {Examples} */
export function joined(parts) {
  const join = (/** @type {keyof Examples} */ name) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part[name].length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part[name], at);
      at += part[name].length;
    }
    return whole;
  };
  return { images: join("images"), told: join("told"), truth: join("truth"), group: join("group") };
}

export const none = () => joined([]);

/** @param {{digit: number, pixels: Uint8Array}[]} own @returns {Examples} */
export function examplesOf(own) {
  const digits = Uint8Array.from(own, ({ digit }) => digit);
  const images = new Uint8Array(PIXELS * own.length);
  own.forEach(({ pixels }, i) => images.set(pixels, PIXELS * i));
  return { images, told: digits, truth: digits.slice(), group: new Uint8Array(own.length) };
}

/** The pixels of one. @param {Examples} examples @param {number} i */
export const imageOf = (examples, i) => examples.images.subarray(PIXELS * i, PIXELS * (i + 1));

/**
 * The same ink elsewhere, all of it seen: 0 is at the left or upper edge, 1 at the other; as
 * `lesson._placed` does.
 * @param {Uint8Array} pixels @param {number[]} place right and down
 */
export function placed(pixels, [right, down]) {
  const inked = [...pixels.keys()].filter((i) => pixels[i]);
  if (!inked.length) return pixels;
  /** How far the ink moves along one axis. @param {(i: number) => number} at @param {number} share */
  const shiftOf = (at, share) => {
    const [low, high] = [Math.min(...inked.map(at)), Math.max(...inked.map(at))];
    return Math.round(share * (SIDE - 1 - (high - low))) - low;
  };
  const shift = SIDE * shiftOf((i) => Math.floor(i / SIDE), down) + shiftOf((i) => i % SIDE, right);
  const moved = new Uint8Array(PIXELS);
  for (const i of inked) moved[i + shift] = pixels[i];
  return moved;
}

/**
 * Where on the pad a drawing lies: [right, down], 0 to 1, as for `placed`.
 * @param {number[][][]} strokes in units of the pad @param {number} units along its side
 */
export function placeOf(strokes, units) {
  const points = strokes.flat();
  if (!points.length) return [0.5, 0.5];
  return [0, 1].map((axis) => {
    const along = points.map((point) => point[axis]);
    const [low, high] = [Math.min(...along), Math.max(...along)];
    const room = units - (high - low);
    return room > 1 ? low / room : 0.5;
  });
}
