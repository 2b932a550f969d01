/* What the network sees: the drawing, its box and centre, the 20×20, the 28×28; or naively resized. */
import { BRUSH, PAD_UNITS } from "../../shared/strokes.js";
import { tellOutcome } from "../../shared/experiments.js";
import { percent } from "../../shared/percent.js";
import { createTexts } from "../../shared/texts.js";
import { GAP, bytesOf, createFigure, saveOnClick } from "../../shared/figure.js";
import { followDrawing } from "../tab.js";

const [HEAD, FOOT] = [20, 42]; // CSS pixels above a picture, and below it

export function mount({ element, server }) {
  const root = element.querySelector(".tab");
  const { text, fill } = createTexts();
  fill(root);
  const canvas = root.querySelector("canvas");
  const naively = root.querySelector('[data-testid="naive"]');
  /** @type {any} */
  let answer = null;
  let strokes = [];

  const panels = () => (naively.checked ? 5 : 3);
  const figure = createFigure(canvas, (width) => {
    const { y, size } = places(width)[panels() - 1];
    return y + size + FOOT;
  }, draw);

  /* Where each picture stands: three side by side, or two and what the network sees on a line of its own;
   * below them the naive way's two.
   * @returns {{x: number, y: number, size: number}[]}
   */
  function places(width) {
    const across = width < 560 ? 2 : 3;
    const size = Math.min(400, (width - GAP * (across - 1)) / across);
    const inRow = (count, y) => Array.from(
      { length: count }, (_, i) => ({ x: i * (size + GAP), y, size }));
    if (across > 2) return [...inRow(3, HEAD), ...inRow(2, HEAD + size + FOOT)];
    const own = HEAD + size + FOOT;
    const last = own + width + FOOT;
    return [...inRow(2, HEAD), { x: 0, y: own, size: width }, ...inRow(2, last)];
  }

  function draw(pen, width) {
    if (!answer) return;
    const [drawn, boxed, seen, pad, naive] = places(width);
    drawDrawing(pen, drawn);
    title(pen, boxed, "preprocessing_20");
    pen.image(bytesOf(answer.ink), 20, 20, boxed.x, boxed.y, boxed.size);
    draw28(pen, seen, answer.reading.pixels, "preprocessing_28", answer.reading);
    if (!naively.checked) return;
    drawDrawing(pen, pad, true);
    draw28(pen, naive, answer.naive, "preprocessing_naive", answer.naive_reading);
  }

  function title(pen, { x, y, size }, key) {
    pen.text(text(key), x, y - 7, { weight: 600, fit: size });
  }

  function drawDrawing(pen, place, isPlain = false) {
    const { x, y, size } = place;
    const { context } = pen;
    const scale = size / PAD_UNITS;
    title(pen, place, isPlain ? "preprocessing_pad" : "preprocessing_drawing");
    context.save();
    context.fillStyle = "#000";
    context.fillRect(x, y, size, size);
    context.beginPath();
    context.rect(x, y, size, size);
    context.clip();
    context.translate(x, y);
    context.strokeStyle = "#fff";
    context.lineWidth = BRUSH * scale;
    context.lineCap = context.lineJoin = "round";
    for (const points of strokes) {
      context.beginPath();
      points.forEach(([px, py]) => context.lineTo(px * scale, py * scale));
      context.lineTo(points[0][0] * scale + 0.01, points[0][1] * scale);
      if (points.length > 1) {
        context.beginPath();
        points.forEach(([px, py], i) =>
          (i ? context.lineTo(px * scale, py * scale) : context.moveTo(px * scale, py * scale)));
      }
      context.stroke();
    }
    if (!isPlain) {
      const [left, top, right, bottom] = answer.box.map((value) => value * scale);
      const [cx, cy] = answer.centre.map((value) => value * scale);
      context.strokeStyle = context.fillStyle = "#fb923c";
      context.lineWidth = 2;
      context.strokeRect(left, top, right - left, bottom - top);
      cross(context, cx, cy, 9);
    }
    context.restore();
  }

  function cross(context, x, y, reach) {
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x - reach, y);
    context.lineTo(x + reach, y);
    context.moveTo(x, y - reach);
    context.lineTo(x, y + reach);
    context.stroke();
  }

  function draw28(pen, place, pixels, key, reading) {
    const { x, y, size } = place;
    title(pen, place, key);
    pen.image(bytesOf(pixels), 28, 28, x, y, size);
    const { context } = pen;
    if (key === "preprocessing_28") {
      const unit = size / 28;
      const [left, top] = answer.corner;
      context.strokeStyle = "#fb923c";
      context.lineWidth = 1;
      context.strokeRect(x + left * unit, y + top * unit, 20 * unit, 20 * unit);
      cross(context, x + 14 * unit, y + 14 * unit, 7);
    }
    const { digit, is_digit: isDigit, probabilities } = reading;
    const words = digit === null ? "–" : `${isDigit ? digit : "?"}  ${text("preprocessing_sure", {
      digit, sure: percent(probabilities[digit]) })}`;
    pen.text(words, x, y + size + 22, { weight: 600, size: 15, fit: size });
  }

  naively.addEventListener("change", figure.redraw);
  saveOnClick(root, canvas, "what-it-sees");
  followDrawing(root, {
    ask: ({ drawing }) => (drawing.strokes.length ? server.ask({ strokes: drawing.strokes })
      : Promise.resolve({ error: text("preprocessing_picture") })),
    show(next, asked) {
      answer = next;
      ({ strokes } = asked.drawing);
      tellOutcome({ tab: "preprocessing", ...asked });
      figure.redraw();
    },
    showBlank() {
      answer = null;
      figure.redraw();
    },
  });
}
