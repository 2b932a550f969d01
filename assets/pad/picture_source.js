/* Where a picture comes from: the button opens the files; on a phone it asks first whether to take a photograph,
 * for a phone's browser offers its camera or its pictures, not always both.
 */

/** @param {HTMLElement} sketchpad */
export function createPictureSource(sketchpad) {
  const part = (/** @type {string} */ name) => (
    /** @type {HTMLElement} */ (sketchpad.querySelector(`[data-testid="${name}"]`)));
  const [button, sources, chooser] = ["picture", "sources", "chooser"].map(part);

  function show(/** @type {boolean} */ isOpen) {
    sources.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) sources.querySelector("button")?.focus({ preventScroll: true });
  }

  function choose(/** @type {boolean} */ isPhotographed) {
    show(false);
    if (isPhotographed) chooser.setAttribute("capture", "environment"); // the camera at the phone's back
    else chooser.removeAttribute("capture");
    chooser.click();
  }

  button.addEventListener("click", () => {
    if (matchMedia("(pointer: coarse)").matches) show(Boolean(sources.hidden));
    else choose(false);
  });
  part("camera").addEventListener("click", () => choose(true));
  part("picture-file").addEventListener("click", () => choose(false));
  sources.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const isOutside = target instanceof Node && !sources.contains(target) && !button.contains(target);
    if (isOutside && !sources.hidden) show(false);
  });
}
