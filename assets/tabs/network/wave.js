/* Once a drawing rests, beads run along the strongest lines, from the ink to the digit, step by step. */
import { signColour } from "./colours.js";
import { curveOf, linesInto } from "./overview.js";

const LASTS = 1300; // ms, all the way
const OVERLAP = 1.6; // steps that a bead takes part of another's time
const STRONG = 0.3; // of a step's strongest line; weaker ones carry no bead

/** A place on a Bézier curve. @param {number[][]} points @param {number} t 0 to 1 */
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

  /** @param {import("./layout.js").Layout} layout @param {any} head */
  function run(layout, head) {
    stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const density = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * density);
    canvas.height = Math.round(canvas.clientHeight * density);
    context.setTransform(density, 0, 0, density, 0, 0);
    const last = head.layers.length - 1;
    const steps = head.layers
      .map((/** @type {any} */ _, /** @type {number} */ number) => linesInto(head, number)
        .filter(({ share, to }) => share > STRONG && (number < last || to === head.digit))
        .map((line) => ({ ...line, points: curveOf(layout, number, line) })))
      .filter((/** @type {any[]} */ lines) => lines.length);
    const start = performance.now();
    const draw = () => {
      const progress = ((performance.now() - start) / LASTS) * (steps.length + OVERLAP - 1);
      context.clearRect(0, 0, canvas.width, canvas.height);
      if (progress > steps.length + OVERLAP - 1) return;
      steps.forEach((lines, number) => {
        const t = (progress - number) / OVERLAP;
        if (t <= 0 || t >= 1) return;
        for (const { points, value, share } of lines) {
          const [x, y] = along(points, t);
          context.fillStyle = signColour(value, Math.sin(Math.PI * t) ** 0.6);
          context.shadowColor = signColour(value);
          context.shadowBlur = 8;
          context.beginPath();
          context.arc(x, y, 1.6 + 2.2 * share, 0, 2 * Math.PI);
          context.fill();
        }
      });
      frame = requestAnimationFrame(draw);
    };
    draw();
  }

  return { run, stop };
}
