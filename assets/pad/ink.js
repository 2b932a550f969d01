/* Ink: a stroke begins, grows and ends, and the eraser cuts strokes. Pointers and keys write with it. From the
 * moment the pen is lowered until it is lifted, all changes are one step of the drawing.
 */
import { PAD_UNITS } from "../shared/strokes.js";
import { onGrain, onPad } from "./drawing.js";
import { ERASER, erased } from "./eraser.js";

const MIN_STEP = 2; // pad units from one point of a stroke to the next

/** @typedef {import("../shared/strokes.js").Point} Point */
/** @typedef {import("../shared/strokes.js").Stroke} Stroke */
/** @typedef {ReturnType<typeof createInk>} Ink */

/** Where the line from a point on the pad to one outside crosses the edge. @param {Point} inside @param {Point} outside */
function edge(inside, outside) {
  const shares = inside.map((value, axis) => {
    const step = outside[axis] - value;
    return step > 0 ? (PAD_UNITS - value) / step : step < 0 ? value / -step : 1;
  });
  const share = Math.min(1, ...shares);
  const at = (/** @type {0 | 1} */ axis) => onGrain(inside[axis] + share * (outside[axis] - inside[axis]));
  return /** @type {Point} */ ([at(0), at(1)]);
}

/** @param {Stroke} stroke @param {Point} point @param {number} time */
function push(stroke, point, time) {
  stroke.points.push(point);
  stroke.times.push(Math.round(time));
}

/**
 * @param {import("./drawing.js").Drawing} drawing
 * @param {import("./renderer.js").Renderer} renderer
 * @param {object} options
 * @param {() => void} options.onStart before the pad is touched
 * @param {() => void} options.onEnd the pen was lifted
 * @param {() => void} options.onFull there is no room for what was to be drawn
 */
export function createInk(drawing, renderer, { onStart, onEnd, onFull }) {
  /** @type {Stroke | null} */
  let wet = null; // the stroke that is being drawn, the last one of the drawing
  /** @type {Point | null} */
  let outside = null; // where the pen was last, while it is beside the pad
  /** @type {Point | null} */
  let rubbed = null; // where the eraser was last
  let isStep = false; // the lowered pen has changed the drawing

  function dry() {
    if (!wet) return;
    wet = null;
    renderer.setWet(null);
  }

  return {
    isDown: () => Boolean(wet || rubbed),
    isRubbing: () => rubbed !== null,
    isFull: drawing.isFull,
    dry,

    /** A new step of the drawing; a picture on the pad makes way. False if the pad is full.
     * @param {Point | null} [from] where the pen comes from, beside the pad */
    begin(from = null) {
      dry();
      onStart();
      if (drawing.isFull()) {
        onFull();
        return false;
      }
      outside = from;
      const hadPicture = Boolean(drawing.picture());
      drawing.step({ strokes: [...drawing.strokes()] });
      isStep = true;
      if (hadPicture) drawing.cut([]);
      return true;
    },

    /** Returns whether the drawing changed. @param {Point} point @param {number} time in ms */
    add(point, time) {
      if (!onPad(point)) {
        const leaving = wet;
        if (leaving) push(leaving, edge(leaving.points[leaving.points.length - 1], point), time);
        dry();
        outside = point;
        return leaving !== null;
      }
      if (!wet) {
        wet = { points: [], times: [] };
        if (outside) push(wet, edge(point, outside), time);
        outside = null;
        push(wet, point, time);
        drawing.strokes().push(wet);
        renderer.setWet(wet);
        return true;
      }
      const [lastX, lastY] = wet.points[wet.points.length - 1];
      if (Math.hypot(point[0] - lastX, point[1] - lastY) < MIN_STEP) return false;
      push(wet, point, time);
      return true;
    },

    /** The eraser is lowered. @param {Point} point */
    beginRubbing(point) {
      onStart();
      this.rub(point);
    },

    /** @param {Point} point */
    rub(point) {
      const before = drawing.strokes();
      const left = erased(before, rubbed ?? point, point, ERASER + renderer.width() / 2);
      rubbed = point;
      const isCut = left.length !== before.length || left.some((stroke, i) => stroke !== before[i]);
      if (isCut && drawing.wouldOverflow(left)) { // each cut makes two strokes of one
        onFull();
        return;
      }
      if (isCut && isStep) drawing.cut(left);
      else if (isCut) drawing.become({ strokes: left });
      isStep ||= isCut;
      if (isCut) renderer.refresh(true);
      renderer.setCursor({ at: point, radius: ERASER });
    },

    /** The pen is lifted. `isMeant`: else the step is taken back. */
    end(isMeant = true) {
      if (rubbed) renderer.setCursor(null);
      rubbed = null;
      dry();
      if (isStep && !isMeant) drawing.takeBack();
      isStep = false;
      onEnd();
    },
  };
}
