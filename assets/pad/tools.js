/* The tools beside the pad, by button and by key: undo, redo, clear, eraser and brush. */
import { partsOf } from "../shared/parts.js";
import { store, stored } from "../shared/storage.js";
import { BRUSH } from "../shared/strokes.js";
import { isTyping } from "../shared/typing.js";

const BRUSH_KEPT = "mnist-brush"; // in localStorage

/**
 * @param {HTMLElement} sketchpad
 * @param {import("./drawing.js").Drawing} drawing
 * @param {object} options
 * @param {(act: () => void) => void} options.step lets a tool change the drawing
 * @param {() => void} options.onEraser the eraser was taken or put down
 * @param {() => void} options.onBrush
 */
export function createTools(sketchpad, drawing, { step, onEraser, onBrush }) {
  const part = partsOf(sketchpad);
  const [slider, eraser] = [part("brush"), part("erase")];
  slider.value = stored(BRUSH_KEPT) ?? BRUSH;

  const isErasing = () => eraser.ariaPressed === "true";
  const undo = () => step(drawing.undo);
  const redo = () => step(drawing.redo);

  function clear() {
    if (!drawing.isBlank()) step(() => drawing.become({}));
  }

  function turnEraser() {
    eraser.ariaPressed = String(!isErasing());
    onEraser();
  }

  /** The tool that a key stands for. @param {KeyboardEvent} event */
  function toolOf({ key, ctrlKey, metaKey, altKey, shiftKey, repeat }) {
    const name = key.toLowerCase();
    const isCommand = ctrlKey || metaKey;
    if (isCommand && name === "z") return shiftKey ? redo : undo;
    if (isCommand && name === "y") return redo;
    if (isCommand || altKey || repeat) return null;
    return name === "delete" ? clear : name === "e" ? turnEraser : null;
  }

  for (const [name, act] of Object.entries({ undo, redo, clear, erase: turnEraser })) part(name).addEventListener("click", act);
  slider.addEventListener("input", () => {
    onBrush();
    store(BRUSH_KEPT, slider.valueAsNumber);
  });
  document.addEventListener("keydown", (event) => {
    const tool = isTyping(event.target) ? null : toolOf(event);
    if (!tool) return;
    tool();
    event.preventDefault();
  });

  return {
    isErasing,
    /** The ink's width in pad units. */
    brush: () => Number(slider.value) || BRUSH,
    /** Shows what can be done. Not `disabled`: a button that was just used must keep the keyboard's focus.
     * @param {Record<string, boolean>} isUsable by the name of a tool */
    show(isUsable) {
      for (const [name, is] of Object.entries(isUsable)) part(name).ariaDisabled = String(!is);
    },
  };
}
