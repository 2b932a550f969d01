/* Where the tour says to look: it is lit, brought into view, and grey until it shows the step's own drawing. */
import { WORKBENCH } from "./dock.js";

const DOCKED = 128; // CSS pixels of the screen that the docked pad takes
const EDGE = 16; // and its own edges beside the tour
const SETTLED = ["done", "blank", "waiting", "refused"]; // states of a tab that has nothing to wait for
const LIT = `{
  border-radius: 6px;
  box-shadow: 0 0 0 4px var(--body-background-fill), 0 0 0 7px var(--bar-best);
  animation: tour-lit 0.7s ease-in-out 3 alternate;
}
@keyframes tour-lit { to { box-shadow: 0 0 0 8px var(--body-background-fill), 0 0 0 11px var(--bar-best); } }
@media (prefers-reduced-motion: reduce) { * { animation-name: none; } }`;
const GREY = "#questions .tab > :not(.status) { opacity: 0.3; transition: opacity 0.2s; }";

/** @typedef {import("./tour_steps.js").Step} Step */

/** @param {HTMLElement} tour @param {HTMLElement} lookButton brings what is lit into view */
export function createLight(tour, lookButton) {
  const sheet = new CSSStyleSheet(); // what is lit may not be there yet, or be made anew
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  /** @type {Step | null} */
  let step = null;
  /** @type {IntersectionObserver | null} */
  let sight = null;
  let waiting = 0; // the animation frame

  const isOneColumn = () => !matchMedia(WORKBENCH).matches;
  const lit = () => (step ? [...document.querySelectorAll(step.light)].filter((one) => one.checkVisibility()) : []);

  /** @param {Element | null | undefined} target @param {ScrollLogicalPosition} block */
  function scrollTo(target, block) {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target?.scrollIntoView({ block, behavior: isStill ? "auto" : "smooth" });
  }

  function paint(isWaiting = false) {
    sheet.replaceSync(`${step ? `:is(${step.light}) ${LIT}` : ""} ${isWaiting ? GREY : ""}`);
  }

  /* Offers to show what is lit, while that is out of sight. */
  function watch() {
    sight?.disconnect();
    lookButton.hidden = true;
    const last = lit().at(-1);
    if (!last) return;
    // In one column the tour lies over the screen's lower edge, and the docked pad over the upper one.
    const rootMargin = isOneColumn() ? `-${DOCKED}px 0px -${tour.offsetHeight + EDGE}px` : "0px";
    sight = new IntersectionObserver((entries) => {
      lookButton.hidden = !step || entries[entries.length - 1].intersectionRatio > 0.2;
    }, { threshold: [0, 0.2, 0.5], rootMargin, root: document }); // in a frame only the document has margins
    sight.observe(last);
  }

  lookButton.addEventListener("click", () => {
    const last = lit().at(-1);
    scrollTo(last, Number(last?.getBoundingClientRect().height) > window.innerHeight / 2 ? "start" : "center");
  });

  return {
    watch,
    /** The step's tab is grey until it shows the step's own drawing.
     * @param {Step} next @param {string} tab @param {() => boolean} isDrawn the drawing is on the pad, and read
     * @param {() => void} onDrawn */
    on(next, tab, isDrawn, onDrawn) {
      cancelAnimationFrame(waiting);
      step = next;
      paint(true);
      watch();
      if (isOneColumn()) scrollTo(document.querySelector(".sketchpad"), "start");
      let hasDrawn = false;
      const wait = () => {
        const state = document.querySelector(`[data-testid="tab-${tab}"]`)?.getAttribute("data-state") ?? "";
        if (isDrawn() && !hasDrawn) {
          hasDrawn = true;
          onDrawn();
          if (next.isOnStage && isOneColumn()) scrollTo(lit()[0], "start");
        }
        if (!hasDrawn || !SETTLED.includes(state)) {
          waiting = requestAnimationFrame(wait);
          return;
        }
        paint();
        watch();
      };
      waiting = requestAnimationFrame(wait);
    },
    off() {
      cancelAnimationFrame(waiting);
      step = null;
      paint();
      watch();
    },
  };
}
