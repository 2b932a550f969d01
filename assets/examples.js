/* Example drawings that draw themselves when tapped. */
import { firstPoints, PAD_UNITS } from "./drawing.js";
import { traceLine } from "./renderer.js";


const THUMBNAIL = 56; // CSS pixels
const THUMBNAIL_BRUSH = 85;
const SPEED = 1.1; // pad units a millisecond
const LIFT = 160; // ms from one stroke to the next

/* When a hand might have reached each point. */
function timed(points, start) {
  let now = start;
  return points.map((point, i) => {
    if (i) now += Math.hypot(point[0] - points[i - 1][0], point[1] - points[i - 1][1]) / SPEED;
    return Math.round(now);
  });
}

export function createExamples(element, drawing, examples, { text }, { onStart }) {
  const row = element.querySelector('[data-testid="examples"]');
  let frame = 0;

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
  }

  function play(strokes) {
    stop();
    onStart();
    let start = 0;
    const whole = strokes.map((points) => {
      const times = timed(points, start);
      start = times.at(-1) + LIFT;
      return { points, times };
    });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      drawing.become({ strokes: whole });
      return;
    }
    drawing.become({ strokes: [] });
    const started = performance.now();
    const step = (now) => {
      const count = whole.reduce(
        (sum, { times }) => sum + times.filter((time) => time <= now - started).length, 0);
      const isDone = now - started >= start - LIFT;
      frame = isDone ? 0 : requestAnimationFrame(step);
      drawing.grow(isDone ? whole : firstPoints(whole, count));
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
