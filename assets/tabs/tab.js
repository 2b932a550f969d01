/* A tab: follows the drawing while it is on the screen, asks the server its question, shows the answer,
 * and tells what became of it.
 */
import { currentDrawing, onCurrentDrawing } from "../shared/current_drawing.js";
import { onExperiment, takeChoices } from "../shared/experiments.js";
import { heard } from "../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../shared/question.js";
import { createTexts } from "../shared/texts.js";

const STALE_AFTER = 700; // ms that an answer waits for the next: then it is dimmed
const PAUSE = 40; // ms between an answer and the next question: the pen goes first

/* Calls `onChange` whenever the element comes on the screen or leaves it; returns whether it is seen.
 * Below the screen's edge nothing is asked: a class's pens have the server for themselves.
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

/* The line that tells what became of a question: onState for `createQuestion`. */
export function createStatus(element) {
  const { text } = createTexts();
  const status = element.querySelector(".status");
  return ({ name, sentence }) => {
    element.dataset.state = name;
    element.classList.toggle("busy", name === "working" || name === "slow");
    const words = sentence || { blank: text("tab_blank"), slow: text("tab_slow"),
      lost: text("tab_lost"), busy: text("tab_busy") }[name] || "";
    if (status.textContent !== words) status.textContent = words;
    status.hidden = !words;
  };
}

/* ask({drawing, ...choices}) - a promise of the answer; show(answer, asked); showBlank(); choices() -
 * what else is part of the question; isOld() - whether what is shown is dimmed if the next answer takes
 * long. Returns {changed}: a choice was made.
 */
export function followDrawing(element, { ask, show, showBlank, choices = () => ({}), isOld = () => true }) {
  const tell = createStatus(element);
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
      if (state.name === "blank") showBlank();
    },
  });
  const isSeen = watchSight(element, question.changed);
  const end = onCurrentDrawing(() => {
    if (element.isConnected) {
      question.changed();
    } else {
      end();
      question.dispose();
    }
  });
  question.changed();
  return { changed: question.changed };
}

export function fillDigits(select, chosen) {
  for (let digit = 0; digit < 10; digit++) {
    select.append(new Option(String(digit), String(digit), false, digit === chosen));
  }
}

/* An experiment of the tour makes its choices in the tab that it opens, once. */
export function takeExperiment(element, name) {
  function take() {
    const choices = takeChoices(name) ?? {};
    for (const [field, value] of Object.entries(choices)) {
      const one = element.querySelector(`[data-testid="${field}"]`);
      one.value = value;
      one.dispatchEvent(new Event(one.type === "range" ? "input" : "change"));
    }
  }
  const end = onExperiment(() => (element.isConnected ? setTimeout(take) : end()));
  take();
}
