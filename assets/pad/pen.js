/* The hand at the pad: pointer events and keys in, strokes out. */
import { onGrain, onPad } from "./drawing.js";
import { PAD_UNITS } from "../shared/strokes.js";
import { ERASER, erased } from "./eraser.js";


const LEAST_STEP = 2; // pad units; points closer than this say nothing new
const KEY_STEP = 25; // pad units for each arrow key; a fifth of it with Shift
const ERASER_BUTTON = 5; // the other end of a stylus
const ERASER_BUTTONS = 32;
const MARGIN = 28; // CSS pixels around the pad from which a stroke may come
const BOTH_WITHIN = 300; // ms after the first finger the second one comes, when they mean the page
const PALM_AFTER = 1000; // ms since the pen was seen, in which a touch is the palm
const TAP = 25; // pad units that a finger moves while it taps
const PRESSED = "button, a, input, label, select, canvas, .docked"; // a press on these means them
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/* Where the way from a point on the pad to one beside it crosses the edge. */
function edge(inside, outside) {
  const shares = inside.map((value, axis) => {
    const step = outside[axis] - value;
    return step > 0 ? (PAD_UNITS - value) / step : step < 0 ? value / -step : 1;
  });
  const share = Math.min(1, ...shares);
  return inside.map((value, axis) => onGrain(value + share * (outside[axis] - value)));
}

/* Callbacks: isErasing() - whether the eraser is in the hand; brush() - its width in pad units;
 * isSpot(point) - whether a tap there presses something, which onTap(point) does, and draws no dot; onStart() - before the
 * pad is touched; onLift() - when it is let go; onFull(); onKeys(isDown) - by keyboard the pen was lowered or lifted.
 */
export function createPen(canvas, drawing, renderer,
  { isErasing, brush, isSpot, onTap, onStart, onLift, onFull, onKeys }) {
  /** @type {PointerEvent | null} */
  let pointer = null; // the pointer-down event of the pointer that draws; others are ignored
  /** @type {import("../shared/strokes.js").Stroke | null} */
  let wet = null; // the stroke being drawn, the last one of the drawing
  /** @type {import("../shared/strokes.js").Point | null} */
  let away = null; // where the pen was last seen while it is beside the pad
  /** @type {(import("../shared/strokes.js").Point & {isCutting?: boolean}) | null} */
  let rubbed = null; // where the eraser was last
  let isStep = false; // what is being drawn or rubbed is a step of the drawing
  let penSeen = -Infinity; // when, in ms
  /** @type {{at: import("../shared/strokes.js").Point, time: number} | null} */
  let spot = null; // where a tap, or a stroke, has begun on something that can be pressed
  let isComing = false; // pressed beside the pad: the stroke begins at its edge
  /** @type {import("../shared/strokes.js").Point | null} */
  let keyed = null; // where the keyboard's pen is; null until it is used
  let isKeyDown = false; // the keyboard's pen is lowered
  const held = new Set(); // arrow keys

  /* In pad units. */
  function place(event, box) {
    return /** @type {import("../shared/strokes.js").Point} */ ([
      ((event.clientX - box.left) / box.width) * PAD_UNITS,
      ((event.clientY - box.top) / box.height) * PAD_UNITS,
    ].map(onGrain));
  }

  /* Returns whether the drawing changed. */
  function addPoint(point, time) {
    if (!onPad(point)) {
      const leaving = wet;
      if (leaving) push(leaving, edge(leaving.points.at(-1), point), time);
      lift();
      away = point;
      return Boolean(leaving);
    }
    if (!wet) {
      wet = { points: [], times: [] };
      if (away) push(wet, edge(point, away), time);
      away = null;
      push(wet, point, time);
      drawing.strokes().push(wet);
      renderer.setWet(wet);
      return true;
    }
    const [lastX, lastY] = wet.points[wet.points.length - 1];
    if (Math.hypot(point[0] - lastX, point[1] - lastY) < LEAST_STEP) return false;
    push(wet, point, time);
    return true;
  }

  function push(stroke, point, time) {
    stroke.points.push(point);
    stroke.times.push(Math.round(time));
  }

  function lift() {
    if (!wet) return;
    wet = null;
    renderer.setWet(null);
  }

  /* A new step of the drawing; what is on the pad as a picture makes way. False if it is full. */
  function begin() {
    lift();
    onStart();
    if (drawing.isFull()) {
      onFull();
      return false;
    }
    away = null;
    isComing = false;
    const hadPicture = Boolean(drawing.picture());
    drawing.step({ strokes: [...drawing.strokes()] });
    isStep = true;
    if (hadPicture) drawing.cut([]);
    return true;
  }

  function rub(point) {
    const left = erased(drawing.strokes(), rubbed ?? point, point, ERASER + brush() / 2);
    const isCut = left.length !== drawing.strokes().length
      || left.some((stroke, i) => stroke !== drawing.strokes()[i]);
    if (isCut && drawing.wouldOverflow(left)) { // each cut makes two strokes of one
      onFull();
      return;
    }
    if (isCut && !rubbed?.isCutting) {
      drawing.become({ strokes: left });
      isStep = true;
    } else if (isCut) {
      drawing.cut(left);
    }
    const isCutting = isCut || rubbed?.isCutting;
    rubbed = Object.assign(/** @type {import("../shared/strokes.js").Point} */ ([...point]), { isCutting }); // of one rub, one undo
    if (isCut) renderer.refresh();
    renderer.setCursor({ at: point, radius: ERASER });
  }

  /* `isPast`: it may have been lifted since. */
  function follow(event, isPast = false) {
    pointer = event;
    if (isPast) return;
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch {
      pointer = null;
      lift(); // the pointer is gone already: its dot stays, and nothing is left to follow
    }
  }

  const isPalm = (/** @type {PointerEvent} */ { pointerType, timeStamp }) => (
    pointerType === "touch" && timeStamp - penSeen < PALM_AFTER);

  /* Two fingers zoom and scroll the page: the first one's stroke was not meant. */
  function second(/** @type {PointerEvent} */ { isPrimary, pointerType, timeStamp }) {
    if (isPrimary || pointerType !== "touch" || pointer?.pointerType !== "touch") return;
    if (timeStamp - pointer.timeStamp < BOTH_WITHIN) release(false);
  }

  const boxNow = () => canvas.getBoundingClientRect();

  function down(event, box = boxNow(), isPast = false) {
    const isRubber = event.button === ERASER_BUTTON;
    if (!event.isPrimary || (event.button !== 0 && !isRubber)) return; // another finger or button
    // Beside a pen a touch is the palm; a pen beside a touch is meant.
    const isOther = pointer !== null && pointer.pointerType !== event.pointerType;
    if (event.pointerType === "pen") penSeen = event.timeStamp;
    else if (isOther || isPalm(event)) return;
    event.preventDefault(); // no text is selected, nothing is dragged
    // Of its kind only one is primary: the last one has gone, even if we were not told.
    release(!(isOther && pointer?.pointerType === "touch"));
    isKeyDown = false;
    if (!box.width) return;
    const point = place(event, box);
    if (isErasing() || isRubber) {
      onStart();
      follow(event, isPast);
      rub(point);
      if (!pointer) release();
      return;
    }
    isComing = !onPad(point);
    if (!isComing && isSpot(point)) {
      spot = { at: point, time: event.timeStamp };
      follow(event, isPast);
      return;
    }
    if (isComing) {
      away = point;
    } else {
      if (!begin()) return;
      addPoint(point, event.timeStamp);
    }
    follow(event, isPast);
    if (!isComing) drawing.grow();
  }

  /* Beside the pad, and on nothing else that can be pressed. A finger there moves the page. */
  function downBeside(event) {
    if (event.pointerType === "touch" || event.target.closest(PRESSED)) return;
    const { left, top, right, bottom } = boxNow();
    const [x, y] = [event.clientX, event.clientY];
    if (x < left - MARGIN || x > right + MARGIN || y < top - MARGIN || y > bottom + MARGIN) return;
    down(event);
  }

  /* The pen was pressed beside the pad: is it there now? Returns whether it is. */
  function comes(point) {
    if (!onPad(point)) {
      away = point;
      return false;
    }
    const from = away;
    if (!begin()) {
      release();
      return false;
    }
    away = from;
    return true;
  }

  /* What began as a tap: is it a stroke? Returns whether it is. */
  function goesOn(point, { at, time }) {
    if (Math.hypot(point[0] - at[0], point[1] - at[1]) < TAP) return false;
    spot = null;
    if (!begin()) {
      release();
      return false;
    }
    return addPoint(at, time);
  }

  function move(event, /** @type {DOMRect | undefined} */ boxThen = undefined) {
    if (event.pointerType === "pen") penSeen = event.timeStamp; // over the pad, too
    if (event.pointerId !== pointer?.pointerId) {
      if (!pointer && event.isPrimary && isErasing() && event.pointerType !== "touch") {
        renderer.setCursor({ at: place(event, boxNow()), radius: ERASER });
      }
      return;
    }
    const box = boxThen ?? boxNow();
    const buttons = 1 | ERASER_BUTTONS;
    const isUp = event.pointerType === "mouse" && !(event.buttons & buttons); // we missed it
    if (isUp || !box.width) {
      up(event);
      return;
    }
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const events = coalesced.length ? coalesced : [event];
    if (rubbed) {
      for (const each of events) rub(place(each, box));
      return;
    }
    let changed = false;
    for (const each of events) {
      const point = place(each, box);
      if ((isComing && !comes(point)) || (spot && !goesOn(point, spot))) {
        if (!pointer) break;
        continue;
      }
      changed = addPoint(point, each.timeStamp) || changed;
    }
    if (!changed) return;
    renderer.drawSoon();
    drawing.grow();
    if (drawing.isFull()) {
      up(event);
      onFull();
    }
  }

  function up(event) {
    if (event.pointerId !== pointer?.pointerId) return;
    const tapped = spot?.at;
    release(); // its last point has been told already
    if (tapped) onTap(tapped);
  }

  /* The system has taken the pointer away: for a gesture of its own, or as a palm. */
  function cancel(event) {
    if (event.pointerId === pointer?.pointerId) release(false);
  }

  /* `isMeant`: else what was being drawn or rubbed is taken back. */
  function release(isMeant = true) {
    pointer = spot = null;
    if (rubbed) {
      rubbed = null;
      renderer.setCursor(null);
    }
    lift();
    if (isStep && !isMeant) drawing.takeBack();
    isStep = false;
    onLift();
  }

  function keyboardPen(isDown) {
    isKeyDown = isDown;
    const radius = isErasing() ? ERASER : brush() / 2 + 6;
    renderer.setCursor(keyed && { at: keyed, radius, isDown });
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") {
      event.preventDefault();
      if (event.repeat) return;
      release();
      keyed ??= [PAD_UNITS / 2, PAD_UNITS / 2];
      if (isKeyDown) {
        keyboardPen(false);
      } else if (isErasing()) {
        onStart();
        rub(keyed);
        keyboardPen(true);
      } else if (begin()) {
        addPoint(keyed, event.timeStamp);
        keyboardPen(true);
        drawing.grow();
      }
      onKeys(isKeyDown);
    } else if (event.key in ARROWS) {
      event.preventDefault();
      held.add(event.key); // two at once move it aslant
      keyed ??= [PAD_UNITS / 2, PAD_UNITS / 2];
      const step = event.shiftKey ? KEY_STEP / 5 : KEY_STEP;
      const moved = (value, axis) => {
        const way = [...held].reduce((sum, arrow) => sum + ARROWS[arrow][axis], 0);
        return Math.min(PAD_UNITS, Math.max(0, value + step * way));
      };
      keyed = [moved(keyed[0], 0), moved(keyed[1], 1)];
      if (isKeyDown && !wet && !rubbed) isKeyDown = false; // undone or cleared meanwhile
      if (isKeyDown && rubbed) rub(keyed);
      else if (isKeyDown && addPoint(keyed, event.timeStamp)) drawing.grow();
      if (isKeyDown && drawing.isFull()) {
        release();
        isKeyDown = false;
        onFull();
      }
      keyboardPen(isKeyDown);
    }
  }

  canvas.addEventListener("pointerdown", (event) => down(event));
  // A fast stroke is no fling, whose end would swallow a tap on a button right after it (Chromium), and
  // a finger that joins in the midst of it moves nothing.
  canvas.addEventListener("touchmove", (event) => {
    if (pointer && event.cancelable) event.preventDefault();
  }, { passive: false });
  canvas.addEventListener("contextmenu", (event) => {
    if (event.pointerType !== "mouse") event.preventDefault(); // press-and-hold is a dot
  });
  document.addEventListener("pointerdown", second, { capture: true });
  document.addEventListener("pointerdown", downBeside);
  canvas.addEventListener("pointermove", (event) => move(event));
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", cancel);
  canvas.addEventListener("lostpointercapture", up);
  canvas.addEventListener("pointerleave", () => pointer || renderer.setCursor(null));
  canvas.addEventListener("keydown", key);
  canvas.addEventListener("keyup", (event) => held.delete(event.key));
  canvas.addEventListener("blur", () => {
    held.clear();
    if (isKeyDown) release();
    keyed = null;
    keyboardPen(false);
  });

  return {
    /* Lets go of the stroke that is being drawn; the drawing keeps it. */
    release() {
      release();
      if (isKeyDown) keyboardPen(false);
    },
    isDown: () => Boolean(wet || rubbed),
    /* Does once more what was done before it was there: events, and where the pad was then. */
    takeOver(/** @type {{event: PointerEvent, box: DOMRect}[]} */ noted) {
      for (const { event, box } of noted) {
        if (event.type === "pointerdown" && !event.isPrimary) second(event);
        else if (event.type === "pointerdown") down(event, box, true);
        else if (event.type === "pointercancel") cancel(event);
        else if (event.type === "pointermove") move(event, box);
        else up(event);
      }
      if (pointer) follow(pointer);
    },
  };
}
