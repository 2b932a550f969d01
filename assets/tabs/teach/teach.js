/* Teach one: the visitor chooses what a network is shown, watches it learn in this browser, and draws for it. */
import { onCurrentDrawing } from "../../shared/current_drawing.js";
import { beginExperiment } from "../../shared/experiments.js";
import { createFigure } from "../../shared/figure.js";
import { onCorrections } from "../../shared/kept_corrections.js";
import { saveAs } from "../../shared/save.js";
import { createTexts } from "../../shared/texts.js";
import { watchSight } from "../tab.js";
import { areSameBut, LESSONS, moreThan, USUAL } from "./choices.js";
import { examplesOf, joined, none } from "./examples.js";
import { drawPreview, previewHeight } from "./figures.js";
import { fileOf, networkIn } from "./file.js";
import { createForm } from "./form.js";
import { createOwnDigits } from "./own.js";
import { createPadReading } from "./pad_reading.js";
import { createResult } from "./result.js";
import { createSession } from "./session.js";
import { createTeacher } from "./teacher.js";
import { createWritten } from "./written.js";

const PREVIEW_EACH = 4; // of each digit
const ROOM_BELOW = 420; // CSS pixels, for what it has learned
const FOLDER = new URL("./", import.meta.url);

/** @typedef {import("./choices.js").Choices} Choices */

/* The tab's parts, looks and texts come when it is opened: the page loads none of them before. */
async function loadParts() {
  const get = async (/** @type {string} */ name) => {
    const response = await fetch(new URL(name, FOLDER));
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  };
  const { language } = createTexts();
  const looks = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("teach.css", FOLDER) });
  const [html, more] = await Promise.all([
    get("parts.html").then((response) => response.text()),
    get(`texts/${language}.json`).catch(() => get("texts/en.json")).then((response) => response.json()),
    new Promise((resolve, reject) => {
      looks.addEventListener("load", resolve);
      looks.addEventListener("error", () => reject(new Error("teach.css")));
      document.head.append(looks);
    }),
  ]);
  return { html, texts: createTexts(more) };
}

/* Some of the examples, redrawn whenever the visitor chooses others. */
function createPreview(root, { text, number }, written, ownExamples) {
  let examples = none();
  let columns = 10;
  let loading = new AbortController();
  const figure = createFigure(root.querySelector('[data-testid="preview"]'),
    (width) => previewHeight(width, examples.told.length, columns),
    (pen, width) => drawPreview(pen, width, examples, columns));

  /** @param {Choices} choices @param {number} count of all examples */
  return async function show(choices, count) {
    root.querySelector('[data-testid="preview-words"]').textContent = text(
      count ? "teach_preview_words" : "teach_nothing", { count: number(count) });
    loading.abort();
    const { signal } = loading = new AbortController();
    try {
      const few = await written.shown({ ...choices, each: Math.min(choices.each, PREVIEW_EACH) }, signal);
      if (signal.aborted) return;
      examples = choices.hands === "own" ? ownExamples(choices) : few;
      columns = choices.hands === "own" ? 10 : choices.digits.length;
      figure.redraw();
    } catch {
      // the visitor has chosen others since
    }
  };
}

/* What became of the session, in words and buttons. */
function createDesk(root, { text, number }, session, form) {
  const find = (name) => root.querySelector(`[data-testid="${name}"]`);
  const part = (name) => root.querySelector(name);
  const status = part(".status");
  let isFolded = false;
  const moreThanTaught = () => {
    const taught = session.choices();
    return taught && taught.hands !== "own" && areSameBut({ each: 0 }, taught, form.chosen()) ? moreThan(taught.each) : null;
  };

  function say(sentence, isBusy = false) {
    if (status.textContent !== sentence) status.textContent = sentence;
    status.hidden = !sentence;
    root.classList.toggle("busy", isBusy);
  }

  /* The examples make room for the result; what the visitor unfolds stays so. */
  function fold(/** @type {boolean} */ isRoomWanted) {
    if (isFolded !== isRoomWanted) part(".shown").open = !isRoomWanted;
    isFolded = isRoomWanted;
  }

  function refresh() {
    const isTrained = session.state() === "trained";
    const more = moreThanTaught();
    find("more").hidden = !isTrained || !more;
    if (more) find("more").textContent = text("teach_more", { each: number(more) });
    const isOther = isTrained && JSON.stringify(session.choices()) !== JSON.stringify(form.chosen());
    root.classList.toggle("other", isOther);
    fold(session.isBusy() || (isTrained && !isOther));
    find("teach").classList.toggle("primary", !isTrained || isOther);
  }

  return {
    say,
    refresh,
    moreThanTaught,
    isSilent: () => status.hidden || root.classList.contains("busy"),
    showShare: (share) => part(".progress .done").style.setProperty("--share", share),
    /* The visitor sees what comes of the button: progress, then the result. */
    makeRoom() {
      if (part(".act").getBoundingClientRect().bottom + ROOM_BELOW < window.innerHeight) return;
      part(".act").scrollIntoView({ block: "start", behavior: "smooth" });
    },
    show(state) {
      root.dataset.phase = state;
      find("teach").textContent = text(session.isBusy() ? "teach_stop" : "teach_go");
      part(".progress").hidden = !session.isBusy();
      find("on").hidden = find("save").hidden = state !== "trained";
      part(".learned").hidden = !session.choices();
      refresh();
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
  const own = createOwnDigits(ownChanged);
  /** @type {Choices | null} */
  let lesson = null; // what the chosen lesson shows

  const written = createWritten((trouble) => {
    if (session.state() !== "loading") return;
    const words = { slow: "teach_slow", busy: "tab_busy", lost: "tab_lost", "": "teach_loading" };
    desk.say(text(words[trouble]), true);
  });
  const ownExamples = (/** @type {Choices} */ choices) => examplesOf(choices.own ? own.all(choices.digits) : []);
  const session = createSession({
    createTeacher,
    getHeldOut: written.heldOut,
    getShown: async (choices, signal) => joined([await written.shown(choices, signal), ownExamples(choices)]),
    onState: showState,
    onNetwork(choices, picture) {
      result.begin(choices, picture);
      reading.learned();
    },
    onReport(report) {
      root.dataset.held = report.held;
      desk.showShare(report.share);
      result.report(report);
      reading.learned(report.pad);
    },
    onJudgement: (read) => result.judge(read, reading.isMoved()),
  });
  const form = createForm(root, texts, own, { onChange: chosenByHand, onOwn: ownChanged });
  const isSeen = watchSight(root, () => root.checkVisibility() && reading.changed());
  const reading = createPadReading(root, texts, session, isSeen);
  const result = createResult(root, texts, session, reading.look);
  const desk = createDesk(root, texts, session, form);
  const preview = createPreview(root, texts, written, ownExamples);

  function countOf(choices) {
    const writtenCount = choices.hands === "own" ? 0 : choices.each * choices.digits.length;
    return writtenCount + ownExamples(choices).told.length;
  }

  function showPreview() {
    preview(form.chosen(), countOf(form.chosen()));
  }

  /** @param {import("./session.js").State} state */
  function showState(state) {
    desk.show(state);
    if (state === "loading") desk.say(text("teach_loading"), true);
    else if (state === "failed" && desk.isSilent()) desk.say(text("teach_failed"));
    else if (desk.isSilent()) desk.say("");
    if (state === "training") {
      reading.begin();
      desk.makeRoom();
    }
    reading.changed();
  }

  function chosenByHand() {
    if (!session.isBusy()) desk.say("");
    if (lesson && !areSameBut({ network: USUAL.network }, lesson, form.chosen())) chooseLesson(""); // it is another lesson now, or none
    desk.refresh();
    showPreview();
  }

  function ownChanged() {
    form.refresh();
    desk.refresh();
    showPreview();
  }

  function chooseLesson(name) {
    for (const button of root.querySelectorAll("[data-lesson]")) {
      button.ariaPressed = String(button.dataset.lesson === name);
    }
    lesson = null;
    task.hidden = !name;
    task.textContent = name ? text(`teach_lesson_${name}_task`) : "";
    if (!name) return;
    form.choose({ ...USUAL, ...LESSONS[name] });
    find("place").value = name === "middle" ? "drawn" : "centred";
    const strokes = drawings[name];
    if (strokes) beginExperiment({ name: "teach", tab: "", choices: {}, strokes });
    chosenByHand();
    lesson = form.chosen();
  }

  /* Trains, or says why not. A stop needs no words; without a network the state speaks. */
  function train(/** @type {Choices} */ choices, /** @type {() => Promise<unknown>} */ work) {
    if (!countOf(choices)) {
      desk.say(text("teach_nothing"));
      return;
    }
    desk.makeRoom();
    desk.showShare(0);
    work().catch((error) => {
      const isTold = error.name === "AbortError" || session.state() !== "trained" || !desk.isSilent();
      if (!isTold && root.isConnected) desk.say(text("teach_failed"));
    });
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
    try {
      await session.open(() => networkIn(chosen));
      form.choose(session.choices() ?? USUAL);
      chooseLesson("");
      chosenByHand();
    } catch (/** @type {any} */ error) {
      if (error.name !== "AbortError") desk.say(text("teach_open_failed"));
    }
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
  find("more").addEventListener("click", () => trainOn(desk.moreThanTaught()));
  find("save").addEventListener("click", async () => {
    const found = await session.save();
    if (found) saveAs("network.json", fileOf(found.saved, found.choices));
  });
  find("open").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files;
    file.value = "";
    if (chosen) open(chosen);
  });

  const endCorrections = onCorrections(ownChanged);
  const end = onCurrentDrawing(() => {
    if (root.isConnected) {
      reading.drawn();
      form.refresh();
      return;
    }
    for (const one of [end, endCorrections, own.end, session.end, reading.dispose]) one();
  });

  form.choose(USUAL);
  showState("idle");
  showPreview();
}
