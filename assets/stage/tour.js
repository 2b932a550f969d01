/* A guided tour: each step sets up the pad and a tab, says what to try, lights up where to look, and sees
 * when it was done. What was done, and the best scores, stay in this browser.
 */
import { challengeIn, scoreWords, setChallenge } from "./challenge.js";
import { currentDrawing, onCurrentDrawing } from "../shared/current_drawing.js";
import { beginExperiment, onOutcome } from "../shared/experiments.js";
import { setPinned } from "../shared/pinned.js";
import { keepAnswer, openAnswer } from "./stage.js";
import { createTexts } from "../shared/texts.js";
import { createLight } from "./tour_light.js";
import { isBetter, isSame, judge, nextChallenge, progressOf, STEPS, withDone } from "./tour_steps.js";

const KEPT = "mnist-tour"; // in localStorage

/** @typedef {import("../shared/experiments.js").Experiment & {strokes: import("../shared/strokes.js").Point[][]}} Experiment */
/** @typedef {import("./tour_steps.js").Progress} Progress */

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // no storage here: the page alone remembers
  }
}

function keep(/** @type {Progress} */ progress) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(progress));
  } catch {
    // as above
  }
}

/* What the tour shows: the invitation, a step, or what was done in all of them. */
function createView(/** @type {HTMLElement} */ tour, /** @type {Experiment[]} */ experiments, texts) {
  const { text } = texts;
  const part = (name) => /** @type {HTMLElement} */ (tour.querySelector(`[data-testid="${name}"]`));
  const count = experiments.length;
  const buttons = experiments.map(({ name }, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.experiment = name;
    button.innerHTML = "<b></b> <span></span> <small></small>";
    button.children[0].textContent = String(i + 1);
    button.children[1].textContent = text(`tour_${name}`);
    button.classList.toggle("challenge", Boolean(STEPS[name].score));
    const item = document.createElement("li");
    item.append(button);
    tour.querySelector("ol")?.append(item);
    return button;
  });

  function set(element, words) {
    if (element.textContent !== words) element.textContent = words;
  }

  function showButtons(place, { done, best }) {
    buttons.forEach((button, i) => {
      const { name } = experiments[i];
      const isDone = done.includes(name);
      button.classList.toggle("done", isDone);
      if (i === place) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      const score = best[name] === undefined ? "" : scoreWords({ name, score: best[name] }, texts);
      set(button.children[2], score);
      const label = [`${i + 1}: ${text(`tour_${name}`)}`, isDone ? text("tour_done") : "", score];
      button.title = label.filter(Boolean).join(", ");
      button.setAttribute("aria-label", button.title);
    });
  }

  function showInvitation(progress, rival, hasRead) {
    const [isBegun, isComplete] = [progress.done.length > 0, progress.done.length === count];
    set(part("tour-start"), text(isComplete ? "tour_repeat" : isBegun ? "tour_continue" : "tour_start"));
    const name = hasRead ? nextChallenge(progress) : undefined;
    set(part("tour-dare"), rival ? text(`tour_${rival.name}_greet`, { score: scoreWords(rival, texts) })
      : name ? text(`tour_${name}_dare`) : "");
    part("tour-try").hidden = !rival && !name;
  }

  function showStep(place, { isDoneNow, isWaiting, latest, rival, progress }) {
    const { name } = experiments[place];
    set(part("tour-place"), text("tour_place", { place: place + 1, count }));
    set(tour.querySelector(".name strong"), text(`tour_${name}`));
    set(part("task"), text(`tour_${name}_task`));
    const isDone = isDoneNow || progress.done.includes(name);
    set(part("tour-done"), isWaiting ? text("tour_wait") : isDone ? `✓ ${text("tour_done")}` : "");
    const best = progress.best[name];
    const isRivalled = rival?.name === name;
    const isBeaten = isRivalled && best !== undefined && isBetter(name, best, rival.score);
    set(part("tour-score"), isWaiting ? "" : [
      latest === null ? "" : scoreWords({ name, score: latest }, texts),
      best === undefined ? "" : text("tour_best", { score: scoreWords({ name, score: best }, texts) }),
      isRivalled ? text(isBeaten ? "tour_beaten" : "tour_rival", { score: scoreWords(rival, texts) }) : "",
    ].filter(Boolean).join(" · "));
    set(part("tour-next"), text("tour_next"));
  }

  function showEnd(/** @type {Progress} */ { done, best }) {
    set(part("tour-place"), "");
    set(tour.querySelector(".name strong"), text("tour_over"));
    const scores = Object.entries(best).map(([name, score]) => scoreWords({ name, score }, texts)).join(", ");
    set(part("task"), [text("tour_summary", { done: done.length, count }), scores && text("tour_scores", { scores })]
      .filter(Boolean).join(" "));
    set(part("tour-done"), "");
    set(part("tour-score"), "");
    set(part("tour-next"), text("tour_end"));
  }

  return {
    part,
    buttons,
    /** @param {number} place -1: the invitation; after the last step: what was done */
    show(place, state) {
      const isOver = place === count;
      tour.classList.toggle("begun", place >= 0);
      tour.classList.toggle("over", isOver);
      tour.classList.toggle("greeting", place < 0 && state.rival !== null);
      /** @type {HTMLElement} */ (tour.querySelector(".step")).hidden = place < 0;
      part("tour-close").hidden = place < 0 && !state.rival;
      showButtons(place, state.progress);
      if (place < 0) return showInvitation(state.progress, state.rival, state.hasRead);
      if (isOver) showEnd(state.progress);
      else showStep(place, state);
      part("tour-back").setAttribute("aria-disabled", String(place === 0));
      part("tour-share").hidden = isOver || state.latest === null;
      part("tour-next").classList.toggle("due", !isOver && state.isDoneNow);
    },
  };
}

export function mount({ element, props }) {
  const tour = element.querySelector(".tour");
  const texts = createTexts();
  texts.fill(tour);
  /** @type {Experiment[]} */
  const experiments = JSON.parse(props.experiments);
  const view = createView(tour, experiments, texts);
  const { part, buttons } = view;
  const light = createLight(tour, part("tour-look"));
  const sketchpad = /** @type {HTMLElement | null} */ (document.querySelector('[data-testid="sketchpad"]'));
  let place = -1; // of the step
  let isSet = false; // the step's drawing was drawn: from now on the drawing is the visitor's
  let isDrawing = false;
  /** @type {import("../shared/experiments.js").Outcome | null} */
  let outcome = null; // what the stage shows
  const state = {
    progress: progressOf(kept()),
    /** @type {import("./challenge.js").Challenge | null} */
    rival: null, // came with the link
    hasRead: false, // the network has read a drawing of the visitor's
    isDoneNow: false,
    isWaiting: false, // for the step's drawing
    /** @type {number | null} */
    latest: null, // score
  };
  const show = () => view.show(place, state);
  const isStep = () => place >= 0 && place < experiments.length;

  /* The pen is up, and what it drew was read. */
  const isAtRest = () => !isDrawing && sketchpad?.closest("[data-state]")?.getAttribute("data-state") === "done";

  function begin(/** @type {number} */ next) {
    place = next;
    isSet = state.isDoneNow = false;
    outcome = state.latest = null;
    setChallenge(null);
    if (!isStep()) {
      light.off();
      return show();
    }
    const experiment = experiments[place];
    if (experiment.tab === "network") setPinned(null); // the step is about one drawing
    beginExperiment(experiment);
    openAnswer(experiment.tab);
    const isDrawn = () => isSet && (isAtRest() || !currentDrawing());
    state.isWaiting = true;
    light.on(STEPS[experiment.name], experiment.tab, isDrawn, () => {
      state.isWaiting = false;
      look();
      show();
    });
    show();
  }

  /* At the first step that was not done, else at the first. */
  function start() {
    const next = experiments.findIndex(({ name }) => !state.progress.done.includes(name));
    begin(Math.max(next, 0));
    part("tour-next").focus({ preventScroll: true });
  }

  function end() {
    const wasOpen = place >= 0;
    place = -1;
    state.rival = null;
    light.off();
    show();
    if (wasOpen) part("tour-start").focus({ preventScroll: true });
  }

  function greet() {
    const rival = challengeIn(location.hash);
    state.rival = rival && STEPS[rival.name]?.isPossible?.(rival.score) ? rival : null;
    show();
  }

  /* Has the step been done? What passes while one draws does not count. */
  function look() {
    if (!isStep()) return;
    const { name, strokes: start } = experiments[place];
    const drawing = currentDrawing();
    const strokes = drawing?.strokes ?? [];
    isSet ||= isSame(strokes, start);
    if (!isSet || !isAtRest()) return;
    const { isDone, score } = judge(STEPS[name], { start, strokes, reading: drawing?.reading ?? null,
      outcome: outcome?.drawing === drawing ? outcome : null });
    state.latest = score;
    setChallenge(score === null ? null : { name, score });
    if (isDone) {
      state.isDoneNow = true;
      state.progress = withDone(progressOf(kept() ?? JSON.stringify(state.progress)), name, score);
      keep(state.progress);
    }
    show();
  }

  buttons.forEach((button, i) => button.addEventListener("click", () => begin(i)));
  part("tour-start").addEventListener("click", start);
  part("tour-try").addEventListener("click", () => {
    const name = state.rival?.name ?? nextChallenge(state.progress);
    begin(experiments.findIndex((one) => one.name === name));
    part("tour-next").focus({ preventScroll: true });
  });
  part("tour-back").addEventListener("click", () => place > 0 && begin(place - 1));
  part("tour-again").addEventListener("click", () => begin(isStep() ? place : 0));
  part("tour-next").addEventListener("click", () => (isStep() ? begin(place + 1) : end()));
  part("tour-share").addEventListener("click", () => {
    /** @type {HTMLElement | null} */ (document.querySelector('[data-testid="share"]'))?.click();
  });
  part("tour-close").addEventListener("click", end);
  tour.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || place < 0) return;
    event.stopPropagation();
    end();
  });
  sketchpad?.addEventListener("pointerdown", () => {
    isSet = isDrawing = true; // perhaps before the example has ended
  });
  for (const name of ["pointerup", "pointercancel"]) {
    window.addEventListener(name, () => {
      isDrawing = false;
      requestAnimationFrame(look);
    });
  }
  window.addEventListener("hashchange", greet);
  window.addEventListener("storage", ({ key }) => {
    if (key !== KEPT && key !== null) return;
    state.progress = progressOf(kept());
    show();
  });
  function notice() {
    const drawing = currentDrawing();
    if (!drawing || drawing.isExample || state.hasRead) return;
    state.hasRead = true;
    show();
  }

  onCurrentDrawing(() => {
    notice();
    requestAnimationFrame(look); // once the pad says that it is at rest
  });
  onOutcome((told) => {
    outcome = told;
    look();
    if (part("tour-look").hidden && !state.isWaiting) light.watch();
  });
  greet();
  notice(); // of a drawing that was read before this module came
  keepAnswer(props.tabs); // of the stage that the tour stands on: whether or not one takes it
}
