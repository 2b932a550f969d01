/* Teach one: the visitor chooses what a network is shown, watches it learn in this browser, and draws. */
import { onCorrections } from "../../shared/kept_corrections.js";
import { currentDrawing, onCurrentDrawing } from "../../shared/current_drawing.js";
import { PAD_UNITS } from "../../shared/strokes.js";
import { beginExperiment } from "../../shared/experiments.js";
import { createQuestion } from "../../shared/question.js";
import { percent } from "../../shared/percent.js";
import { saveAs } from "../../shared/save.js";
import { createTexts } from "../../shared/texts.js";
import { differInCountOnly, differInNetworkOnly, LESSONS, moreThan, queriesFor, USUAL } from "./choices.js";
import { DRAWINGS } from "./drawings.js";
import { createDuel } from "./duel.js";
import { examplesOf, imageOf, none, placed, placeOf } from "./examples.js";
import { drawCurves, curvesHeight, drawPreview, drawStrip, drawWeights, paint, previewHeight, previewRows,
  STRIP_HEIGHT, weightsHeight } from "./figures.js";
import { fileOf, networkIn } from "./file.js";
import { createForm } from "./form.js";
import { createOwnDigits } from "./own.js";
import { createSession } from "./session.js";
import { createTeacher } from "./teacher.js";
import { countRight, GROUPS, kindsFor, reasonForDrawing, reasons, share } from "./verdicts.js";
import { createWritten } from "./written.js";
import { bytesOf, createFigure } from "../../shared/figure.js";
import { watchSight } from "../tab.js";

const PREVIEW_EACH = 3; // of each digit
const PREVIEW_REST = 250; // ms without another choice
const MOST_MISREAD = 27; // that are shown
const ROOM_BELOW = 420; // CSS pixels, for what it has learned

/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {import("./worker.js").Report} Report */

const FOLDER = new URL("./", import.meta.url);

/* Its parts, looks and texts come when it is opened: a page without it is none the heavier. */
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

export async function mount({ element }) {
  const root = element.querySelector(".tab");
  const { html, texts } = await loadParts();
  const { text, fill, number } = texts;
  root.innerHTML = html;
  fill(root);
  const find = (name) => root.querySelector(`[data-testid="${name}"]`);
  const [teachButton, onButton, moreButton, saveButton] = ["teach", "on", "more", "save"].map(find);
  const [status, task, progress, learned] = [".status", ".task", ".progress", ".learned"]
    .map((selector) => root.querySelector(selector));
  const file = root.querySelector('input[type="file"]');
  const place = find("place");
  const own = createOwnDigits(ownChanged);
  const duel = createDuel(find("duel"), text);

  /** @type {Report[]} */
  let reports = [];
  /** @type {{drawing: object | null, place: string, readings: number[][]}} */
  let strip = { drawing: null, place: "", readings: [] };
  /** @type {import("./worker.js").Picture | null} */
  let picture = null;
  let version = 0; // of the network's weights
  let judged = 0; // the version that the reasons and the misread digits are about
  /** @type {{pixels: Uint8Array, truth: number} | null} */
  let looked = null; // a misread digit that is looked at instead of the pad's drawing
  let preview = none();
  /** @type {Choices | null} */
  let lesson = null; // what the lesson that was chosen shows

  const session = createSession({
    createTeacher,
    async getHeldOut() {
      const held = await written.heldOut();
      say(text("teach_loading"), true);
      return held;
    },
    getShown,
    cancel: () => written.cancel(),
    onState: showState,
    onNetwork: showNetwork,
    onReport,
    onJudgement: showJudgement,
  });

  // What became of it

  function say(sentence, isBusy = false) {
    if (status.textContent !== sentence) status.textContent = sentence;
    status.hidden = !sentence;
    root.classList.toggle("busy", isBusy);
  }

  function tellFetching({ name, sentence }) {
    if (name === "working") say(session.state() === "loading" ? text("teach_fetching") : "", true);
    else if (name === "slow") say(text("teach_slow"), true);
    else if (name === "lost" || name === "busy") say(text(`tab_${name}`), true);
    else if (name === "refused") say(sentence);
    else if (name === "done" && session.state() !== "training") say("");
  }

  const { isBusy } = session;

  /** @param {import("./session.js").State} state */
  function showState(state) {
    root.dataset.phase = state;
    teachButton.textContent = text(isBusy() ? "teach_stop" : "teach_go");
    progress.hidden = !isBusy();
    onButton.hidden = saveButton.hidden = state !== "trained";
    learned.hidden = !session.choices();
    refreshMore();
    if (state === "training") {
      looked = null;
      say("");
      tellPad();
      makeRoom();
    } else if (state === "failed") {
      if (status.hidden || root.classList.contains("busy")) say(text("teach_failed"));
    } else if (!isBusy() && root.classList.contains("busy")) {
      say("");
    }
    if (!isBusy() && judged !== version) forgetJudgement();
    readPad.changed();
  }

  function forgetJudgement() {
    for (const name of ["reasons", "kinds", "misread"]) find(name).replaceChildren();
  }

  function refreshMore() {
    const taught = session.choices();
    const isTrained = session.state() === "trained";
    const more = taught && taught.hands !== "own" && differInCountOnly(taught, form.chosen())
      ? moreThan(taught.each) : null;
    moreButton.hidden = !isTrained || !more;
    if (more) moreButton.textContent = text("teach_more", { each: number(more) });
    const isOther = isTrained && JSON.stringify(taught) !== JSON.stringify(form.chosen());
    root.classList.toggle("other", isOther);
    teachButton.classList.toggle("primary", !isTrained || isOther);
  }

  // What it is shown

  const form = createForm(root, texts, () => {
    if (!isBusy()) say("");
    leaveLesson();
    refreshMore();
    showPreview();
  });
  const written = createWritten(tellFetching);
  const previews = createWritten(() => {});
  const previewFigure = createFigure(find("preview"),
    (width) => previewHeight(width, previewRows(preview, columnsOfPreview())),
    (pen, width) => drawPreview(pen, width, preview, columnsOfPreview()));
  let previewTimer = 0;

  const columnsOfPreview = () => (form.chosen().hands === "own" ? 10 : form.chosen().digits.length);
  const ownExamples = (/** @type {Choices} */ choices) =>
    examplesOf(choices.own ? own.all(choices.digits) : []);

  function countOf(choices) {
    const writtenCount = choices.hands === "own" ? 0 : choices.each * choices.digits.length;
    return writtenCount + ownExamples(choices).told.length;
  }

  function showPreview() {
    form.tellOwn(own.all(USUAL.digits).length);
    const choices = form.chosen();
    const count = countOf(choices);
    find("preview-words").textContent = text(count ? "teach_preview_words" : "teach_preview_none", { count: number(count) });
    clearTimeout(previewTimer);
    if (choices.hands === "own") {
      previews.cancel();
      setPreview(ownExamples(choices));
      return;
    }
    previewTimer = setTimeout(async () => {
      if (!isSeen()) return;
      const [query] = queriesFor({ ...choices, each: Math.min(choices.each, PREVIEW_EACH) });
      try {
        setPreview(await previews.get(query));
      } catch {
        // another is asked for, or the server says why when it is to be taught
      }
    }, PREVIEW_REST);
  }

  function setPreview(examples) {
    preview = examples;
    previewFigure.redraw();
  }

  function refreshKeep() {
    const counts = new Array(10).fill(0);
    for (const { digit } of own.all(USUAL.digits)) counts[digit] += 1;
    find("keep").querySelectorAll("button").forEach((button, digit) => {
      button.disabled = !currentDrawing();
      button.querySelector("small").textContent = counts[digit] ? `×${counts[digit]}` : "";
    });
    find("take-back").disabled = find("forget-own").disabled = !own.count();
  }

  function keepDrawing(digit) {
    const drawing = currentDrawing();
    if (!drawing) return;
    own.add(digit, drawing.pixels);
    beginExperiment({ name: "teach", tab: "", choices: {}, strokes: [] }); // the pad is free for the next
    ownChanged();
  }

  function ownChanged() {
    refreshKeep();
    showPreview();
    refreshMore();
  }

  /* What was chosen since may be another lesson, or none. */
  function leaveLesson() {
    if (lesson && !differInNetworkOnly(lesson, form.chosen())) chooseLesson("");
  }

  function chooseLesson(name) {
    if (!isBusy()) say("");
    for (const button of root.querySelectorAll("[data-lesson]")) {
      button.setAttribute("aria-pressed", String(button.dataset.lesson === name));
    }
    lesson = null;
    task.hidden = !name;
    task.textContent = name ? text(`teach_lesson_${name}_task`) : "";
    if (!name) return;
    const { choices, place: where, drawing } = LESSONS[name];
    form.choose({ ...USUAL, ...choices });
    lesson = form.chosen();
    place.value = where;
    if (DRAWINGS[drawing]) {
      beginExperiment({ name: "teach", tab: "", choices: {}, strokes: DRAWINGS[drawing] });
    }
    refreshMore();
    showPreview();
  }

  // The teaching

  /* The digits of some choices, without the first `skip` of each. */
  async function getShown(/** @type {Choices} */ choices, /** @type {number} */ skip) {
    const parts = [];
    for (const query of queriesFor(choices, skip)) parts.push(await written.get(query));
    if (!skip) parts.push(ownExamples(choices));
    say(text("teach_loading"), true);
    return parts;
  }

  function teach(/** @type {Choices} */ choices) {
    if (!countOf(choices)) {
      say(text("teach_nothing"));
      status.scrollIntoView({ block: "nearest", behavior: "smooth" });
      return;
    }
    makeRoom();
    root.querySelector(".progress .done").style.setProperty("--share", 0);
    session.teach(choices).catch(tellFailure);
  }

  /* The state says that it failed, unless there is still a network; a stop needs no words. */
  function tellFailure(/** @type {Error} */ error) {
    if (error.name === "AbortError" || !root.isConnected) return;
    if (session.state() === "trained" && status.hidden) say(text("teach_failed"));
  }

  function showNetwork(/** @type {Choices} */ choices, /** @type {any} */ itsPicture) {
    picture = itsPicture;
    reports = [];
    version += 1;
    find("weights-words").textContent = text(choices.network === "dense" ? "teach_templates" : "teach_filters");
    for (const figure of [curves, weights, stripFigure]) figure.redraw();
  }

  /* What it says of its progress, and then what it has learned, is seen by who pressed the button. */
  function makeRoom() {
    const act = root.querySelector(".act");
    if (act.getBoundingClientRect().bottom + ROOM_BELOW < window.innerHeight) return;
    act.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  function onReport(/** @type {Report} */ report) {
    reports.push(report);
    if (reports.length > 400) reports = reports.filter((_, i) => i % 2 || i === reports.length - 1);
    picture = report.picture;
    version += 1;
    root.querySelector(".progress .done").style.setProperty("--share", report.share);
    if (report.pad) strip.readings.push(report.pad);
    for (const figure of [curves, weights, stripFigure]) figure.redraw();
    root.dataset.held = report.held;
    readPad.changed();
  }

  function showJudgement(/** @type {import("./session.js").Judgement} */ read) {
    const choices = /** @type {Choices} */ (session.choices());
    judged = version;
    const counts = countRight(/** @type {any} */ (session.heldOut()), read.held);
    const { told, truth } = session.shown();
    const wrong = [...told.keys()].filter((i) => told[i] !== truth[i]);
    const right = [...told.keys()].filter((i) => read.shown[i] === told[i]).length;
    showReasons(reasons(choices, counts, place.value === "drawn", {
      shown: right / told.length, wrong: wrong.length,
      byHeart: wrong.filter((i) => read.shown[i] === told[i]).length }));
    showKinds(counts.groups, choices);
    showMisread(read.held, choices);
  }

  function showReasons(sentences) {
    find("reasons").replaceChildren(...sentences.map(({ key, values }) => {
      const item = document.createElement("li");
      item.textContent = text(key, values);
      return item;
    }));
  }

  function showKinds(groups, choices) {
    const rows = [{ name: "everybody", isShown: true }, ...kindsFor(choices)].flatMap(({ name, isShown }) => {
      const right = Math.round(100 * share(groups[name]));
      const term = document.createElement("dt");
      term.textContent = text(`teach_${name}`);
      const value = document.createElement("dd");
      value.dataset.kind = name;
      value.dataset.right = String(share(groups[name]));
      value.classList.toggle("never", !isShown);
      value.innerHTML = '<span class="bar"><i></i></span><span class="percent"></span><small></small>';
      /** @type {HTMLElement} */ (value.querySelector("i")).style.setProperty("--p", String(share(groups[name])));
      /** @type {HTMLElement} */ (value.querySelector(".percent")).textContent = text("teach_percent", { right });
      /** @type {HTMLElement} */ (value.querySelector("small")).textContent = isShown ? "" : text("teach_never");
      return [term, value];
    });
    find("kinds").replaceChildren(...rows);
  }

  function showMisread(read, choices) {
    const held = /** @type {any} */ (session.heldOut());
    const order = [...read.keys()].filter((i) => read[i] !== held.truth[i]);
    const everybody = order.filter((i) => held.group[i] === 0);
    const others = order.filter((i) => held.group[i] !== 0);
    const isHabit = (/** @type {number} */ i) => choices.without.includes(GROUPS[held.group[i]]);
    const seen = [...others.filter(isHabit), ...everybody];
    find("misread-words").textContent = text(seen.length ? "teach_misread_some" : "teach_misread_none",
      { count: number(everybody.length), all: number(held.group.filter((one) => one === 0).length) });
    find("misread").replaceChildren(...seen.slice(0, MOST_MISREAD).map((i) => {
      const button = document.createElement("button");
      button.type = "button";
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 28;
      paint(canvas, imageOf(held, i));
      button.append(canvas, `${held.truth[i]} → ${read[i]}`);
      button.setAttribute("aria-label", text("teach_misread_one", { truth: held.truth[i], read: read[i] }));
      button.addEventListener("click", () => {
        looked = { pixels: imageOf(held, i), truth: held.truth[i] };
        root.querySelector(".learned .drawing").scrollIntoView({ block: "start", behavior: "smooth" });
        readPad.changed();
      });
      return button;
    }));
  }

  // The drawing on the pad

  function seenPixels(drawing) {
    const pixels = bytesOf(drawing.pixels);
    return place.value === "drawn" ? placed(pixels, placeOf(drawing.strokes, PAD_UNITS)) : pixels;
  }

  /* Never 100: nothing is certain. */
  function sureness(probability) {
    const words = percent(probability);
    return words.startsWith(">") ? text("over", { number: words.slice(1) }) : words;
  }

  function tellPad() {
    const drawing = currentDrawing();
    if (strip.drawing !== drawing || strip.place !== place.value) {
      strip = { drawing, place: place.value, readings: [] };
      stripFigure.redraw();
    }
    session.pad(drawing && seenPixels(drawing));
  }

  function nothingRead() {
    const isTaught = !learned.hidden;
    duel.show(null, null);
    paint(find("input"), null);
    find("outcome").textContent = isTaught ? text("tab_blank") : "";
  }

  const readPad = createQuestion({
    subject: () => {
      const drawing = currentDrawing();
      if (learned.hidden || !(drawing || looked)) return null;
      return { drawing, looked, version, place: place.value, isTrained: session.state() === "trained" };
    },
    ask: (/** @type {any} */ { drawing, looked: one }) => session.read(one ? one.pixels : seenPixels(drawing)),
    show(/** @type {Float32Array} */ probabilities, /** @type {any} */ { drawing, looked: one }) {
      paint(find("input"), one ? one.pixels : seenPixels(drawing));
      const usual = one ? null : drawing.reading;
      duel.show(probabilities, usual && usual.probabilities, usual?.is_digit);
      const reads = duel.best(probabilities);
      if (one) {
        find("outcome").textContent = text("teach_looked", { truth: one.truth, reads });
        return;
      }
      const taught = session.choices();
      const reason = usual.is_digit && session.state() === "trained" && taught
        ? reasonForDrawing(taught, usual.digit, reads, place.value === "drawn") : null;
      find("outcome").textContent = reason ? text(reason.key, reason.values)
        : text("teach_pad_reads", { digit: reads, sure: sureness(probabilities[reads]) });
    },
    isStillAbout: () => true,
    mayAsk: () => session.choices() !== null && isSeen(),
    onState({ name }) {
      if (name === "blank") nothingRead();
    },
  });

  const curves = createFigure(find("curves"), curvesHeight, (pen, width) => drawCurves(pen, width, reports, texts));
  const weights = createFigure(find("weights"), (width) => weightsHeight(width, picture),
    (pen, width) => picture && drawWeights(pen, width, picture));
  const stripFigure = createFigure(find("strip"), () => STRIP_HEIGHT,
    (pen, width) => drawStrip(pen, width, strip.readings));

  // The buttons

  for (let digit = 0; digit < 10; digit++) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(String(digit), document.createElement("small"));
    button.addEventListener("click", () => keepDrawing(digit));
    find("keep").append(button);
  }
  for (const button of root.querySelectorAll("[data-lesson]")) {
    button.addEventListener("click", () =>
      chooseLesson(button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.lesson));
  }
  teachButton.addEventListener("click", () => {
    if (isBusy()) session.stop();
    else teach(form.chosen());
  });
  onButton.addEventListener("click", () => session.trainOn().catch(tellFailure));
  moreButton.addEventListener("click", () => {
    const choices = /** @type {Choices} */ (session.choices());
    const each = moreThan(choices.each) ?? choices.each;
    form.choose({ ...choices, each });
    leaveLesson();
    showPreview();
    session.trainOn(each).catch(tellFailure);
  });
  saveButton.addEventListener("click", async () => {
    const found = await session.save();
    if (found) saveAs("network.zip", fileOf(found.saved, found.choices));
  });
  find("open").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    try {
      await session.open(async () => {
        const found = await networkIn(chosen);
        say(text("teach_loading"), true);
        return found;
      });
      form.choose(/** @type {Choices} */ (session.choices()));
      chooseLesson("");
      say("");
      showPreview();
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") say(text("teach_open_failed"));
    }
  });
  find("take-back").addEventListener("click", () => {
    own.takeBack();
    ownChanged();
  });
  find("forget-own").addEventListener("click", () => {
    own.forget();
    ownChanged();
  });
  place.addEventListener("change", () => {
    tellPad();
    readPad.changed();
  });

  // Coming and going

  const isSeen = watchSight(root, () => {
    if (!root.checkVisibility()) return;
    if (!preview.told.length) showPreview();
    readPad.changed();
  });
  const endCorrections = onCorrections(ownChanged);
  const end = onCurrentDrawing(() => {
    if (!root.isConnected) {
      end();
      endCorrections();
      own.end();
      session.end();
      for (const question of [readPad, written, previews]) question.dispose();
      return;
    }
    looked = null;
    tellPad();
    refreshKeep();
    readPad.changed();
  });

  form.choose(USUAL);
  showState("idle");
  refreshKeep();
  showPreview();
  nothingRead();
}
