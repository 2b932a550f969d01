/* Example drawings that draw themselves when tapped. */
import { PAD_UNITS } from "../shared/strokes.js";
import { durationOf, written, writtenBy } from "./hand.js";
import { onRedraw } from "../shared/redraw.js";
import { traceLine } from "./renderer.js";


const THUMBNAIL = 56; // CSS pixels
const THUMBNAIL_BRUSH = 85;

/** @typedef {{name: string, strokes: import("../shared/strokes.js").Point[][]}} Example */

export function createExamples(element, drawing, /** @type {Example[]} */ examples, { text }, { onStart }) {
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
    button.append(canvas);
    button.addEventListener("click", () => play(strokes));
    row.append(button);
    return { canvas, strokes };
  });

  function draw() {
    for (const { canvas, strokes } of thumbnails) {
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      canvas.width = canvas.height = THUMBNAIL * Math.ceil(window.devicePixelRatio || 1); // also wipes it
      context.strokeStyle = getComputedStyle(canvas).color;
      for (const points of strokes) {
        traceLine(context, points, THUMBNAIL_BRUSH, canvas.width / PAD_UNITS);
      }
    }
  }

  onRedraw(draw);
  draw();
  return { play, stop };
}
