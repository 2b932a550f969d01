/* A guided tour: each experiment sets up the pad and an answer, says what to try, lights up where to
 * look, and sees when it was done. What was done, and the best scores, stay in this browser.
 */
import { currentDrawing, onCurrentDrawing } from "../shared/current_drawing.js";
import { WORKBENCH } from "./dock.js";
import { beginExperiment, onOutcome } from "../shared/experiments.js";
import { setPinned } from "../shared/pinned.js";
import { keepAnswer, openAnswer } from "./stage.js";
import { createTexts } from "../shared/texts.js";
import { isSame, judge, progressOf, STEPS, withDone } from "./tour_steps.js";

const KEPT = "mnist-tour"; // in localStorage
const DOCKED = 128; // CSS pixels of the screen that the docked pad takes
const EDGE = 16; // and its own edges beside the tour
const LIT = `{
  border-radius: 6px;
  box-shadow: 0 0 0 4px var(--body-background-fill), 0 0 0 7px var(--bar-best);
  animation: tour-lit 0.7s ease-in-out 3 alternate;
}
@keyframes tour-lit { to { box-shadow: 0 0 0 8px var(--body-background-fill), 0 0 0 11px var(--bar-best); } }
@media (prefers-reduced-motion: reduce) { * { animation-name: none; } }`;

/** @typedef {import("../shared/experiments.js").Experiment & {strokes: import("../shared/strokes.js").Point[][]}} Experiment */

export function mount({ element, props }) {
  const tour = element.querySelector(".tour");
  const part = (name) => tour.querySelector(`[data-testid="${name}"]`);
  const { text, fill, number } = createTexts();
  fill(tour);
  const list = tour.querySelector("ol");
  const step = tour.querySelector(".step");
  const light = new CSSStyleSheet(); // what is lit may not be there yet, or be made anew
  /** @type {Experiment[]} */
  const experiments = JSON.parse(props.experiments);
  let progress = progressOf(kept());
  let place = -1; // of the experiment that is under way
  let isSet = false; // its drawing has been drawn: what is on the pad from now on is the visitor's
  /** @type {import("../shared/experiments.js").Outcome | null} */
  let outcome = null; // what the stage shows
  /** @type {number | null} */
  let latest = null; // score
  let isDoneNow = false;
  let isDrawing = false;
  const sketchpad = /** @type {HTMLElement | null} */ (document.querySelector('[data-testid="sketchpad"]'));

  function kept() {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null; // no storage here: it is kept as long as the page
    }
  }

  function keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(progress));
    } catch {
      // as above
    }
  }

  const buttons = experiments.map(({ name }, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = String(i + 1);
    button.dataset.experiment = name;
    button.classList.toggle("challenge", Boolean(STEPS[name].score));
    button.addEventListener("click", () => begin(i));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
    return button;
  });

  /* Showing */

  function scoreWords(name, score) {
    const value = name === "ink" ? number(100 * score, 1) : number(score);
    return text(`tour_score_${name}`, { value });
  }

  function set(one, words) {
    if (one.textContent !== words) one.textContent = words;
  }

  function show() {
    const isOpen = place >= 0;
    tour.classList.toggle("begun", isOpen);
    step.hidden = part("tour-close").hidden = !isOpen;
    buttons.forEach((button, i) => {
      const { name } = experiments[i];
      const isDone = progress.done.includes(name);
      button.classList.toggle("done", isDone);
      if (i === place) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      const label = `${i + 1}: ${text(`tour_${name}`)}${isDone ? `, ${text("tour_done")}` : ""}`;
      button.title = label;
      button.setAttribute("aria-label", label);
    });
    if (!isOpen) return;
    const { name } = experiments[place];
    set(part("tour-place"), text("tour_place", { place: place + 1, count: experiments.length }));
    set(tour.querySelector(".name strong"), text(`tour_${name}`));
    set(part("task"), text(`tour_${name}_task`));
    set(part("tour-done"), isDoneNow || progress.done.includes(name) ? `✓ ${text("tour_done")}` : "");
    const best = progress.best[name];
    set(part("tour-score"), [
      latest === null ? "" : scoreWords(name, latest),
      best === undefined ? "" : text("tour_best", { score: scoreWords(name, best) }),
    ].filter(Boolean).join(" · "));
    part("tour-back").setAttribute("aria-disabled", String(place === 0));
    set(part("tour-next"), text(place + 1 < experiments.length ? "tour_next" : "tour_end"));
    part("tour-next").classList.toggle("due", isDoneNow);
  }

  /* The experiment under way */

  function begin(next) {
    place = next;
    isSet = isDoneNow = false;
    outcome = latest = null;
    const experiment = experiments[place];
    light.replaceSync(`:is(${STEPS[experiment.name].light}) ${LIT}`);
    document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, light])];
    show();
    if (experiment.tab === "network") setPinned(null); // it is about one drawing
    beginExperiment(experiment);
    openAnswer(experiment.tab);
    requestAnimationFrame(watchLight);
    look();
  }

  function end() {
    const at = buttons[place];
    place = -1;
    light.replaceSync("");
    watchLight();
    show();
    at?.focus({ preventScroll: true });
  }

  /* The pen is up, and what it drew was read. */
  const isAtRest = () => !isDrawing && sketchpad?.closest("[data-state]")?.getAttribute("data-state") === "done";

  function lookSoon() {
    if (place >= 0) requestAnimationFrame(look);
  }

  /* Has it been done? */
  function look() {
    if (place < 0) return;
    const { name, strokes: start } = experiments[place];
    const drawing = currentDrawing();
    const strokes = drawing?.strokes ?? [];
    isSet ||= isSame(strokes, start);
    if (!isSet) return;
    if (STEPS[name].score && !isAtRest()) return; // what passes while one draws is nobody's score
    const { isDone, score } = judge(STEPS[name], { start, strokes, reading: drawing?.reading ?? null,
      outcome: outcome?.drawing === drawing ? outcome : null });
    latest = score;
    if (!isDone) return show();
    isDoneNow = true;
    const next = withDone(progressOf(kept() ?? JSON.stringify(progress)), name, score);
    const isNews = JSON.stringify(next) !== JSON.stringify(progress);
    progress = next;
    if (isNews) keep();
    show();
  }

  /* What is lit is below the screen's edge: a button brings it there. Nothing scrolls by itself. */
  /** @type {IntersectionObserver | null} */
  let sight = null;
  const lit = () => (place < 0 ? [] : [...document.querySelectorAll(STEPS[experiments[place].name].light)]
    .filter((one) => one.checkVisibility()));

  function watchLight() {
    sight?.disconnect();
    part("tour-look").hidden = true;
    const last = lit().at(-1);
    if (!last) return;
    // In one column the tour lies over the screen's lower edge, and the docked pad over the upper one.
    const rootMargin = matchMedia(WORKBENCH).matches ? "0px" : `-${DOCKED}px 0px -${tour.offsetHeight + EDGE}px`;
    sight = new IntersectionObserver((entries) => {
      part("tour-look").hidden = place < 0 || entries[entries.length - 1].intersectionRatio > 0.2;
    }, { threshold: [0, 0.2, 0.5], rootMargin, root: document }); // in a frame none has margins but the document
    sight.observe(last);
  }

  part("tour-look").addEventListener("click", () => {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const last = lit().at(-1);
    const isTall = Number(last?.getBoundingClientRect().height) > window.innerHeight / 2;
    last?.scrollIntoView({ block: isTall ? "start" : "center", behavior: isStill ? "auto" : "smooth" });
  });
  part("tour-back").addEventListener("click", () => place > 0 && begin(place - 1));
  part("tour-again").addEventListener("click", () => begin(place));
  part("tour-next").addEventListener("click", () => (
    place + 1 < experiments.length ? begin(place + 1) : end()));
  part("tour-close").addEventListener("click", end);
  tour.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || place < 0) return;
    event.stopPropagation();
    end();
  });
  sketchpad?.addEventListener("pointerdown", () => {
    isSet = isDrawing = true; // it is drawn on, perhaps before the example has ended
  });
  for (const name of ["pointerup", "pointercancel"]) {
    window.addEventListener(name, () => {
      isDrawing = false;
      lookSoon();
    });
  }
  window.addEventListener("storage", ({ key }) => {
    if (key !== KEPT && key !== null) return;
    progress = progressOf(kept());
    show();
  });
  onCurrentDrawing(() => {
    look();
    lookSoon();
  });
  onOutcome((told) => {
    outcome = told;
    look();
    if (part("tour-look").hidden) watchLight();
  });
  show();
  keepAnswer(props.tabs); // of the stage that the tour stands on: whether or not one takes it
}
