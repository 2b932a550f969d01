/* The pictures of a teaching: examples with their labels, curves, weights, and a drawing's readings. */
import { axes, grey, line, paint, roundTicks, signed, thumbnail } from "../../shared/figure.js";

/** A small picture, and words below it. @param {string} tag @param {HTMLCanvasElement} canvas
 * @param {string | number} words */
export function captioned(tag, canvas, words) {
  const element = document.createElement(tag);
  element.append(canvas, String(words));
  return element;
}

export const CURVES_HEIGHT = 230; // CSS pixels

/* One axis over the steps. series: {of(report), colour, label} each. */
function drawCurves(pen, width, reports, { most, yTicks, yLabel, series }, { text, number }) {
  const last = Math.max(10, ...reports.map(({ step }) => step));
  const top = 16 * series.length + 6;
  const { px, py } = axes(pen, { x: 54, y: top, width: width - 70, height: CURVES_HEIGHT - top - 46 }, {
    x: [0, last], y: [0, most], xTicks: roundTicks(0, last, 4).filter(Number.isInteger), yTicks,
    xLabel: text("teach_steps"), yLabel, number });
  series.forEach(({ of, colour, label = "" }, row) => {
    const known = reports.filter((report) => Number.isFinite(of(report)));
    line(pen, known.map((report) => [px(report.step), py(of(report))]), colour, 2.5);
    pen.text(label, 54, 12 + 16 * row, { size: 12, colour, weight: 600, fit: width - 60 });
  });
}

export function drawAccuracy(pen, width, reports, texts) {
  drawCurves(pen, width, reports, {
    most: 100, yTicks: [0, 25, 50, 75, 100], yLabel: texts.text("training_history_right"), series: [
      { of: ({ held }) => 100 * held, colour: pen.best, label: texts.text("teach_everybody") },
      { of: ({ shown }) => 100 * shown, colour: pen.fill, label: texts.text("teach_curve_shown") }],
  }, texts);
}

export function drawLoss(pen, width, reports, texts) {
  const most = reports.reduce((high, { loss }) => Math.max(high, loss || 0), 2.5);
  drawCurves(pen, width, reports, {
    most, yTicks: roundTicks(0, most, 4), yLabel: texts.text("teach_loss"),
    series: [{ of: ({ loss }) => loss, colour: pen.ink }] }, texts);
}

/** How it read the drawing after each few steps: a column each, brighter for surer; orange is what it read.
 * @param {HTMLCanvasElement} canvas @param {number[][]} readings */
export function showStrip(canvas, readings) {
  canvas.width = Math.max(24, readings.length);
  paint(canvas, Array.from({ length: 10 * canvas.width }, (_, i) => {
    const reading = readings[i % canvas.width] ?? [0];
    const probability = reading[Math.floor(i / canvas.width)];
    return probability === Math.max(...reading) ? probability : -probability;
  }), (value) => (value > 0 ? signed(value) : grey(-200 * value)));
}

/** Templates or filters: orange for ink that speaks for it, blue for ink that speaks against it.
 * @param {HTMLElement} element @param {import("./worker.js").Picture} picture */
export function showWeights(element, { kind, side, count, values }) {
  const isDense = kind === "templates";
  const most = values.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-6);
  element.style.setProperty("--columns", isDense ? "5" : "8");
  element.replaceChildren(...Array.from({ length: count }, (_, i) => {
    const pixels = values.subarray(i * side * side, (i + 1) * side * side).map((value) => value / most);
    return captioned("span", thumbnail(pixels, side, signed), isDense ? i : "");
  }));
}
