/* The pad by keyboard: arrow keys move a pen or the eraser, the space bar lowers and lifts it. */
import { PAD_UNITS } from "../shared/strokes.js";
import { ERASER } from "./eraser.js";

const KEY_STEP = 25; // pad units for each arrow key; a fifth of it with Shift
const RING = 6; // pad units from the ink to the ring that shows where the pen is
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLElement} canvas
 * @param {import("./ink.js").Ink} ink
 * @param {import("./renderer.js").Renderer} renderer
 * @param {object} options
 * @param {() => boolean} options.isErasing
 * @param {() => void} options.letGo ends what any pen is drawing
 * @param {() => void} options.onGrow the stroke has become longer
 * @param {() => void} options.onFull
 * @param {(isDown: boolean) => void} options.onTurn the pen was lowered or lifted
 */
export function createKeyboardPen(canvas, ink, renderer, { isErasing, letGo, onGrow, onFull, onTurn }) {
  /** @type {import("../shared/strokes.js").Point | null} */
  let at = null; // where the pen is; null until the keyboard is used
  let isDown = false;
  /** @type {Set<string>} */
  const held = new Set(); // arrow keys

  function set(/** @type {boolean} */ isLowered) {
    isDown = isLowered;
    const radius = isErasing() ? ERASER : renderer.width() / 2 + RING;
    renderer.setCursor(at && { at, radius, isDown });
  }

  function turn(/** @type {number} */ time) {
    const wasDown = isDown;
    letGo();
    at ??= [PAD_UNITS / 2, PAD_UNITS / 2];
    if (!wasDown && isErasing()) {
      ink.beginRubbing(at);
      set(true);
    } else if (!wasDown && ink.begin()) {
      ink.add(at, time);
      set(true);
      onGrow();
    }
    onTurn(isDown);
  }

  function move(/** @type {number} */ step, /** @type {number} */ time) {
    const moved = (/** @type {0 | 1} */ axis) => {
      const way = [...held].reduce((sum, arrow) => sum + ARROWS[arrow][axis], 0);
      return Math.min(PAD_UNITS, Math.max(0, (at?.[axis] ?? PAD_UNITS / 2) + step * way));
    };
    at = [moved(0), moved(1)];
    if (!ink.isDown()) isDown = false; // undone or cleared meanwhile
    if (isDown && ink.isRubbing()) ink.rub(at);
    else if (isDown && ink.add(at, time)) onGrow();
    if (isDown && ink.isFull()) {
      letGo();
      onFull();
    }
    set(isDown);
  }

  canvas.addEventListener("keydown", (event) => {
    const isArrow = event.key in ARROWS;
    if (event.ctrlKey || event.metaKey || event.altKey || !(isArrow || event.key === " ")) return;
    event.preventDefault();
    if (isArrow) {
      held.add(event.key); // two at once move the pen aslant
      move(event.shiftKey ? KEY_STEP / 5 : KEY_STEP, event.timeStamp);
    } else if (!event.repeat) {
      turn(event.timeStamp);
    }
  });
  canvas.addEventListener("keyup", (event) => held.delete(event.key));
  canvas.addEventListener("blur", () => {
    held.clear();
    if (isDown) letGo();
    at = null;
    set(false);
  });

  return {
    /** What was being drawn has ended otherwise. */
    lift() {
      if (isDown) set(false);
    },
  };
}
