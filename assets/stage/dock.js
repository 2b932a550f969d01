/* On a page of one column: once the pad has been scrolled away it stays in view as a small one, with
 * its verdict. Touched, it grows, to be drawn on; it is small again when the page is scrolled or
 * touched elsewhere.
 */

/* Where pad and stage stand side by side; else they are one column. */
export const WORKBENCH = "(min-width: 1100px) and (min-height: 34rem)";
const ROOM = 8; // CSS pixels of the pad that may be hidden before it is docked

export function createDock(sketchpad) {
  const paper = sketchpad.querySelector(".paper");
  const canvas = sketchpad.querySelector('[data-testid="sketchpad"]');
  const scrolled = () => window.scrollY + document.body.scrollTop; // the body scrolls in a frame (frame.js)
  const bench = window.matchMedia(WORKBENCH);
  let grownAt = 0; // where the page was scrolled to then

  const isDocked = () => sketchpad.classList.contains("docked");
  const isGrown = () => sketchpad.classList.contains("grown");

  function setGrown(isOn) {
    sketchpad.classList.toggle("grown", isOn);
    grownAt = scrolled();
  }

  function look() {
    const box = paper.getBoundingClientRect();
    const isAway = !bench.matches && !sketchpad.classList.contains("presenting")
      && box.top < -ROOM;
    if (isAway !== isDocked()) {
      sketchpad.classList.toggle("docked", isAway);
      if (!isAway) setGrown(false);
    }
    if (isGrown() && Math.abs(scrolled() - grownAt) > 40) setGrown(false);
  }

  // Before the pen hears of it: the touch that makes the pad grow draws nothing.
  canvas.addEventListener("pointerdown", (event) => {
    if (!isDocked() || isGrown()) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    setGrown(true);
  }, { capture: true });
  document.addEventListener("pointerdown", (event) => {
    if (isGrown() && !paper.contains(/** @type {Node} */ (event.target))) setGrown(false);
  });
  canvas.addEventListener("focus", () => isDocked() && setGrown(true));
  window.addEventListener("scroll", look, { passive: true, capture: true });
  window.addEventListener("resize", look);
  bench.addEventListener("change", look);
  look();
  return { look };
}
