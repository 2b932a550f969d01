/* The drawing on its canvas: a crisp line at every size and density, by day and by night. */
import { firstPoints } from "./drawing.js";
import { placeOn } from "./picture.js";
import { onRedraw } from "../shared/redraw.js";
import { PAD_UNITS } from "../shared/strokes.js";


const FAINT = 0.16; // opacity of ink that is still to come, when the drawing is played again
const FULL_HEIGHT = 500; // pad units; of digits less high than this the ink is thinner
const MIN_HEIGHT = 60; // what is less high says nothing about the size of digits: a dot, a dash
const MIN_SHARE = 0.3; // of the brush

/** @typedef {ReturnType<typeof createRenderer>} Renderer */
/** @typedef {import("../shared/strokes.js").Stroke} Stroke */
/** @typedef {{at: import("../shared/strokes.js").Point, radius: number, isDown?: boolean}} Cursor in pad units */

/**
 * One smooth line through points in pad units.
 * @param {CanvasRenderingContext2D} target @param {import("../shared/strokes.js").Point[]} points
 * @param {number} width in pad units @param {number} scale pixels of a pad unit
 */
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

/**
 * How wide the ink of a drawing is seen, as a share of the brush: thinner where the digits are small. What is read
 * are the lines, whatever their width.
 * @param {Stroke[]} strokes
 */
export function inkShare(strokes) {
  const heights = strokes.map(({ points }) => {
    let [top, bottom] = [Infinity, -Infinity];
    for (const [, y] of points) [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    return bottom - top;
  });
  const highest = Math.max(0, ...heights);
  return highest < MIN_HEIGHT ? 1 : Math.min(1, Math.max(MIN_SHARE, highest / FULL_HEIGHT));
}

/** @param {HTMLCanvasElement} canvas */
const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./drawing.js").Drawing} drawing
 * @param {() => number} brush the ink's width in pad units
 */
export function createRenderer(canvas, drawing, brush) {
  const context = contextOf(canvas);
  const dry = document.createElement("canvas"); // all but the wet stroke: a frame draws only that
  /** @type {Stroke | null} */
  let wet = null; // the stroke that is being drawn
  let share = 1; // of the brush: what the ink's width is now
  let shown = Infinity; // of the drawing's points; less while it is played again
  /** @type {Cursor | null} */
  let cursor = null; // the eraser, or the pen that the keyboard moves
  let frame = 0;

  const scale = () => canvas.width / PAD_UNITS;

  /** @param {CanvasRenderingContext2D} target @param {Stroke[]} strokes */
  function trace(target, strokes) {
    target.strokeStyle = getComputedStyle(canvas).color;
    for (const { points } of strokes) traceLine(target, points, share * brush(), scale());
  }

  /** @param {CanvasRenderingContext2D} target @param {import("./drawing.js").Picture} picture */
  function drawPicture(target, { bitmap: picture, ground }) {
    const box = placeOn(canvas.width, picture);
    if (ground) {
      target.fillStyle = ground;
      target.fillRect(...box);
    }
    target.drawImage(picture, ...box);
  }

  /** @param {Cursor} cursor */
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
    const target = contextOf(dry);
    const picture = drawing.picture();
    if (picture) drawPicture(target, picture);
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
    /** The drawing has changed. @param {boolean} keepsWidth whether the ink stays as wide as it is */
    refresh(keepsWidth = false) {
      if (!keepsWidth) share = inkShare(drawing.strokes());
      dryAll();
    },
    /** The ink's width as it is seen, in pad units. */
    width: () => share * brush(),
    drawSoon,
    /** The stroke that is being drawn; null when it has dried. @param {Stroke | null} stroke */
    setWet(stroke) {
      const dried = wet;
      wet = stroke;
      const before = share;
      if (dried && !wet) share = inkShare(drawing.strokes());
      if (share !== before) dryAll();
      else if (dried) trace(contextOf(dry), [dried]);
      drawSoon();
    },
    /** Only so many points; the others are faint. @param {number} count */
    showFirst(count) {
      if (shown === count) return;
      shown = count;
      dryAll();
    },
    /** @param {Cursor | null} next */
    setCursor(next) {
      cursor = next;
      drawSoon();
    },
  };
}
