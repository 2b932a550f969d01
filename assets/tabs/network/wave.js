/* When a stroke ends, beads run along the strongest lines, step by step, from the ink to the digit. */
import { signColour } from "./colours.js";
import { linesInto } from "./lines.js";

const DURATION = 1300; // ms, all the way
const OVERLAP = 1.6; // steps; how long a bead takes
const MIN_SHARE = 0.3; // of a step's strongest line; weaker lines carry no bead

/** A point of a Bézier curve. @param {number[][]} points @param {number} t 0 to 1 */
export function along(points, t) {
  const s = 1 - t;
  const weights = [s ** 3, 3 * s * s * t, 3 * s * t * t, t ** 3];
  return [0, 1].map((axis) => points.reduce((sum, point, i) => sum + weights[i] * point[axis], 0));
}

/** @param {HTMLCanvasElement} canvas over the network's, of its size */
export function createWave(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let frame = 0;

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
    context.clearRect(0, 0, canvas.width, canvas.height);
  }

  /** @param {any} head @param {(index: number, line: import("./lines.js").Line) => number[][]} curve */
  function run(head, curve) {
    stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const density = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * density);
    canvas.height = Math.round(canvas.clientHeight * density);
    context.setTransform(density, 0, 0, density, 0, 0);
    const last = head.layers.length - 1;
    const steps = head.layers.map((_, index) => linesInto(head, index)
      .filter(({ share, to }) => share > MIN_SHARE && (index < last || to === head.digit))
      .map((line) => ({ ...line, points: curve(index, line) }))).filter(({ length }) => length);
    const end = steps.length + OVERLAP - 1;
    const start = performance.now();
    const draw = () => {
      const progress = ((performance.now() - start) / DURATION) * end;
      context.clearRect(0, 0, canvas.width, canvas.height);
      if (progress > end) return;
      steps.forEach((lines, step) => {
        const t = (progress - step) / OVERLAP;
        if (t > 0 && t < 1) lines.forEach((line) => bead(line, t));
      });
      frame = requestAnimationFrame(draw);
    };
    draw();
  }

  function bead({ points, value, share }, t) {
    const [x, y] = along(points, t);
    context.fillStyle = signColour(value, Math.sin(Math.PI * t) ** 0.6);
    context.shadowColor = signColour(value);
    context.shadowBlur = 8;
    context.beginPath();
    context.arc(x, y, 1.6 + 2.2 * share, 0, 2 * Math.PI);
    context.fill();
  }

  return { run, stop };
}
