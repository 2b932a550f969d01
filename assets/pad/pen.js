/* The pen: pointer events at the pad become ink. */
import { PAD_UNITS } from "../shared/strokes.js";
import { onGrain, onPad } from "./drawing.js";
import { ERASER } from "./eraser.js";
import { createInk } from "./ink.js";
import { createKeyboardPen } from "./keyboard_pen.js";

const ERASER_BUTTON = 5; // the other end of a stylus
const PRESSED_BUTTONS = 1 | 32; // the first one, or the stylus' other end
const MARGIN = 28; // CSS pixels around the pad from which a stroke may come
const BOTH_WITHIN = 300; // ms after the first finger the second one comes, when they mean the page
const PALM_FOR = 1000; // ms since the pen was seen, in which a touch is the palm
const TAP = 25; // pad units that a finger moves while it taps
const PRESSABLE = "button, a, input, label, select, summary, canvas, .docked"; // a press on these means them

/** @typedef {import("../shared/strokes.js").Point} Point */

/** In pad units. @param {PointerEvent} event @param {DOMRect} box of the pad @returns {Point} */
function place({ clientX, clientY }, { left, top, width, height }) {
  return [onGrain(((clientX - left) / width) * PAD_UNITS), onGrain(((clientY - top) / height) * PAD_UNITS)];
}

/** @param {PointerEvent} event @param {DOMRect} box */
function isNear({ clientX, clientY }, { left, top, right, bottom }) {
  return clientX >= left - MARGIN && clientX <= right + MARGIN && clientY >= top - MARGIN && clientY <= bottom + MARGIN;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./drawing.js").Drawing} drawing
 * @param {import("./renderer.js").Renderer} renderer
 * @param {object} options
 * @param {() => boolean} options.isErasing whether the eraser is in the hand
 * @param {(point: Point) => boolean} options.isSpot whether a tap there presses something, and draws no dot
 * @param {(point: Point) => void} options.onTap presses it
 * @param {() => void} options.onStart before the pad is touched
 * @param {() => void} options.onEnd the pen was lifted
 * @param {() => void} options.onFull
 * @param {(isDown: boolean) => void} options.onKeys by keyboard the pen was lowered or lifted
 */
export function createPen(canvas, drawing, renderer,
  { isErasing, isSpot, onTap, onStart, onEnd, onFull, onKeys }) {
  /** @type {PointerEvent | null} */
  let pointer = null; // the pointer-down event of the pointer that draws; others are ignored
  let penSeenAt = -Infinity; // ms
  /** @type {{at: Point, time: number} | null} */
  let spot = null; // where a tap, or a stroke, has begun on something that can be pressed
  /** @type {Point | null} */
  let coming = null; // where the pen is that was pressed beside the pad: its stroke begins at the edge

  const ink = createInk(drawing, renderer, { onStart, onEnd, onFull });
  const keyboard = createKeyboardPen(canvas, ink, renderer, {
    isErasing, letGo, onGrow: () => drawing.grow(), onFull, onTurn: onKeys,
  });

  function release(isMeant = true) {
    pointer = spot = coming = null;
    ink.end(isMeant);
  }

  function letGo() {
    release();
    keyboard.lift();
  }

  /** @param {PointerEvent} event */
  function follow(event) {
    pointer = event;
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch {
      pointer = null;
      ink.dry(); // the pointer is gone already: its dot stays, and nothing is left to follow
    }
  }

  /** Two fingers zoom and scroll the page: the first one's stroke was not meant. @param {PointerEvent} event */
  function second({ isPrimary, pointerType, timeStamp }) {
    if (isPrimary || pointerType !== "touch" || pointer?.pointerType !== "touch") return;
    if (timeStamp - pointer.timeStamp < BOTH_WITHIN) release(false);
  }

  /** @param {PointerEvent} event */
  function down(event) {
    const box = canvas.getBoundingClientRect();
    const { pointerType, timeStamp } = event;
    const isRubber = event.button === ERASER_BUTTON;
    if (!event.isPrimary || (event.button !== 0 && !isRubber)) return; // another finger or button
    // Beside a pen a touch is the palm; a pen beside a touch is meant.
    const isOther = pointer !== null && pointer.pointerType !== pointerType;
    const isPalm = pointerType === "touch" && timeStamp - penSeenAt < PALM_FOR;
    if (pointerType === "pen") penSeenAt = timeStamp;
    else if (isOther || isPalm) return;
    event.preventDefault(); // no text is selected, nothing is dragged
    // Of its kind only one is primary: the last one has gone, even if its end was missed.
    release(!(isOther && pointer?.pointerType === "touch"));
    keyboard.lift();
    if (!box.width) return;
    const point = place(event, box);
    if (isErasing() || isRubber) {
      ink.beginRubbing(point);
      follow(event);
      if (!pointer) release();
    } else if (!onPad(point)) {
      coming = point;
      follow(event);
    } else if (isSpot(point)) {
      spot = { at: point, time: timeStamp };
      follow(event);
    } else if (ink.begin()) {
      ink.add(point, timeStamp);
      follow(event);
      drawing.grow();
    }
  }

  /** The pen was pressed beside the pad: is it there now? @param {Point} point */
  function comes(point) {
    const from = coming;
    coming = onPad(point) ? null : point;
    if (coming) return false;
    if (ink.begin(from)) return true;
    release();
    return false;
  }

  /** What began as a tap: is it a stroke? @param {Point} point @param {{at: Point, time: number}} tap */
  function goesOn(point, { at, time }) {
    if (Math.hypot(point[0] - at[0], point[1] - at[1]) < TAP) return false;
    spot = null;
    if (ink.begin()) return ink.add(at, time);
    release();
    return false;
  }

  /** @param {PointerEvent} event @param {DOMRect} box */
  function draw(event, box) {
    let changed = false;
    const coalesced = event.getCoalescedEvents?.() ?? [];
    for (const each of coalesced.length ? coalesced : [event]) {
      const point = place(each, box);
      if (ink.isRubbing()) {
        ink.rub(point);
      } else if ((!coming || comes(point)) && (!spot || goesOn(point, spot))) {
        changed = ink.add(point, each.timeStamp) || changed;
      }
      if (!pointer) break;
    }
    if (!changed) return;
    renderer.drawSoon();
    drawing.grow();
    if (!ink.isFull()) return;
    up(event);
    onFull();
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const box = canvas.getBoundingClientRect();
    if (event.pointerType === "pen") penSeenAt = event.timeStamp; // over the pad, too
    if (event.pointerId === pointer?.pointerId) {
      const isUp = event.pointerType === "mouse" && !(event.buttons & PRESSED_BUTTONS); // its end was missed
      if (isUp || !box.width) up(event);
      else draw(event, box);
    } else if (!pointer && event.isPrimary && isErasing() && event.pointerType !== "touch") {
      renderer.setCursor({ at: place(event, box), radius: ERASER });
    }
  }

  /** Its last point has come with the last move. @param {PointerEvent} event */
  function up(event) {
    if (event.pointerId !== pointer?.pointerId) return;
    const tapped = spot?.at;
    release();
    if (tapped) onTap(tapped);
  }

  /** The system takes the pointer away: for a gesture of its own, or as a palm. @param {PointerEvent} event */
  function cancel(event) {
    if (event.pointerId === pointer?.pointerId) release(false);
  }

  canvas.addEventListener("pointerdown", down);
  // A fast stroke is no fling, whose end would swallow a tap on a button right after it (Chromium), and
  // a finger that joins in the midst of it moves nothing.
  canvas.addEventListener("touchmove", (event) => {
    if (pointer && event.cancelable) event.preventDefault();
  }, { passive: false });
  canvas.addEventListener("contextmenu", (event) => {
    if (!(event instanceof PointerEvent) || event.pointerType !== "mouse") event.preventDefault(); // press-and-hold is a dot
  });
  document.addEventListener("pointerdown", second, { capture: true });
  // Beside the pad, and on nothing else that can be pressed. A finger there moves the page.
  document.addEventListener("pointerdown", (event) => {
    const isElse = event.target instanceof Element && event.target.closest(PRESSABLE);
    if (event.pointerType !== "touch" && !isElse && isNear(event, canvas.getBoundingClientRect())) down(event);
  });
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", cancel);
  canvas.addEventListener("lostpointercapture", up);
  canvas.addEventListener("pointerleave", () => pointer || renderer.setCursor(null));

  return {
    /** The stroke that is being drawn ends; the drawing keeps it. */
    release: letGo,
    isDown: ink.isDown,
  };
}
