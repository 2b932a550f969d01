/* The network in space: layers as standing planes in perspective, turned by dragging. When a stroke ends, a wave of
 * activation runs through. Projected by hand: a map is drawn with the affine part of its perspective.
 */
import { signColour } from "./colours.js";
import { isAttached, isUnit } from "./layout.js";
import { linesInto, touches } from "./lines.js";

const COLUMNS = 2; // of maps in a plane
const TILE = 0.9; // of the distance from map to map, which is 1
const INK = 3.1; // the drawing's side
const GAP = 2.1; // from plane to plane
const FOCUS = 24; // distance of the eye
const MAX_YAW = 1.3; // radians
const [MIN_PITCH, MAX_PITCH] = [-0.25, 0.9];
const FIRST_TURN = { yaw: 0.8, pitch: 0.25 };
const MIN_NAME = 44; // CSS pixels from plane to plane; on less the layers' names would overlap
const WAVE_DURATION = 1700; // ms
const OPENING_DURATION = 1400; // ms, from the side to the first view
const CLICK_MOVEMENT = 6; // CSS pixels; a longer way is a drag
const NIGHT = ["#1b2450", "#0b0f26", "#04050d"];
const PALE = "#e8ebff";

/** @typedef {[number, number, number]} Point along the network, down, to the right as seen from the drawing */
/** @typedef {{x: number, y: number, scale: number}} Projected */

/**
 * The planes: the drawing, each layer but poolings, the digits.
 * @param {any[]} layers the scores are the last
 */
export function planesOf(layers) {
  const standing = layers.map((layer, index) => ({ layer, index })).filter(({ layer }) => !isAttached(layer));
  return [{ index: -1, places: [[0, 0]], side: INK }, ...standing.map(({ layer, index }) => {
    if (index === layers.length - 1) return { index, places: layer.shown.map((_, i) => [0.62 * (i - 4.5), 0]), side: 0.5 };
    const side = isUnit(layer) ? 0.5 : TILE;
    const rows = Math.ceil(layer.shown.length / COLUMNS);
    return { index, side, places: layer.shown.map((_, i) => [
      Math.floor(i / COLUMNS) - (rows - 1) / 2, (i % COLUMNS) - (COLUMNS - 1) / 2]) };
  })].map((plane, i, { length }) => ({ ...plane, along: GAP * (i - (length - 1) / 2),
    rows: Math.max(...plane.places.map(([down]) => down)) + plane.side / 2 }));
}

/**
 * A camera that looks at the middle of the network and holds all of it in a frame.
 * @param {ReturnType<typeof planesOf>} planes @param {{yaw: number, pitch: number}} turn
 * @param {number} width @param {number} height @param {number} margin
 */
export function createCamera(planes, { yaw, pitch }, width, height, margin = 26) {
  const [sinYaw, cosYaw, sinPitch, cosPitch] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
  /** @param {Point} point @returns {Projected} */
  const project = ([along, down, right]) => {
    const [x, near] = [along * cosYaw + right * sinYaw, right * cosYaw - along * sinYaw];
    const scale = FOCUS / (FOCUS - near * cosPitch + down * sinPitch);
    return { x: x * scale, y: (down * cosPitch + near * sinPitch) * scale, scale };
  };
  const corners = planes.flatMap(({ along, rows, side }) => [-1, 1].flatMap((up) => [-1, 1].map((right) => (
    project([along, up * rows, right * Math.max(side / 2, COLUMNS / 2)])))));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const zoom = Math.min((width - 2 * margin) / wide, (height - 2 * margin - 14) / high);
  return (/** @type {Point} */ point) => {
    const { x, y, scale } = project(point);
    return { x: width / 2 + (x - left - wide / 2) * zoom, y: (height - 14) / 2 + (y - top - high / 2) * zoom,
      scale: scale * zoom };
  };
}

/** @param {import("./view.js").Tab} tab */
export function createSpace(tab) {
  const frame = /** @type {HTMLElement} */ (tab.root.querySelector(".frame"));
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const turn = { ...FIRST_TURN };
  const opened = performance.now();
  let waveStart = -Infinity;
  let animation = 0;
  /** @type {{x: number, y: number, moved: number} | null} */
  let drag = null;

  const isShown = () => frame.classList.contains("space");

  /* Shares of the opening and of the wave that have passed. */
  /** @param {number} start @param {number} duration in ms */
  const passed = (start, duration) => (isStill ? 1 : Math.min(1, (performance.now() - start) / duration));

  function animate() {
    cancelAnimationFrame(animation);
    tab.paint();
    if (passed(opened, OPENING_DURATION) < 1 || passed(waveStart, WAVE_DURATION) < 1) {
      animation = requestAnimationFrame(animate);
    }
  }

  function press({ clientX, clientY }) {
    drag = isShown() ? { x: clientX, y: clientY, moved: 0 } : null;
  }

  function move({ clientX, clientY, buttons }) {
    if (!drag || !buttons) return;
    const [right, down] = [clientX - drag.x, clientY - drag.y];
    drag = { x: clientX, y: clientY, moved: drag.moved + Math.abs(right) + Math.abs(down) };
    if (drag.moved < CLICK_MOVEMENT) return;
    turn.yaw = Math.max(-MAX_YAW, Math.min(MAX_YAW, turn.yaw - right / 220));
    turn.pitch = Math.max(MIN_PITCH, Math.min(MAX_PITCH, turn.pitch + down / 260));
    tab.paint();
  }

  /* The click at a drag's end opens no map. */
  function click(event) {
    if (drag && drag.moved >= CLICK_MOVEMENT) event.stopPropagation();
    drag = null;
  }

  frame.addEventListener("pointerdown", press);
  frame.addEventListener("pointermove", move);
  frame.addEventListener("click", click, { capture: true });
  queueMicrotask(animate);

  return {
    /** The wave of activation runs once. */
    pulse() {
      if (isStill) return;
      waveStart = performance.now();
      animate();
    },
    show(/** @type {boolean} */ isOn) {
      cancelAnimationFrame(animation);
      frame.classList.toggle("space", isOn);
    },
    /**
     * @param {any} pen of figure.js @param {number} width @param {number} height @param {any} shown as in the flat view
     * @returns {any} where the maps are, as squares: a `Layout`
     */
    draw(pen, width, height, shown) {
      const planes = planesOf(shown.head.layers);
      const left = (1 - passed(opened, OPENING_DURATION)) ** 3; // of the opening
      const view = { yaw: turn.yaw * (1 - left), pitch: turn.pitch * (1 - left) };
      const project = createCamera(planes, view, width, height);
      const wave = passed(waveStart, WAVE_DURATION);
      const scene = { ...shown, planes, project, wave: wave < 1 ? wave * (planes.length + 1.5) - 1 : null };
      drawNight(pen.context, width, height);
      const order = planes.map((_, i) => i);
      if (view.yaw > 0) order.reverse(); // far planes first
      for (const i of order) {
        if (view.yaw > 0 && i + 1 < planes.length) drawLines(pen.context, scene, i + 1);
        drawPlane(pen, scene, i);
        if (view.yaw <= 0 && i + 1 < planes.length) drawLines(pen.context, scene, i + 1);
      }
      return { ...squaresOf(scene), isBackwards: view.yaw > 0 };
    },
  };
}

function drawNight(context, width, height) {
  const ground = context.createRadialGradient(width * 0.36, height * 0.4, 0, width / 2, height / 2, 0.75 * width);
  NIGHT.forEach((colour, i) => ground.addColorStop(i / (NIGHT.length - 1), colour));
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(0, 0, width, height, 14);
  context.fill();
}

/** The corners of a square that stands across the network. @returns {Projected[]} from the top left, clockwise */
function cornersOf({ project }, { along }, [down, right], side) {
  const half = side / 2;
  return [[-half, -half], [-half, half], [half, half], [half, -half]].map(([dy, dz]) => (
    project([along, down + dy, right + dz])));
}

function path(context, corners) {
  context.beginPath();
  corners.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

function drawPlane(pen, scene, at) {
  const { planes, head, reading, pictures, pointed, wave, nameOf } = scene;
  const { context } = pen;
  const plane = planes[at];
  if (plane.index === head.layers.length - 1) return drawDigits(pen, scene, plane);
  const layer = head.layers[plane.index];
  const glow = wave === null ? 0 : Math.max(0, 1 - Math.abs(wave - at) / 0.9);
  const most = layer && Math.max(1e-9, ...layer.contributions.map(Math.abs));
  plane.places.forEach((place, i) => {
    const corners = cornersOf(scene, plane, place, plane.side);
    path(context, corners);
    context.fillStyle = "rgb(6 8 24 / 0.72)";
    context.fill();
    if (reading) {
      drawMap(context, layer ? pictures.layers[plane.index] : pictures.ink, i, corners, glow);
    }
    const isPointed = pointed?.layer === plane.index && pointed.place === i;
    const share = layer && reading ? layer.contributions[i] / most : 0;
    path(context, corners);
    context.lineWidth = isPointed ? 2.2 : 0.8 + 1.2 * Math.abs(share);
    context.strokeStyle = isPointed ? PALE : share ? signColour(share, 0.25 + 0.65 * Math.abs(share)) : "rgb(150 165 230 / 0.35)";
    context.stroke();
  });
  if (layer && hasNames(scene)) {
    const { x, y } = scene.project([plane.along, plane.rows, 0]);
    pen.text(nameOf(layer), x, y + 17, { size: 11.5, align: "center", colour: "rgb(200 208 245 / 0.85)" });
  }
}

/* A map on four projected corners, by the affine map of three of them; brighter while the wave passes. */
function drawMap(context, picture, map, corners, glow) {
  const [topLeft, topRight, , bottomLeft] = corners;
  const { side, canvas } = picture;
  context.save();
  context.transform((topRight.x - topLeft.x) / side, (topRight.y - topLeft.y) / side,
    (bottomLeft.x - topLeft.x) / side, (bottomLeft.y - topLeft.y) / side, topLeft.x, topLeft.y);
  context.imageSmoothingEnabled = false;
  context.globalCompositeOperation = "lighter"; // zero is transparent
  context.drawImage(canvas, map * side, 0, side, side, 0, 0, side, side);
  context.globalAlpha = glow;
  if (glow) context.drawImage(canvas, map * side, 0, side, side, 0, 0, side, side);
  context.restore();
}

/* Ten digits, upright; the digit that is read shines. */
function drawDigits(pen, { head, reading, pointed, project, wave, planes }, plane) {
  const { context } = pen;
  plane.places.forEach(([down, right], digit) => {
    const { x, y, scale } = project([plane.along, down, right]);
    const radius = 0.29 * scale;
    const isRead = reading?.is_digit && reading.digit === digit;
    const isMarked = (reading && head.digit === digit) || (pointed?.layer === plane.index && pointed.place === digit);
    const flash = isRead && wave !== null ? Math.max(0, 1 - Math.abs(wave - planes.length + 1) / 1.2) : 0;
    context.save();
    context.beginPath();
    context.arc(x, y, radius * (1 + 0.35 * flash), 0, 2 * Math.PI);
    context.fillStyle = isRead ? "#ff9a3d" : "rgb(10 14 40 / 0.8)";
    context.shadowColor = "#ff9a3d";
    context.shadowBlur = isRead ? 14 + 30 * flash : 0;
    context.fill();
    context.restore();
    context.lineWidth = isMarked ? 2 : 1;
    context.strokeStyle = isMarked ? PALE : "rgb(150 165 230 / 0.45)";
    context.stroke();
    pen.text(digit, x, y + radius * 0.38, { size: radius * 1.15, align: "center", weight: isRead ? 700 : 500,
      colour: isRead ? "#1a0d00" : isMarked ? PALE : "rgb(200 208 245 / 0.8)" });
  });
}

/* The lines into a plane, and on the strongest a bead while the wave passes. */
function drawLines(context, { head, reading, pointed, planes, project, wave }, at) {
  const [before, plane] = [planes[at - 1], planes[at]];
  const lines = reading ? linesInto(head, plane.index) : [];
  const own = pointed ? lines.filter((line) => touches(head, pointed, plane.index, line)) : [];
  const most = Math.max(1e-9, ...own.map(({ share }) => share));
  const isLast = plane.index === head.layers.length - 1;
  const t = wave === null ? -1 : wave - at + 1;
  context.save();
  context.globalCompositeOperation = "lighter";
  for (const line of lines) {
    const isOwn = own.includes(line);
    const share = isOwn ? line.share / most : line.share;
    const faded = pointed && !isOwn ? 0.12 : isLast && line.to !== head.digit && !isOwn ? 0.3 : 1;
    const [down0, right0] = before.places[line.from];
    const [down1, right1] = plane.places[line.to];
    const step = (share_) => project([before.along + (plane.along - before.along) * share_,
      down0 + (down1 - down0) * share_ ** 2 * (3 - 2 * share_), right0 + (right1 - right0) * share_ ** 2 * (3 - 2 * share_)]);
    context.beginPath();
    for (let i = 0; i <= 8; i++) {
      const { x, y } = step(i / 8);
      if (i) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    context.lineWidth = 0.5 + 2.4 * share * step(0.5).scale / 40;
    context.strokeStyle = signColour(line.value, faded * (0.06 + 0.6 * share));
    context.stroke();
    if (t <= 0 || t >= 1 || share < 0.3 || faded < 1) continue;
    const { x, y, scale } = step(t);
    context.shadowColor = context.fillStyle = signColour(line.value, Math.sin(Math.PI * t) ** 0.5);
    context.shadowBlur = 10;
    context.beginPath();
    context.arc(x, y, (0.03 + 0.06 * share) * scale, 0, 2 * Math.PI);
    context.fill();
    context.shadowBlur = 0;
  }
  context.restore();
}

/** @param {{planes: ReturnType<typeof planesOf>, project: (point: Point) => Projected}} scene */
function hasNames({ planes, project }) {
  const [{ x }, last] = [planes[0], planes[planes.length - 1]].map(({ along, rows }) => project([along, rows, 0]));
  return Math.abs(last.x - x) / planes.length >= MIN_NAME;
}

/* Where maps, digits and names can be pressed. */
function squaresOf(scene) {
  const { planes, project, head } = scene;
  const square = (plane, [down, right]) => {
    const { x, y, scale } = project([plane.along, down, right]);
    const size = 0.7 * plane.side * scale;
    return { x: x - size / 2, y: y - size / 2, size };
  };
  const layers = head.layers.slice(0, -1).map((_, index) => {
    const plane = planes.find((one) => one.index === index);
    if (!plane) return { tiles: [], title: null };
    const { x, y } = project([plane.along, plane.rows, 0]);
    const title = hasNames(scene) ? { x: x - 26, y: y + 4, width: 52, height: 19 } : null;
    return { tiles: plane.places.map((place) => square(plane, place)), title };
  });
  const last = planes[planes.length - 1];
  return { layers, ink: square(planes[0], [0, 0]), outputs: last.places.map((place) => square(last, place)) };
}
