/* The network in space: layers as standing planes in perspective, turned by dragging or with the arrow keys.
 * Projected by hand: a map is drawn with the affine part of its perspective.
 */
import { isAttached, isUnit } from "./layout.js";

const MAX_ROWS = 4; // of maps in a plane
const TILE = 0.9; // of the distance from map to map, which is 1
const INK = 3.4; // the drawing's side
const LENGTH = 17; // from the first plane to the last
const FOCUS = 32; // distance of the eye
const MAX_YAW = 1.1; // radians
const [MIN_PITCH, MAX_PITCH] = [-0.25, 0.8];
const FIRST_TURN = { yaw: 0.68, pitch: 0.24 };
const TURN_STEP = 0.1; // radians, for a key
const MIN_NAME = 44; // CSS pixels from plane to plane; on less the layers' names would overlap
const CLICK_MOVEMENT = 6; // CSS pixels; a longer way is a drag
const HINT = { width: 290, height: 26 }; // says how to turn; below the network
/* A pen's colours on the night, which is a style of the canvas. */
const COLOURS = { ink: "#e8ebff", subdued: "rgb(200 208 245 / 0.9)", line: "rgb(150 165 230 / 0.35)",
  paper: "rgb(6 8 24 / 0.72)", best: "#ff9a3d", ground: "#1a0d00" };

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {[number, number, number]} Point along the network, down, to the right as seen from the drawing */
/** @typedef {{yaw: number, pitch: number}} Turn */

/**
 * The planes: the drawing, each layer but poolings, the digits.
 * @param {any[]} layers the scores are the last
 */
export function planesOf(layers) {
  const standing = layers.map((layer, index) => ({ layer, index })).filter(({ layer }) => !isAttached(layer));
  return [{ index: -1, places: [[0, 0]], side: INK }, ...standing.map(({ layer, index }) => {
    if (index === layers.length - 1) return { index, places: layer.shown.map((_, i) => [0.66 * (i - 4.5), 0]), side: 0.62 };
    const columns = Math.ceil(layer.shown.length / MAX_ROWS);
    const rows = Math.ceil(layer.shown.length / columns);
    return { index, side: isUnit(layer) ? 0.5 : TILE, places: layer.shown.map((_, i) => [
      Math.floor(i / columns) - (rows - 1) / 2, (i % columns) - (columns - 1) / 2]) };
  })].map((plane, i, { length }) => ({ ...plane, along: LENGTH * (i / (length - 1) - 0.5),
    low: Math.max(...plane.places.map(([down]) => down)) + plane.side / 2,
    wide: Math.max(...plane.places.map(([, right]) => right)) + plane.side / 2 }));
}

/**
 * A camera that looks at the middle of the network and holds all of it in a frame.
 * @param {ReturnType<typeof planesOf>} planes @param {Turn} turn @param {number} width @param {number} height
 * @returns {(point: Point) => {x: number, y: number, scale: number}}
 */
export function createCamera(planes, { yaw, pitch }, width, height, margin = 22, foot = HINT.height + 12) {
  const [sinYaw, cosYaw, sinPitch, cosPitch] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
  const project = (/** @type {Point} */ [along, down, right]) => {
    const [x, near] = [along * cosYaw + right * sinYaw, right * cosYaw - along * sinYaw];
    const scale = FOCUS / (FOCUS - near * cosPitch + down * sinPitch);
    return { x: x * scale, y: (down * cosPitch + near * sinPitch) * scale, scale };
  };
  const corners = planes.flatMap(({ along, low, wide }) => [-low, low].flatMap((down) => (
    [-wide, wide].map((right) => project([along, down, right])))));
  const [[left, right], [top, bottom]] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
    .map((all) => [Math.min(...all), Math.max(...all)]);
  const room = height - foot;
  const zoom = Math.min((width - 2 * margin) / (right - left), (room - 2 * margin) / (bottom - top));
  return (point) => {
    const { x, y, scale } = project(point);
    return { x: width / 2 + (x - (left + right) / 2) * zoom, y: room / 2 + (y - (top + bottom) / 2) * zoom,
      scale: scale * zoom };
  };
}

/** @param {any[]} layers @param {Turn} turn @param {number} width @param {number} height @returns {Layout} */
export function layOutSpace(layers, turn, width, height) {
  const planes = planesOf(layers);
  const project = createCamera(planes, turn, width, height);
  const isBackwards = turn.yaw > 0;
  /** @param {(typeof planes)[0]} plane @param {number[]} place @returns {import("./layout.js").Tile} */
  const tile = ({ along, side }, [down, right], isUpright = false) => {
    const { x, y, scale } = project([along, down, right]);
    const size = (isUpright ? 1 : 0.7) * side * scale; // of the square in it that can be pressed
    const [from, over, under] = [[-0.5, -0.5], [-0.5, 0.5], [0.5, -0.5]].map(([dy, dz]) => (
      project([along, down + dy * side, right + dz * side])));
    const across = { x: over.x + under.x - from.x, y: over.y + under.y - from.y }; // as the map's picture
    return { x: x - size / 2, y: y - size / 2, size, ...(isUpright ? {} : { corners: [from, over, across, under] }) };
  };
  const feet = planes.map(({ along, low }) => project([along, low, 0]));
  const hasNames = Math.abs(feet[0].x - feet[feet.length - 1].x) / planes.length >= MIN_NAME;
  const last = planes[planes.length - 1];
  const order = /** @type {any} */ (planes.flatMap(({ index }) => [["lines", index], ["maps", index]]).slice(1));
  return {
    isSpace: true, isBackwards, height,
    minShare: 0.15,
    thickest: (0.11 * feet[0].scale + 0.11 * feet[feet.length - 1].scale) / 4,
    ink: tile(planes[0], [0, 0]),
    outputs: last.places.map((place) => tile(last, place, true)),
    layers: layers.slice(0, -1).map((_, index) => {
      const at = planes.findIndex((plane) => plane.index === index);
      return at < 0 ? { tiles: [], title: null } : { tiles: planes[at].places.map((place) => tile(planes[at], place)),
        title: hasNames ? { x: feet[at].x - 26, y: feet[at].y + 4, width: 52, height: 19 } : null };
    }),
    curve(index, line) {
      const at = planes.findIndex((plane) => plane.index === index);
      const [before, after] = [planes[at - 1], planes[at]];
      const [from, to] = [before.places[line.from], after.places[line.to]];
      return [0, 1, 2, 3].map((step) => {
        const [down, right] = step < 2 ? from : to;
        const { x, y } = project([before.along + (step / 3) * (after.along - before.along), down, right]);
        return [x, y];
      });
    },
    order: isBackwards ? order.reverse() : order, // far planes first
  };
}

/**
 * @param {HTMLElement} frame around the figure @param {(isLast: boolean) => void} paint
 * @param {string} hint how the network is turned
 */
export function createSpace(frame, paint, hint) {
  const turn = { ...FIRST_TURN };
  /** @type {{x: number, y: number, isTurning: boolean} | null} */
  let drag = null;

  function turnBy(/** @type {number} */ yaw, /** @type {number} */ pitch, isLast = true) {
    turn.yaw = Math.max(-MAX_YAW, Math.min(MAX_YAW, turn.yaw + yaw));
    turn.pitch = Math.max(MIN_PITCH, Math.min(MAX_PITCH, turn.pitch + pitch));
    paint(isLast);
  }

  function move({ clientX, clientY, pointerId }) {
    if (!drag) return;
    const [right, down] = [clientX - drag.x, clientY - drag.y];
    if (!drag.isTurning && Math.hypot(right, down) < CLICK_MOVEMENT) return;
    if (!drag.isTurning) frame.setPointerCapture(pointerId); // the click at its end opens no map
    drag = { x: clientX, y: clientY, isTurning: true };
    turnBy(-right / 220, down / 260, false);
  }

  function release() {
    if (drag?.isTurning) paint(true);
    drag = null;
  }

  frame.addEventListener("pointerdown", ({ clientX, clientY }) => {
    if (frame.classList.contains("space")) drag = { x: clientX, y: clientY, isTurning: false };
  });
  frame.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, release);

  return {
    show: (/** @type {boolean} */ isOn) => frame.classList.toggle("space", isOn),
    /** @param {any[]} layers @param {number} width @param {number} height @param {number} share of the turn */
    layOut: (layers, width, height, share) => (
      layOutSpace(layers, { yaw: turn.yaw * share, pitch: turn.pitch * share }, width, height)),
    colours: COLOURS,
    /** The button that says how to turn, for keys, too. @param {number} width @param {number} height */
    spots: (width, height) => [{
      key: "turn", look: "words", words: hint, label: hint,
      box: { x: (width - HINT.width) / 2, y: height - HINT.height - 8, ...HINT },
      step: (/** @type {[number, number]} */ [right, down]) => turnBy(-TURN_STEP * right, TURN_STEP * down),
      press: () => turnBy(FIRST_TURN.yaw - turn.yaw, FIRST_TURN.pitch - turn.pitch),
    }],
  };
}
