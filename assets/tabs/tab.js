/* What tabs share: a tab follows the drawing while it is on the screen, asks the server its question, shows the
 * answer, and says what became of the question.
 */
import { currentDrawing, onCurrentDrawing } from "../shared/current_drawing.js";
import { onExperiment, takeChoices } from "../shared/experiments.js";
import { savePicture } from "../shared/figure.js";
import { heard } from "../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../shared/question.js";
import { createTexts } from "../shared/texts.js";

const STALE_AFTER = 700; // ms that an answer waits for the next: then it is dimmed
const PAUSE = 40; // ms between an answer and the next question: the pen goes first
const WORKING_AFTER = 250; // ms without an answer: an empty tab says that it works

/* The tab within Gradio's element, its texts filled in; part(name) finds an element by its test id. A button saves
 * its picture. What the tour chooses is chosen when the tab is complete.
 */
export function openTab(element) {
  const root = element.querySelector(".tab");
  const part = (name) => root.querySelector(`[data-testid="${name}"]`);
  const name = root.dataset.testid.replace("tab-", "");
  const canvas = part("figure");
  const texts = createTexts();
  texts.fill(root);
  root.querySelector(".save")?.addEventListener("click", () => savePicture(canvas, name));
  queueMicrotask(() => takeExperiment(root, name));
  return { root, part, canvas, ...texts };
}

/* Calls `onChange` whenever the element comes on the screen or leaves it; returns whether it is seen.
 * Below the screen's edge a tab asks nothing: the pens of a class have the server for themselves.
 */
export function watchSight(element, onChange) {
  let inView = false;
  new IntersectionObserver((entries) => {
    inView = entries[entries.length - 1].isIntersecting;
    onChange();
  }).observe(element);
  document.addEventListener("visibilitychange", onChange);
  return () => inView && !document.hidden; // what is hidden is in no view
}

/* Calls `act` with every new drawing, as long as the element is on the page; then the question ends. */
export function onDrawing(element, question, act = question.changed, end = () => {}) {
  const unsubscribe = onCurrentDrawing(() => {
    if (element.isConnected) return act();
    unsubscribe();
    question.dispose();
    end();
  });
}

/* The line that says what became of a question: onState for `createQuestion`. `isEmpty`: the tab shows nothing
 * without an answer, and says that it works.
 */
export function createStatus(element, isEmpty = false) {
  const { text } = createTexts();
  const status = element.querySelector(".status");
  let hasAnswer = !isEmpty;
  let timer = 0;
  function say(words) {
    if (status.textContent !== words) status.textContent = words;
    status.hidden = !words;
  }
  return ({ name, sentence }) => {
    element.dataset.state = name;
    element.classList.toggle("busy", name === "working" || name === "slow");
    if (name === "done" || name === "blank") hasAnswer = name === "done" || !isEmpty;
    clearTimeout(timer);
    if (name === "working" && !hasAnswer) timer = setTimeout(() => say(text("tab_working")), WORKING_AFTER);
    else say(sentence || (["blank", "slow", "lost", "busy"].includes(name) ? text(`tab_${name}`) : ""));
  };
}

/* ask({drawing, ...choices}) returns a promise of the answer; show(answer, asked) shows it, or for null a blank
 * tab; choices() returns what else is part of the question; isOld() says whether what is shown is dimmed if the
 * next answer takes long. Returns {changed}, to be called after a choice.
 */
export function followDrawing(element, { ask, show, choices = () => ({}), isOld = () => true }) {
  const tell = createStatus(element, true);
  let timer = 0;
  function watchAge() {
    clearTimeout(timer);
    element.classList.remove("stale");
    timer = setTimeout(() => {
      element.classList.toggle("stale", element.classList.contains("busy") && isOld());
    }, STALE_AFTER);
  }
  const question = createQuestion({
    subject: () => currentDrawing() && { drawing: currentDrawing(), ...choices() },
    ask: (subject) => heard(ask(subject)),
    show(answer, asked) {
      show(answer, asked);
      watchAge();
    },
    isStillAbout: () => true, // in mid-stroke the last answer stands until the next
    mayAsk: () => isSeen(),
    pause: PAUSE,
    giveUpAfter: GIVE_UP_IN_LINE_AFTER,
    onState(state) {
      tell(state);
      watchAge();
      if (state.name === "blank") show(null);
    },
  });
  const isSeen = watchSight(element, question.changed);
  onDrawing(element, question);
  question.changed();
  return { changed: question.changed };
}

export function fillDigits(select, chosen) {
  for (let digit = 0; digit < 10; digit++) {
    select.append(new Option(String(digit), String(digit), false, digit === chosen));
  }
}

/* A step of the tour makes its choices in the tab that it opens, once. */
function takeExperiment(element, name) {
  function take() {
    const choices = takeChoices(name) ?? {};
    for (const [field, value] of Object.entries(choices)) {
      const input = element.querySelector(`[data-testid="${field}"]`);
      input.value = value;
      input.dispatchEvent(new Event(input.type === "range" ? "input" : "change"));
    }
  }
  const end = onExperiment(() => (element.isConnected ? setTimeout(take) : end()));
  take();
}
