/* The pictures of a teaching: what is shown, the curves, the weights, and a drawing's readings. */
import { axes, line, roundTicks, signed } from "../../shared/figure.js";
import { imageOf } from "./examples.js";

const MAX_ROWS = 2; // of the preview
const GAP = 4; // CSS pixels
const LABEL = 17; // CSS pixels below a picture

/** @param {number} width */
const thumbnail = (width) => Math.min(44, (width - 9 * GAP) / 10);

/** @param {number} width @param {number} count of examples @param {number} columns */
export const previewHeight = (width, count, columns) =>
  Math.max(1, Math.min(MAX_ROWS, Math.ceil(count / columns))) * (thumbnail(width) + LABEL + GAP);

/* What is shown, in rows of all its digits, each with the label that the network gets. */
export function drawPreview(pen, width, examples, columns) {
  const size = thumbnail(width);
  const most = Math.min(examples.told.length, columns * MAX_ROWS);
  for (let i = 0; i < most; i++) {
    const x = (i % columns) * (size + GAP);
    const y = Math.floor(i / columns) * (size + LABEL + GAP);
    pen.image(imageOf(examples, i), 28, 28, x + 1, y + 1, size - 2);
    const isWrong = examples.told[i] !== examples.truth[i];
    pen.text(examples.told[i], x + size / 2, y + size + 13, {
      size: isWrong ? 14 : 12, align: "center", weight: isWrong ? 700 : 400, colour: isWrong ? pen.best : pen.subdued });
  }
}

export const curvesHeight = (width) => (width < 480 ? 450 : 245);

/* Accuracy and loss over the steps: {step, loss, shown, held} each. */
export function drawCurves(pen, width, points, { text, number }) {
  const isNarrow = width < 480;
  const wide = isNarrow ? width : width / 2;
  const last = Math.max(10, ...points.map(({ step }) => step));
  const ticks = roundTicks(0, last, 4).filter(Number.isInteger);
  const accuracy = axes(pen, { x: 54, y: 40, width: wide - 70, height: 150 }, {
    x: [0, last], y: [0, 100], xTicks: ticks, yTicks: [0, 25, 50, 75, 100],
    xLabel: text("teach_steps"), yLabel: text("training_history_right"), number });
  const series = [["shown", pen.fill, 1, "teach_curve_shown"], ["held", pen.best, 0, "teach_everybody"]];
  series.forEach(([name, colour, row, label]) => {
    line(pen, points.map((point) => [accuracy.px(point.step), accuracy.py(100 * point[name])]), colour, 2.5);
    pen.text(text(label), 54, 12 + 16 * Number(row), { size: 12, colour, weight: 600, fit: wide - 60 });
  });
  const [left, top] = isNarrow ? [0, 222] : [wide, 0];
  const losses = points.filter(({ loss }) => Number.isFinite(loss));
  const most = Math.max(2.5, ...losses.map(({ loss }) => loss));
  const loss = axes(pen, { x: left + 54, y: top + 40, width: wide - 70, height: 150 }, {
    x: [0, last], y: [0, most], xTicks: ticks, yTicks: roundTicks(0, most, 4),
    xLabel: text("teach_steps"), yLabel: text("teach_loss"), number });
  line(pen, losses.map((point) => [loss.px(point.step), loss.py(point.loss)]), pen.ink, 2);
}

const ROW = 11; // CSS pixels of the strip

export const STRIP_HEIGHT = 10 * ROW;

/* How it read the drawing after each few steps: a column each, the darker the surer. */
export function drawStrip(pen, width, readings) {
  const left = 18;
  const pitch = Math.min(14, (width - left) / Math.max(24, readings.length));
  for (let digit = 0; digit < 10; digit++) {
    pen.text(digit, left - 6, digit * ROW + ROW - 2, { size: 10.5, align: "right", colour: pen.subdued });
    pen.context.fillStyle = pen.track;
    pen.context.globalAlpha = 0.45;
    pen.context.fillRect(left, digit * ROW, width - left, ROW - 1.5);
    pen.context.globalAlpha = 1;
  }
  readings.forEach((reading, i) => {
    const most = Math.max(...reading);
    reading.forEach((probability, digit) => {
      pen.context.globalAlpha = probability;
      pen.context.fillStyle = probability === most ? pen.best : pen.fill;
      pen.context.fillRect(left + i * pitch, digit * ROW, Math.max(1, pitch - 0.5), ROW - 1.5);
    });
  });
  pen.context.globalAlpha = 1;
}

/** @param {number} width @param {{kind: string}} picture */
const columnsOf = (width, { kind }) => (kind === "templates" ? 5 : width < 420 ? 4 : 8);
const tileOf = (width, picture) => Math.min(110, width / columnsOf(width, picture)) - 8;

export function weightsHeight(width, picture) {
  if (!picture) return 1;
  const label = picture.kind === "templates" ? LABEL : 0;
  return Math.ceil(picture.count / columnsOf(width, picture)) * (tileOf(width, picture) + 8 + label) + 4;
}

/* Templates or filters: orange for ink that speaks for it, blue for ink that speaks against it. */
export function drawWeights(pen, width, picture) {
  const { kind, side, count, values } = picture;
  const columns = columnsOf(width, picture);
  const size = tileOf(width, picture);
  const label = kind === "templates" ? LABEL : 0;
  const most = values.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-6);
  for (let i = 0; i < count; i++) {
    const x = (i % columns) * (size + 8) + 1;
    const y = Math.floor(i / columns) * (size + 8 + label) + 1;
    const one = values.subarray(i * side * side, (i + 1) * side * side);
    pen.image(one.map((value) => value / most), side, side, x, y, size, signed);
    if (label) pen.text(i, x + size / 2, y + size + 14, { size: 12, align: "center", colour: pen.subdued });
  }
}

/** One 28 by 28 on a small canvas of its own. @param {HTMLCanvasElement} canvas @param {Uint8Array | null} pixels */
export function paint(canvas, pixels) {
  const image = new ImageData(28, 28);
  for (let i = 0; i < 784; i++) {
    image.data.fill(pixels ? pixels[i] : 0, 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).putImageData(image, 0, 0);
}
