/* Presenting: the pad, its verdict and the open tab fill a projector's screen. */
import { partsOf } from "../shared/parts.js";
import { isTyping, usesArrows } from "../shared/typing.js";
import { openNeighbour } from "./stage.js";

/** To the tab before or after the open one. @type {Record<string, number>} */
const STEPS = { pageup: -1, arrowleft: -1, pagedown: 1, arrowright: 1 };

/**
 * @param {HTMLElement} sketchpad
 * @param {(key: string) => string} text
 * @param {() => void} onTurn presenting begins or ends
 */
export function createPresenting(sketchpad, text, onTurn) {
  const button = partsOf(sketchpad)("present");
  const words = button.querySelector("span");
  let isPointed = false; // the pointer was used after the Tab key
  const isOn = () => sketchpad.classList.contains("presenting");

  function turn(isWanted = !isOn()) {
    if (isWanted === isOn()) return;
    const focused = document.activeElement;
    if (isPointed && focused instanceof HTMLElement) focused.blur(); // its ring came with the key
    sketchpad.classList.toggle("presenting", isWanted);
    sketchpad.closest("#workbench")?.classList.toggle("on-projector", isWanted); // the stage, too
    words.textContent = text(isWanted ? "leave" : "present");
    button.title = text(isWanted ? "leave_hint" : "present_hint");
    onTurn();
    if (isWanted && document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {}); // or without
    else if (document.fullscreenElement) document.exitFullscreen();
  }

  /** What a key does. @param {KeyboardEvent} event @returns {(() => void) | null} */
  function actOf({ key, target, ctrlKey, metaKey, altKey, repeat }) {
    const name = key.toLowerCase();
    if (ctrlKey || metaKey || altKey || repeat || isTyping(target)) return null;
    if (name === "p") return turn;
    if (!isOn()) return null;
    if (name === "escape") return () => turn(false);
    const isOthers = name.startsWith("arrow") && usesArrows(target);
    return name in STEPS && !isOthers ? () => openNeighbour(STEPS[name]) : null;
  }

  button.addEventListener("click", () => turn());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") isPointed = false;
    const act = actOf(event);
    if (!act) return;
    act();
    event.preventDefault();
  });
  document.addEventListener("pointerdown", () => { isPointed = true; }, { capture: true });
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) turn(false);
  });
}
