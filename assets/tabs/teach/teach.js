/* Teach one: the visitor chooses what a network is shown, watches it learn in this browser, and draws for it. */
import { onCurrentDrawing } from "../../shared/current_drawing.js";
import { beginExperiment } from "../../shared/experiments.js";
import { thumbnail } from "../../shared/figure.js";
import { saveAs } from "../../shared/save.js";
import { createTexts } from "../../shared/texts.js";
import { watchSight } from "../tab.js";
import { areSame, LESSONS, moreThan, USUAL } from "./choices.js";
import { examplesOf, imageOf, joined } from "./examples.js";
import { captioned } from "./figures.js";
import { fileOf, networkIn } from "./file.js";
import { createForm } from "./form.js";
import { onOwn, ownExamples } from "./own.js";
import { createPadReading } from "./pad_reading.js";
import { createResult } from "./result.js";
import { createSession } from "./session.js";
import { createTeacher } from "./teacher.js";
import { createWritten } from "./written.js";

const PREVIEW_ROWS = 2;
const ROOM_BELOW = 420; // CSS pixels, for what it has learned

/** @typedef {import("./choices.js").Choices} Choices */

/* The tab's parts, looks and texts come when it is opened: the page loads none of them before. */
async function loadParts() {
  const get = async (/** @type {string} */ name) => {
    const response = await fetch(new URL(name, import.meta.url));
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.text();
  };
  const { language } = createTexts();
  const [html, css, more] = await Promise.all(["parts.html", "teach.css", `texts/${language}.json`].map(get));
  const looks = new CSSStyleSheet();
  looks.replaceSync(css);
  document.adoptedStyleSheets.push(looks);
  return { html, texts: createTexts(JSON.parse(more)) };
}

/** The visitor's own examples that some choices ask for. @param {Choices} choices */
const ownFor = ({ own, digits }) => examplesOf(own ? ownExamples(digits) : []);

/** @param {Choices} choices */
const countOf = (choices) => ownFor(choices).told.length
  + (choices.hands === "own" ? 0 : choices.each * choices.digits.length);

/* Some of the examples, redrawn whenever the visitor chooses others. */
function createPreview(root, { text, number }, written) {
  const [preview, words] = ["preview", "preview-words"].map((name) => root.querySelector(`[data-testid="${name}"]`));
  let loading = new AbortController();

  return async function show(/** @type {Choices} */ choices) {
    const count = countOf(choices);
    words.textContent = text(count ? "teach_preview_words" : "teach_nothing", { count: number(count) });
    loading.abort();
    const { signal } = loading = new AbortController();
    try {
      const few = await written.shown({ ...choices, each: Math.min(choices.each, PREVIEW_ROWS) }, signal);
      if (signal.aborted) return;
      const isOwn = choices.hands === "own";
      const examples = isOwn ? ownFor(choices) : few;
      const columns = isOwn ? 10 : choices.digits.length;
      preview.style.setProperty("--columns", columns);
      preview.replaceChildren(...Array.from(examples.told.subarray(0, PREVIEW_ROWS * columns), (told, i) => {
        const one = captioned("span", thumbnail(imageOf(examples, i)), told);
        one.classList.toggle("lie", told !== examples.truth[i]);
        return one;
      }));
    } catch {
      // the visitor has chosen others since
    }
  };
}

/* What became of the session, in words and buttons. */
function createDesk(root, { text, number }, session, form) {
  const find = (name) => root.querySelector(`[data-testid="${name}"]`);
  const [status, act, shown, progress, learned] = [".status", ".act", ".shown", ".progress", ".learned"].map(
    (selector) => root.querySelector(selector));
  let isFolded = false;

  /* The form still asks for what the network was shown. */
  const isTaught = () => session.state() === "trained" && areSame(session.choices(), form.chosen())
    && session.shown().told.length === countOf(form.chosen());
  /* How many of each digit can be shown next; null where there are none. */
  const more = () => (isTaught() && form.chosen().hands !== "own" ? moreThan(form.chosen().each) : null);

  function say(sentence) {
    if (status.textContent !== sentence) status.textContent = sentence;
    status.hidden = !sentence;
  }

  function refresh() {
    const each = more();
    find("more").hidden = !each;
    find("more").textContent = text("teach_more", { each: number(each ?? 0) });
    find("teach").textContent = text(session.isBusy() ? "teach_stop" : isTaught() ? "teach_again" : "teach_go");
    find("teach").classList.toggle("primary", !isTaught());
    find("on").hidden = !isTaught();
    // The examples make room for the result; what the visitor unfolds stays so.
    const isRoomWanted = session.isBusy() || isTaught();
    if (isFolded !== isRoomWanted) shown.open = !isRoomWanted;
    isFolded = isRoomWanted;
  }

  return {
    say,
    more,
    refresh,
    showShare(share) {
      progress.style.setProperty("--p", String(share));
    },
    show(state) {
      root.dataset.phase = state;
      progress.hidden = !session.isBusy();
      find("save").disabled = session.isBusy();
      learned.hidden = !session.choices();
      say(state === "loading" || state === "failed" ? text(`teach_${state}`) : "");
      refresh();
      if (state !== "training" || act.getBoundingClientRect().bottom + ROOM_BELOW < window.innerHeight) return;
      act.scrollIntoView({ block: "start", behavior: "smooth" }); // the visitor sees what comes of the button
    },
  };
}

export async function mount({ element, props }) {
  const root = element.querySelector(".tab");
  const { html, texts } = await loadParts();
  const { text } = texts;
  root.innerHTML = html;
  texts.fill(root);
  const find = (name) => root.querySelector(`[data-testid="${name}"]`);
  const [task, file] = [".task", 'input[type="file"]'].map((selector) => root.querySelector(selector));
  const drawings = JSON.parse(props.drawings ?? "{}"); // that a lesson puts on the pad

  const written = createWritten((trouble) => {
    if (session.state() !== "loading") return;
    const words = { busy: "tab_busy", lost: "tab_lost", "": "teach_loading" };
    desk.say(text(words[trouble]));
  });
  const session = createSession({
    createTeacher,
    getHeldOut: written.heldOut,
    getShown: async (choices, signal) => joined([await written.shown(choices, signal), ownFor(choices)]),
    onState(state) {
      desk.show(state);
      if (state === "training") reading.begin();
      reading.changed();
    },
    onNetwork(choices, picture) {
      result.begin(choices, picture);
      reading.learned();
    },
    onReport(report) {
      root.dataset.held = report.held;
      desk.showShare(report.share);
      result.report(report);
      reading.learned();
    },
    onJudgement: (read) => result.judge(read, reading.isMoved()),
  });
  const form = createForm(root, texts, chosenByHand);
  const isSeen = watchSight(root, () => root.checkVisibility() && reading.changed());
  const reading = createPadReading(root, texts, session, isSeen);
  const result = createResult(root, texts, session, reading.look);
  const desk = createDesk(root, texts, session, form);
  const showPreview = createPreview(root, texts, written);

  /** After a failure. A stop needs no words. @param {string} key */
  const tell = (key) => (/** @type {Error} */ { name }) => {
    if (name !== "AbortError") desk.say(text(key));
  };

  function refresh() {
    desk.refresh();
    showPreview(form.chosen());
  }

  function chosenByHand() {
    if (!session.isBusy()) desk.say("");
    refresh();
  }

  function chooseLesson(name) {
    for (const button of root.querySelectorAll("[data-lesson]")) {
      button.ariaPressed = String(button.dataset.lesson === name);
    }
    task.hidden = !name;
    task.textContent = name ? text(`teach_lesson_${name}_task`) : "";
    if (!name) return;
    form.choose({ ...USUAL, ...LESSONS[name] });
    find("place").value = name === "middle" ? "drawn" : "centred";
    const strokes = drawings[name];
    if (strokes) beginExperiment({ name: "teach", tab: "", choices: {}, strokes });
    chosenByHand();
  }

  /** @param {Choices} choices @param {() => Promise<unknown>} work */
  function train(choices, work) {
    desk.showShare(0);
    if (countOf(choices)) work().catch(tell("teach_failed"));
    else desk.say(text("teach_nothing"));
  }

  /** @param {number | null} more of each digit than before */
  function trainOn(more) {
    const taught = session.choices();
    if (!taught) return;
    const choices = { ...taught, each: more ?? taught.each };
    if (more) form.choose(choices);
    chosenByHand();
    train(choices, () => session.trainOn(choices.each));
  }

  async function open(chosen) {
    await session.open(() => networkIn(chosen));
    form.choose(session.choices() ?? USUAL);
    chooseLesson("");
    chosenByHand();
  }

  root.querySelector(".lessons").append(...Object.keys(LESSONS).map((name) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: text(`teach_lesson_${name}`) });
    button.dataset.lesson = name;
    button.addEventListener("click", () => chooseLesson(button.ariaPressed === "true" ? "" : name));
    return button;
  }));
  find("teach").addEventListener("click", () => {
    if (session.isBusy()) session.stop();
    else train(form.chosen(), () => session.teach(form.chosen()));
  });
  find("on").addEventListener("click", () => trainOn(null));
  find("more").addEventListener("click", () => trainOn(desk.more()));
  find("save").addEventListener("click", async () => {
    const found = await session.save();
    if (found) saveAs("network.json", fileOf(found.saved, found.choices));
  });
  find("open").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files;
    if (chosen) open(chosen).catch(tell("teach_open_failed"));
    file.value = "";
  });

  const endOwn = onOwn(() => {
    form.refresh();
    refresh();
  });
  const end = onCurrentDrawing(() => {
    if (root.isConnected) {
      reading.drawn();
      form.refresh();
      return;
    }
    for (const one of [end, endOwn, session.end, reading.dispose]) one();
  });

  form.choose(USUAL);
  desk.show("idle");
  showPreview(form.chosen());
}
