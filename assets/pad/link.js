/* A drawing in the fragment of a link: it never reaches a server.
 *
 * #d=1<base64url>: for each stroke the number of its points, then for each point how far x, y (in
 * half units of the pad) and the time (in 10 ms) moved from the point before; whole numbers, signed
 * ones in zigzag, all in bytes of seven bits (Protocol Buffers' varints).
 */
import { GRAIN, MAX_POINTS, MAX_STROKES, onPad } from "./drawing.js";


const LINK_VERSION = "1";
const TICK = 10; // ms
const MAX_LINK = 30000; // characters; browsers take more, messengers hardly

/**
 * The fragment for a drawing; null if it is too long for one.
 * @param {import("../shared/strokes.js").Stroke[]} strokes
 */
export function linkTo(strokes) {
  /** @type {number[]} */
  const bytes = [];
  const write = (/** @type {number} */ value) => {
    for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    bytes.push(value);
  };
  const writeSigned = (/** @type {number} */ value) => write(value < 0 ? -2 * value - 1 : 2 * value);
  let [x, y, time] = [0, 0, 0];
  const first = strokes[0]?.times[0] ?? 0;
  for (const { points, times } of strokes) {
    write(points.length);
    points.forEach(([px, py], i) => {
      const next = [px / GRAIN, py / GRAIN, Math.max(0, Math.round((times[i] - first) / TICK))];
      writeSigned(Math.round(next[0] - x));
      writeSigned(Math.round(next[1] - y));
      write(Math.max(0, next[2] - time));
      [x, y] = next;
      time = Math.max(time, next[2]);
    });
  }
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const data = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return data.length > MAX_LINK ? null : `#d=${LINK_VERSION}${data}`;
}

/**
 * The strokes in a fragment; null if it speaks of no drawing. Throws for one that is damaged.
 * @param {string} fragment
 */
export function strokesIn(fragment) {
  const data = /^#d=([^&]*)/.exec(fragment)?.[1];
  if (data === undefined) return null;
  if (data[0] !== LINK_VERSION || data.length > MAX_LINK + 1) throw new Error("another version");
  const binary = atob(data.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
  let place = 0;
  const read = () => {
    let value = 0;
    for (let factor = 1; factor < 2 ** 35; factor *= 128) {
      if (place >= binary.length) throw new Error("cut off");
      const byte = binary.charCodeAt(place++);
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
    throw new Error("a number too large");
  };
  const readSigned = () => {
    const value = read();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  /** @type {import("../shared/strokes.js").Stroke[]} */
  const strokes = [];
  let [x, y, time, count] = [0, 0, 0, 0];
  while (place < binary.length) {
    const length = read();
    count += length;
    if (!length || count > MAX_POINTS || strokes.length >= MAX_STROKES) throw new Error("length");
    /** @type {import("../shared/strokes.js").Stroke} */
    const stroke = { points: [], times: [] };
    for (let i = 0; i < length; i++) {
      x += readSigned();
      y += readSigned();
      time += read();
      /** @type {import("../shared/strokes.js").Point} */
      const point = [x * GRAIN, y * GRAIN];
      if (!onPad(point)) throw new Error("beside the pad");
      stroke.points.push(point);
      stroke.times.push(time * TICK);
    }
    strokes.push(stroke);
  }
  if (!strokes.length) throw new Error("no strokes");
  return strokes;
}
