/* Example drawings that draw themselves when tapped. */
import { firstPoints, PAD_UNITS } from "./drawing.js";
import { traceLine } from "./renderer.js";


const THUMBNAIL = 56; // CSS pixels
const THUMBNAIL_BRUSH = 85;
const SPEED = 1.1; // pad units a millisecond
const LIFT = 160; // ms from one stroke to the next

/** @typedef {import("./drawing.js").Point} Point */
/** @typedef {import("./drawing.js").Stroke} Stroke */

/**
 * Strokes with the times at which a hand might have reached their points, in ms from the start.
 * @param {Point[][]} drawn
 * @param {number} [speed] pad units a millisecond
 * @returns {Stroke[]}
 */
export function written(drawn, speed = SPEED) {
  let now = 0;
  return drawn.map((points, number) => {
    if (number) now += LIFT * (SPEED / speed);
    const times = points.map((point, i) => {
      if (i) now += Math.hypot(point[0] - points[i - 1][0], point[1] - points[i - 1][1]) / speed;
      return Math.round(now);
    });
    return { points, times };
  });
}

/**
 * What of it has been written by a time.
 * @param {Stroke[]} strokes @param {number} time in ms from the start
 */
export function writtenBy(strokes, time) {
  const count = strokes.reduce(
    (sum, { times }) => sum + times.filter((reached) => reached <= time).length, 0);
  return firstPoints(strokes, count);
}

/** How long the writing takes, in ms. @param {Stroke[]} strokes */
export const durationOf = (strokes) => strokes.at(-1)?.times.at(-1) ?? 0;

export function createExamples(element, drawing, examples, { text }, { onStart }) {
  const row = element.querySelector('[data-testid="examples"]');
  let frame = 0;

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
  }

  function play(drawn) {
    stop();
    onStart();
    const whole = written(drawn);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      drawing.become({ strokes: whole });
      return;
    }
    drawing.become({ strokes: [] });
    const started = performance.now();
    const step = (now) => {
      const isDone = now - started >= durationOf(whole);
      frame = isDone ? 0 : requestAnimationFrame(step);
      drawing.grow(isDone ? whole : writtenBy(whole, now - started));
    };
    frame = requestAnimationFrame(step);
  }

  const thumbnails = examples.map(({ name, strokes }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.example = name;
    button.title = text(`example_${name}`);
    button.setAttribute("aria-label", button.title);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = THUMBNAIL * Math.ceil(window.devicePixelRatio || 1);
    button.append(canvas);
    button.addEventListener("click", () => play(strokes));
    row.append(button);
    return { canvas, strokes };
  });

  function draw() {
    for (const { canvas, strokes } of thumbnails) {
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.strokeStyle = getComputedStyle(canvas).color;
      for (const points of strokes) {
        traceLine(context, points, THUMBNAIL_BRUSH, canvas.width / PAD_UNITS);
      }
    }
  }

  new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
  draw();
  return { play, stop };
}
