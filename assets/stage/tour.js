/* A guided tour: each step sets up the pad and a tab, says what to try, lights up where to look, and sees
 * when it was done. What was done, and the best scores, stay in this browser.
 */
import { challengeIn, scoreWords, setChallenge } from "./challenge.js";
import { currentDrawing, onCurrentDrawing } from "../shared/current_drawing.js";
import { beginExperiment, onOutcome } from "../shared/experiments.js";
import { createButton, partsOf } from "../shared/parts.js";
import { setPinned } from "../shared/pinned.js";
import { store, stored } from "../shared/storage.js";
import { keepAnswer, openAnswer } from "./stage.js";
import { createTexts } from "../shared/texts.js";
import { createLight } from "./tour_light.js";
import { isBetter, isSame, judge, nextChallenge, progressOf, STEPS, withDone } from "./tour_steps.js";

const KEPT = "mnist-tour"; // in localStorage

/** @typedef {import("../shared/experiments.js").Experiment & {strokes: import("../shared/strokes.js").Point[][]}} Experiment */

/* What the tour shows: the invitation, a step, or what was done in all of them. */
function createView(/** @type {HTMLElement} */ tour, /** @type {Experiment[]} */ experiments, texts) {
  const { text } = texts;
  const part = partsOf(tour);
  const count = experiments.length;
  const scoreOf = (name, score) => (score === undefined || score === null ? "" : scoreWords({ name, score }, texts));
  const buttons = experiments.map(({ name }, i) => {
    const button = createButton();
    button.dataset.experiment = name;
    button.innerHTML = `<b>${i + 1}</b> <span>${text(`tour_${name}`)}</span> <small></small>`;
    button.classList.toggle("challenge", Boolean(STEPS[name].score));
    const item = document.createElement("li");
    item.append(button);
    tour.querySelector("ol")?.append(item);
    return button;
  });

  /* Words that stay the same are not read out again. */
  function set(name, words) {
    if (part(name).textContent !== words) part(name).textContent = words;
  }

  function showButtons(place, { done, best }) {
    buttons.forEach((button, i) => {
      const { name } = experiments[i];
      const isDone = done.includes(name);
      const score = scoreOf(name, best[name]);
      button.classList.toggle("done", isDone);
      button.ariaCurrent = i === place ? "step" : null;
      button.children[2].textContent = score;
      button.title = [`${i + 1}: ${text(`tour_${name}`)}`, isDone && text("tour_done"), score].filter(Boolean).join(", ");
      button.ariaLabel = button.title;
    });
  }

  function showInvitation({ progress, rival, hasRead }) {
    const { length } = progress.done;
    set("tour-start", text(length === count ? "tour_repeat" : length ? "tour_continue" : "tour_start"));
    const name = hasRead ? nextChallenge(progress) : undefined;
    set("tour-dare", rival ? text(`tour_${rival.name}_greet`, { score: scoreWords(rival, texts) })
      : name ? text(`tour_${name}_dare`) : "");
    part("tour-try").hidden = !rival && !name;
  }

  function showStep(place, { isDoneNow, isWaiting, latest, rival, progress: { done, best } }) {
    const { name } = experiments[place];
    const score = scoreOf(name, best[name]);
    set("tour-place", text("tour_place", { place: place + 1, count }));
    set("tour-title", text(`tour_${name}`));
    set("task", text(`tour_${name}_task`));
    set("tour-done", isWaiting ? text("tour_wait") : isDoneNow || done.includes(name) ? `✓ ${text("tour_done")}` : "");
    const isBeaten = score && rival && isBetter(name, best[name], rival.score);
    set("tour-score", isWaiting ? "" : [
      scoreOf(name, latest),
      score && text("tour_best", { score }),
      rival?.name === name && text(isBeaten ? "tour_beaten" : "tour_rival", { score: scoreWords(rival, texts) }),
    ].filter(Boolean).join(" · "));
    set("tour-next", text("tour_next"));
  }

  function showEnd({ done, best }) {
    const scores = Object.entries(best).map(([name, score]) => scoreOf(name, score)).join(", ");
    for (const name of ["tour-place", "tour-done", "tour-score"]) set(name, "");
    set("tour-title", text("tour_over"));
    set("task", [text("tour_summary", { done: done.length, count }), scores && text("tour_scores", { scores })]
      .filter(Boolean).join(" "));
    set("tour-next", text("tour_end"));
  }

  return {
    part,
    buttons,
    /** @param {number} place -1: the invitation; after the last step: what was done */
    show(place, state) {
      const [isOpen, isOver] = [place >= 0, place === count];
      tour.classList.toggle("begun", isOpen);
      tour.classList.toggle("over", isOver);
      tour.classList.toggle("greeting", !isOpen && state.rival !== null);
      part("tour-step").hidden = !isOpen;
      part("tour-close").hidden = !isOpen && !state.rival;
      showButtons(place, state.progress);
      if (isOver) showEnd(state.progress);
      else if (isOpen) showStep(place, state);
      else showInvitation(state);
      part("tour-back").ariaDisabled = String(place === 0);
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
  const sketchpad = partsOf(document)("sketchpad");
  let place = -1; // of the step
  let isSet = false; // the step's drawing was drawn: from now on the drawing is the visitor's
  let isDrawing = false;
  /** @type {import("../shared/experiments.js").Outcome | null} */
  let outcome = null; // what the stage shows
  const state = {
    progress: progressOf(stored(KEPT)),
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
  const isAtRest = () => !isDrawing && sketchpad?.closest("[data-state]")?.dataset.state === "done";

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
    state.isWaiting = true;
    light.on(STEPS[experiment.name], experiment.tab, () => isSet && (isAtRest() || !currentDrawing()), () => {
      state.isWaiting = false;
      look();
      show();
    });
    show();
  }

  /* At the first of some steps, and ready for the next. */
  function start(/** @type {(one: Experiment) => boolean} */ isWanted) {
    begin(Math.max(experiments.findIndex(isWanted), 0));
    part("tour-next").focus({ preventScroll: true });
  }

  function end() {
    const wasOpen = place >= 0;
    place = -1;
    state.rival = null;
    light.off();
    show();
    const invitation = ["tour-start", "tour-try"].map(part).find((one) => one.checkVisibility());
    if (wasOpen) invitation?.focus({ preventScroll: true });
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
      state.progress = withDone(progressOf(stored(KEPT) ?? state.progress), name, score);
      store(KEPT, state.progress);
    }
    show();
  }

  /* The network has read a drawing of the visitor's: there is a challenge to offer. */
  function notice() {
    const drawing = currentDrawing();
    if (!drawing || drawing.isExample || state.hasRead) return;
    state.hasRead = true;
    show();
  }

  const onClick = (/** @type {string} */ name, /** @type {() => void} */ act) => part(name).addEventListener("click", act);
  buttons.forEach((button, i) => button.addEventListener("click", () => begin(i)));
  onClick("tour-start", () => start(({ name }) => !state.progress.done.includes(name)));
  onClick("tour-try", () => {
    const wanted = state.rival?.name ?? nextChallenge(state.progress);
    start(({ name }) => name === wanted);
  });
  onClick("tour-back", () => place > 0 && begin(place - 1));
  onClick("tour-again", () => begin(isStep() ? place : 0));
  onClick("tour-next", () => (isStep() ? begin(place + 1) : end()));
  onClick("tour-share", () => partsOf(document)("share")?.click());
  onClick("tour-close", end);
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
    state.progress = progressOf(stored(KEPT));
    show();
  });
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
