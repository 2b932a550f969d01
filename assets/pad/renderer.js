/* The drawing on its canvas: a crisp line at every size and density, by day and by night. */
import { firstPoints } from "./drawing.js";
import { placeOn } from "./picture_place.js";
import { onRedraw } from "../shared/redraw.js";
import { PAD_UNITS } from "../shared/strokes.js";


const FAINT = 0.16; // opacity of ink that is still to come, when the drawing is played again

/* One smooth line through points in pad units. */
export function traceLine(target, points, width, scale) {
  target.lineWidth = width * scale;
  target.lineCap = target.lineJoin = "round";
  target.beginPath();
  target.moveTo(points[0][0] * scale, points[0][1] * scale);
  // Through the middles of the segments, bent at the points: no corners where the hand had none.
  for (let i = 1; i < points.length - 1; i++) {
    const [x, y] = points[i];
    const [nextX, nextY] = points[i + 1];
    target.quadraticCurveTo(
      x * scale, y * scale, ((x + nextX) / 2) * scale, ((y + nextY) / 2) * scale);
  }
  const [endX, endY] = points[points.length - 1];
  target.lineTo(endX * scale + 0.01, endY * scale); // a line without length would leave no dot
  target.stroke();
}

export function createRenderer(canvas, drawing, brush) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const dry = document.createElement("canvas"); // all but the wet stroke: a frame draws only that
  /** @type {import("../shared/strokes.js").Stroke | null} */
  let wet = null; // the stroke that is being drawn
  let shown = Infinity; // of the drawing's points; less while it is played again
  /** @type {{at: import("../shared/strokes.js").Point, radius: number, isDown?: boolean} | null} */
  let cursor = null; // {at, radius, isDown}: the eraser, or the pen that the keyboard moves
  let frame = 0;

  const scale = () => canvas.width / PAD_UNITS;

  function trace(target, strokes) {
    target.strokeStyle = getComputedStyle(canvas).color;
    for (const { points } of strokes) traceLine(target, points, brush(), scale());
  }

  function drawPicture(target, { bitmap: picture, ground }) {
    const box = placeOn(canvas.width, picture);
    if (ground) {
      target.fillStyle = ground;
      target.fillRect(...box);
    }
    target.drawImage(picture, ...box);
  }

  function drawCursor({ at: [x, y], radius, isDown = false }) {
    context.beginPath();
    context.arc(x * scale(), y * scale(), radius * scale(), 0, 7);
    context.lineWidth = 2 * (window.devicePixelRatio || 1);
    context.strokeStyle = getComputedStyle(canvas).getPropertyValue("--bar-best");
    context.fillStyle = context.strokeStyle;
    if (isDown) context.fill();
    context.stroke();
  }

  function draw() {
    frame = 0;
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (dry.width) context.drawImage(dry, 0, 0);
    if (wet) trace(context, [wet]);
    if (cursor) drawCursor(cursor);
  }

  function drawSoon() {
    frame ||= requestAnimationFrame(draw);
  }

  function dryAll() {
    dry.width = canvas.width; // also wipes it
    dry.height = canvas.height;
    const target = /** @type {CanvasRenderingContext2D} */ (dry.getContext("2d"));
    if (drawing.picture()) drawPicture(target, drawing.picture());
    const strokes = drawing.strokes().filter((stroke) => stroke !== wet);
    if (shown < drawing.count()) {
      target.globalAlpha = FAINT;
      trace(target, strokes);
      target.globalAlpha = 1;
      trace(target, firstPoints(strokes, shown));
    } else {
      trace(target, strokes);
    }
    drawSoon();
  }

  function fit() {
    const side = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1));
    if (!side || side === canvas.width) return;
    canvas.width = canvas.height = side;
    dryAll();
    draw(); // resizing wiped the canvas: do not wait a frame with an empty one
  }

  new ResizeObserver(fit).observe(canvas);
  onRedraw(() => {
    fit();
    dryAll();
  });
  fit();

  return {
    refresh: dryAll,
    drawSoon,
    /* The stroke that is being drawn; null when it has dried. */
    setWet(stroke) {
      const dried = wet;
      wet = stroke;
      if (dried) trace(dry.getContext("2d"), [dried]);
      drawSoon();
    },
    showFirst(count) {
      if (shown === count) return;
      shown = count;
      dryAll();
    },
    setCursor(next) {
      cursor = next;
      drawSoon();
    },
  };
}
