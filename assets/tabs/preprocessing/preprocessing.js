/* What the network sees: the drawing with its box and centre of mass, the 20×20, the 28×28. Once the pen rests,
 * a short motion plays: box, scale, shift. On demand also the pad simply made smaller, as most demos do.
 */
import { verdictOf } from "../../shared/answers.js";
import { BRUSH, PAD_UNITS } from "../../shared/strokes.js";
import { tellOutcome } from "../../shared/experiments.js";
import { percent } from "../../shared/percent.js";
import { bytesOf, createFigure, rowsOf } from "../../shared/figure.js";
import { followDrawing, openTab } from "../tab.js";

const [HEAD, FOOT] = [20, 42]; // CSS pixels above a picture, and below it
const ORANGE = "#fb923c";
const [INK, FRAME] = [20, 28]; // pixels
const MNIST_PEN = 2.45; // pixels of the 28×28
const REST = 500; // ms with the same drawing: then the motion plays
const MOTION = 2000; // ms
const PARTS = { box: [0, 0.3], scale: [0.3, 0.65], shift: [0.65, 1] }; // shares of the motion

/* From a to b, slow at both ends; share 0 to 1. */
const between = (a, b, share) => a + (b - a) * share * share * (3 - 2 * share);

export function mount({ element, server }) {
  const { root, part, canvas, text } = openTab(element);
  const naively = part("naive");
  /** @type {any} */
  let answer = null;
  /** @type {any} */
  let drawing = null; // that `answer` is about
  let time = 1; // of the motion, 0 to 1
  let timer = 0;
  let played = ""; // the pixels whose motion was played last

  const isNaive = () => naively.checked && answer?.naive;
  const rows = (width) => rowsOf(isNaive() ? 5 : 3, width, { head: HEAD, foot: FOOT });
  const figure = createFigure(canvas, (width) => rows(width).height, draw);

  function draw(pen, width) {
    if (!answer) return;
    const [drawn, scaled, centred, pad, naive] = rows(width).places;
    const { size } = drawn;
    if (drawing.strokes.length) {
      inPanel(pen, drawn, "preprocessing_drawing", (scale) => {
        drawStrokes(pen, scale, BRUSH);
        drawBox(pen, scale);
      });
    } else {
      inPanel(pen, drawn, "preprocessing_picture", () => drawPicture(pen, size));
    }
    inPanel(pen, scaled, "preprocessing_20", () => drawScaling(pen, size));
    inPanel(pen, centred, "preprocessing_28", () => drawShift(pen, size));
    tellReading(pen, centred, answer.reading);
    if (!isNaive()) return;
    inPanel(pen, pad, "preprocessing_pad", (scale) => drawStrokes(pen, scale, BRUSH));
    inPanel(pen, naive, "preprocessing_naive", () => (
      pen.image(bytesOf(answer.naive.pixels), FRAME, FRAME, 0, 0, size)));
    tellReading(pen, naive, answer.naive);
  }

  /* A black square with a title; paint(scale: CSS pixels of a pad unit) draws in it. */
  function inPanel(pen, { x, y, size }, key, paint) {
    const { context } = pen;
    pen.text(text(key), x, y - 7, { weight: 600, fit: size });
    context.save();
    context.translate(x, y);
    context.beginPath();
    context.rect(0, 0, size, size);
    context.clip();
    context.fillStyle = "#000";
    context.fillRect(0, 0, size, size);
    paint(size / PAD_UNITS);
    context.restore();
  }

  const partOfMotion = (name) => {
    const [start, end] = PARTS[name];
    return Math.max(0, Math.min(1, (time - start) / (end - start)));
  };

  function drawStrokes(pen, scale, brush, left = 0, top = 0) {
    const { context } = pen;
    context.strokeStyle = "#fff";
    context.lineWidth = brush * scale;
    context.lineCap = context.lineJoin = "round";
    for (const points of drawing.strokes) {
      context.beginPath();
      for (const [x, y] of [points[0], ...points]) context.lineTo((x - left) * scale, (y - top) * scale);
      context.stroke();
    }
  }

  /* The answer's box surrounds the pen's path: the ink reaches half a brush beyond it. */
  const inkBox = (brush) => answer.box.map((value, i) => value + (i < 2 ? -brush / 2 : brush / 2));

  function drawBox({ context }, scale) {
    const share = partOfMotion("box");
    const box = inkBox(BRUSH).map((value, i) => between(i < 2 ? 0 : PAD_UNITS, value, share) * scale);
    frame(context, box);
    if (share === 1) cross(context, answer.centre[0] * scale, answer.centre[1] * scale, 9);
  }

  function drawPicture({ context }, size) {
    const { picture } = drawing;
    if (!picture) return;
    const scale = size / Math.max(picture.width, picture.height);
    const [wide, high] = [picture.width * scale, picture.height * scale];
    context.drawImage(picture, (size - wide) / 2, (size - high) / 2, wide, high);
  }

  /* The ink in its box grows from its place on the pad until it fills the 20×20. */
  function drawScaling(pen, size) {
    const share = partOfMotion("scale");
    if (share === 1 || !drawing.strokes.length) {
      pen.image(bytesOf(answer.ink), INK, INK, 0, 0, size);
      frame(pen.context, [1, 1, size - 1, size - 1]);
      return;
    }
    const [left, top, right, bottom] = answer.box;
    const extent = Math.max(right - left, bottom - top, 1);
    const pixel = extent / (INK - MNIST_PEN); // pad units
    const scale = between(size / PAD_UNITS, size / (INK * pixel), share);
    const corner = (low, high) => between(0, (low + high - INK * pixel) / 2, share);
    drawStrokes(pen, scale, between(BRUSH, MNIST_PEN * pixel, share), corner(left, right), corner(top, bottom));
  }

  /* The 20×20 moves from the middle to where its centre of mass is in the middle. */
  function drawShift(pen, size) {
    const { context } = pen;
    const [unit, share] = [size / FRAME, partOfMotion("shift")];
    const [left, top] = answer.corner.map((end) => between((FRAME - INK) / 2, end, share) * unit);
    if (share === 1) pen.image(bytesOf(answer.reading.pixels), FRAME, FRAME, 0, 0, size);
    else if (time > PARTS.shift[0]) pen.image(bytesOf(answer.ink), INK, INK, left, top, INK * unit);
    frame(context, [left, top, left + INK * unit, top + INK * unit]);
    cross(context, size / 2, size / 2, 7);
  }

  function frame(context, [left, top, right, bottom]) {
    context.strokeStyle = ORANGE;
    context.lineWidth = 2;
    context.strokeRect(left, top, right - left, bottom - top);
  }

  function cross(context, x, y, reach) {
    context.beginPath();
    context.moveTo(x - reach, y);
    context.lineTo(x + reach, y);
    context.moveTo(x, y - reach);
    context.lineTo(x, y + reach);
    context.stroke();
  }

  function tellReading(pen, { x, y, size }, reading) {
    const { digit, is_digit: isDigit, probabilities } = reading;
    const sure = digit === null ? "" : percent(probabilities[digit]);
    const words = digit === null ? "" : isDigit ? `${sure}\u00a0%` : text("preprocessing_sure", { digit, sure });
    pen.text(`${verdictOf(reading) || "–"}  ${words}`, x, y + size + 22, { weight: 600, size: 15, fit: size });
  }

  function play() {
    if (!answer || played === answer.reading.pixels) return;
    played = answer.reading.pixels;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const begun = performance.now();
    time = 0;
    figure.redraw();
    root.dataset.motion = "playing";
    requestAnimationFrame(function move(now) {
      if (time === 1) return; // the drawing has changed
      time = Math.max(0, Math.min(1, (now - begun) / MOTION));
      figure.redraw();
      if (time < 1) requestAnimationFrame(move);
      else root.dataset.motion = "ended";
    });
  }

  naively.addEventListener("change", figure.redraw);
  followDrawing(root, {
    ask: ({ drawing: { strokes, reading } }) => (
      strokes.length ? server.ask({ strokes }) : Promise.resolve(stepsOfPicture(reading))),
    show(next, asked) {
      [answer, drawing, time] = [next, asked?.drawing, 1];
      naively.disabled = Boolean(answer && !answer.naive);
      clearTimeout(timer);
      timer = setTimeout(play, REST);
      if (answer) tellOutcome({ tab: "preprocessing", ...asked });
      figure.redraw();
    },
  });
}

/* Of a picture only the result is known: its ink in the 28×28, of which the 20×20 is around the ink's middle. */
function stepsOfPicture(reading) {
  const pixels = bytesOf(reading.pixels);
  const at = [...pixels.keys()].filter((i) => pixels[i]);
  const corner = [at.map((i) => i % FRAME), at.map((i) => Math.floor(i / FRAME))].map((places) => (
    Math.max(0, Math.min(FRAME - INK, Math.round((Math.min(...places) + Math.max(...places) + 1 - INK) / 2)))));
  const ink = Array.from({ length: INK * INK }, (_, i) => (
    pixels[(corner[1] + Math.floor(i / INK)) * FRAME + corner[0] + (i % INK)]));
  return { reading, corner, ink: btoa(String.fromCharCode(...ink)) };
}
