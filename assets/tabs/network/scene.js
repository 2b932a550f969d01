/* Paints the whole network, flat or in space: the lines, the ink, the maps and ten digits. While a wave runs
 * through, beads move along the strongest lines.
 */
import { signColour } from "./colours.js";
import { isAttached } from "./layout.js";
import { touches } from "./lines.js";
import { border, frame } from "./pictures.js";

const FADED = 0.13; // of its opacity is left to a line that does not touch the map pointed at
const BEAD_STEPS = 1.6; // of the wave; how long a bead takes
const MIN_BEAD_SHARE = 0.3; // of a step's strongest line; weaker lines carry no bead

/** @typedef {import("./layout.js").Layout} Layout */
/**
 * @typedef {object} Scene
 * @property {any} head of the answer
 * @property {any} pictures of the ink and each layer's maps; and the lines
 * @property {import("../../shared/answers.js").Reading | null} reading without it only the outline is painted
 * @property {{layer: number, place: number} | null} pointed
 * @property {number} wave 0 to 1
 * @property {(layer: any) => string} nameOf
 */

/** @param {any} pen of figure.js @param {Layout} layout @param {Scene} scene */
export function drawNetwork(pen, layout, scene) {
  const { layers } = scene.head;
  const steps = layers.filter(({ incoming }) => incoming).length;
  const at = scene.wave < 1 ? scene.wave * (steps + BEAD_STEPS) : Infinity;
  const since = (/** @type {number} */ index) => at - layers.filter(({ incoming }, i) => incoming && i < index).length;
  for (const [kind, index] of layout.order) {
    if (kind === "lines") drawLines(pen, layout, scene, index, since(index) / BEAD_STEPS);
    else if (index < layers.length - 1) drawMaps(pen, layout, scene, index, glowOf(since(index + 1)));
    else drawDigits(pen, layout, scene, glowOf(since(index + 1)));
  }
  layout.layers.forEach(({ title }, index) => {
    if (title) name(pen, layout, title, scene.nameOf(layers[index]), isAttached(layers[index]));
  });
}

/* The light of a layer that the wave passes, so many steps after its start there. */
const glowOf = (/** @type {number} */ steps) => Math.max(0, 1 - Math.abs(steps) / 1.1);

/** A point of a Bézier curve. @param {number[][]} points @param {number} t 0 to 1 */
export function along(points, t) {
  const s = 1 - t;
  const weights = [s ** 3, 3 * s * s * t, 3 * s * t * t, t ** 3];
  return [0, 1].map((axis) => points.reduce((sum, point, i) => sum + weights[i] * point[axis], 0));
}

/** @param {CanvasRenderingContext2D} context @param {number[][]} points */
function curve(context, [[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x1, y1, x2, y2, x3, y3);
  context.stroke();
}

/* The lines into a layer; without ink all of them, thin. Beads are at t, 0 to 1. */
function drawLines({ context, line }, layout, { head, pictures, reading, pointed }, index, t) {
  const { incoming, shown } = head.layers[index];
  if (!incoming) return;
  if (!reading) {
    context.lineWidth = 0.5;
    context.strokeStyle = line;
    incoming.forEach((_, from) => shown.forEach((__, to) => curve(context, layout.curve(index, { from, to }))));
    return;
  }
  const lines = pictures.lines[index].filter(({ share }) => share > layout.minShare);
  const isOwn = (one) => !pointed || touches(head, pointed, index, one);
  const own = lines.filter(isOwn);
  const most = pointed ? own.at(-1)?.share ?? 1 : 1; // a map's own lines are drawn as strong as can be
  context.save();
  context.lineCap = "round";
  if (layout.isSpace) context.globalCompositeOperation = "lighter";
  for (const one of pointed ? [...lines.filter((other) => !isOwn(other)), ...own] : lines) {
    const share = isOwn(one) ? one.share / most : one.share;
    const isOther = index === head.layers.length - 1 && one.to !== head.digit && !pointed;
    const faded = isOther ? 0.3 : isOwn(one) ? 1 : FADED;
    const points = layout.curve(index, one);
    context.lineWidth = 0.6 + layout.thickest * share;
    context.strokeStyle = signColour(one.value, faded * (0.12 + (layout.isSpace ? 0.5 : 0.78) * share ** 0.8));
    curve(context, points);
    if (t > 0 && t < 1 && share > MIN_BEAD_SHARE && faded === 1) drawBead(context, along(points, t), one.value, share, t);
  }
  context.restore();
}

function drawBead(context, /** @type {number[]} */ [x, y], value, share, t) {
  for (const [reach, alpha] of [[2.4, 0.3], [1, 1]]) { // a shadow would take ten times as long
    context.fillStyle = signColour(value, alpha * Math.sin(Math.PI * t) ** 0.6);
    context.beginPath();
    context.arc(x, y, reach * (1.6 + 2.2 * share), 0, 2 * Math.PI);
    context.fill();
  }
}

/* The maps of a layer, or the ink. */
function drawMaps(pen, layout, { head, pictures, reading, pointed }, index, glow) {
  const { context } = pen;
  const layer = head.layers[index];
  const tiles = layer ? layout.layers[index].tiles : [layout.ink];
  const picture = layer ? pictures.layers[index] : pictures.ink;
  const most = Math.max(1e-9, ...(layer?.contributions ?? []).map(Math.abs));
  tiles.forEach((tile, place) => {
    const isPart = layer && isAttached(layer);
    const isPointed = pointed?.layer === index && pointed.place === place;
    const share = layer && reading ? layer.contributions[place] / most : 0;
    if (isPart) link(pen, layout, layout.layers[index - 1].tiles[place], tile);
    frame(pen, tile, isPointed);
    if (!reading) return;
    picture.draw(context, place, tile);
    if (layout.isSpace) {
      context.save();
      context.globalCompositeOperation = "lighter";
      context.globalAlpha = glow;
      if (glow) picture.draw(context, place, tile); // brighter
      context.restore();
      if (share && !isPointed) border(pen, tile, signColour(share, 0.25 + 0.65 * Math.abs(share)), 0.8 + 1.2 * Math.abs(share));
    } else if (layer && !isPart) label(pen, tile, layer.shown[place], share);
  });
}

function link({ context, line }, { isDown }, from, to) {
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from.x + from.size / (isDown ? 2 : 1), from.y + from.size / (isDown ? 1 : 2));
  context.lineTo(to.x + (isDown ? to.size / 2 : 0), to.y + (isDown ? 0 : to.size / 2));
  context.stroke();
}

/* A map's number, and what the map adds to the score or takes from it, beside the others of its layer. */
function label(pen, { x, y, size }, channel, share) {
  pen.text(channel, x, y + size + 13, { size: 11, colour: pen.subdued });
  const left = x + 25;
  pen.context.fillStyle = signColour(share);
  pen.context.fillRect(left, y + size + 8, Math.max(1, (x + size - left) * Math.abs(share)), 3);
}

function name(pen, { isDown = false, isSpace = false }, { x, y, width, height }, words, isPart) {
  if (isDown) {
    pen.context.fillStyle = pen.ground; // lines pass behind
    pen.context.globalAlpha = 0.8;
    pen.context.fillRect(x - 4, y + 3, width, height - 4);
    pen.context.globalAlpha = 1;
  }
  const isSmall = isPart || isSpace;
  pen.text(words, isDown ? x : x + width / 2, y + height - 6, { size: isSmall ? 11.5 : 12.5, weight: isSmall ? 400 : 600,
    align: isDown ? "left" : "center", colour: isSmall ? pen.subdued : pen.ink, fit: width - (isPart ? 0 : 5) });
}

/* Ten digits, upright; the digit that is read is full, and shines in space. */
function drawDigits(pen, { outputs, isSpace = false }, { head, reading, pointed }, glow) {
  const { context } = pen;
  outputs.forEach(({ x, y, size }, digit) => {
    const isRead = reading?.is_digit && reading.digit === digit;
    const isMarked = (reading && head.digit === digit)
      || (pointed?.layer === head.layers.length - 1 && pointed.place === digit);
    const radius = (size / 2 - 1) * (isRead && isSpace ? 1 + 0.35 * glow : 1);
    context.save();
    context.beginPath();
    context.arc(x + size / 2, y + size / 2, radius, 0, 2 * Math.PI);
    context.fillStyle = isRead ? pen.best : pen.paper;
    context.shadowColor = pen.best;
    if (isRead && isSpace) context.shadowBlur = 14 + 30 * glow;
    context.fill();
    context.restore();
    context.lineWidth = isMarked ? 2 : 1;
    context.strokeStyle = isMarked ? pen.ink : pen.line;
    context.stroke();
    pen.text(digit, x + size / 2, y + size / 2 + size * 0.19, { size: size * 0.54, align: "center",
      weight: isRead ? 700 : 500, colour: isRead ? pen.ground : isMarked ? pen.ink : pen.subdued });
  });
}
