/* The sketchpad's parts, put together. Gradio hands in `element`, `props` and `server`. */
import { isReading } from "../shared/answers.js";
import { createCorrections } from "./corrections.js";
import { setCurrentDrawing } from "../shared/current_drawing.js";
import { createDock } from "../stage/dock.js";
import { createDrawing, firstPoints } from "./drawing.js";
import { BRUSH, PAD_UNITS } from "../shared/strokes.js";
import { createExamples } from "./examples.js";
import { onExperiment, takeDrawing } from "../shared/experiments.js";
import { createFirstScreen } from "./first_screen.js";
import { keepDrawing, keptDrawing, keptVisits } from "../shared/kept_drawing.js";
import { createLinkHistory } from "./link_history.js";
import { createNotice } from "../shared/notice.js";
import { createNumber } from "./number.js";
import { createPen } from "./pen.js";
import { createPicture, pictureFrom } from "./picture.js";
import { pinnedDrawing } from "../shared/pinned.js";
import { heard } from "../shared/post.js";
import { createQuestion } from "../shared/question.js";
import { read } from "./read.js";
import { readPicture } from "./read_picture.js";
import { createReading } from "./reading.js";
import { createRenderer } from "./renderer.js";
import { openNeighbour, PARAMETER } from "../stage/stage.js";
import { createTexts } from "../shared/texts.js";
import { createTimeline } from "./timeline.js";
import { isTyping, usesArrows } from "../shared/typing.js";

const BRUSH_KEPT = "mnist-brush"; // in localStorage
const SHOWN_FIRST = ["curled", "crossed", "slashed", "flag", "ambiguous"]; // examples
const TOUCHES = ["pointerdown", "keydown", "click", "input", "paste", "dragover"];
const STEPS = { pageup: -1, arrowleft: -1, pagedown: 1, arrowright: 1 }; // a presenter's, from answer to answer
const ASK_EVERY = 1000 / 30; // ms: smooth to the eye, and a class asks no more than it sees

export function mount({ element, props, server }) {
  const sketchpad = element.querySelector(".sketchpad");
  const part = (name) => sketchpad.querySelector(`[data-testid="${name}"]`);
  const texts = createTexts();
  const { text } = texts;
  texts.fill(sketchpad);
  document.title = text("title");

  const { say, offer } = createNotice(part("notice"));
  const canvas = part("sketchpad");
  const brushSlider = part("brush");
  const brush = () => Number(brushSlider.value) || BRUSH;
  const eraseButton = part("erase");
  const isErasing = () => eraseButton.getAttribute("aria-pressed") === "true";
  let sheet = 0; // counts the times ink was taken away: what was read before is out of date
  let changes = 0; // of the drawing
  let isPast = false; // the reading of an earlier moment is shown

  try {
    brushSlider.value = localStorage.getItem(BRUSH_KEPT) ?? BRUSH;
  } catch {
    brushSlider.value = BRUSH; // no storage here
  }

  const dock = createDock(sketchpad); // hears of a touch before the pen does
  const drawing = createDrawing(changed);
  const renderer = createRenderer(canvas, drawing, brush);
  const reading = createReading(sketchpad, texts);
  const number = createNumber(sketchpad, texts, { onChoose: showChosen });
  /** @type {{reading: import("../shared/answers.js").Reading, strokes: import("../shared/strokes.js").Point[][]} | null} */
  let latest = null; // {reading, strokes} of what is on the pad now; null until it is read
  const links = createLinkHistory({
    now: () => (firstScreen.isOn() ? { strokes: [], picture: null } : drawing.now()),
    show: (next) => step(() => drawing.become(next)),
  }, () => say(text("link_broken"), true));
  const pen = createPen(canvas, drawing, renderer, {
    isErasing,
    brush,
    isSpot: number.isFrameAt,
    onTap: number.chooseAt,
    onStart() {
      firstScreen.stop();
      examples.stop();
      timeline.toLive();
    },
    onLift: () => timeline.rested(),
    onFull: () => say(text("full")),
    onKeys: (isDown) => reading.speak(text(isDown ? "pen_down" : "pen_up")),
  });
  let isUnread = false; // the server is slow, lost, or refused: the notice says so
  const question = createQuestion({
    subject: () => (drawing.isBlank() ? null : { sheet, count: drawing.count() }),
    ask() {
      firstScreen.asked();
      const picture = drawing.picture();
      return picture ? heard(readPicture(server.read_picture, picture)) : read(drawing.points());
    },
    show: showReading,
    every: ASK_EVERY,
    isValid: isReading,
    isStillAbout: (asked, now) => asked.sheet === now.sheet,
    mayAsk: () => firstScreen.mayAsk(),
    look: () => (document.hidden ? null : read([])), // a blank one asks: are you there?
    onState({ name, sentence }) {
      const isLost = name === "lost" || name === "slow";
      if (isLost || name === "busy") firstScreen.stop(); // others need the server more
      const words = isLost ? text(drawing.isBlank() ? "lost_blank" : "lost")
        : name === "busy" ? text("busy") : sentence;
      if (words || isUnread) say(words);
      isUnread = Boolean(words);
      setOutdated(isUnread);
      sketchpad.dataset.state = name;
      timeline.rested();
    },
  });
  const timeline = createTimeline(sketchpad, drawing, texts, {
    read: (counts) => server.read_moments({ strokes: drawing.points(), counts }),
    mayAsk: () => !pen.isDown() && !firstScreen.isOn() && question.state().name === "done",
    onMoment(count, earlier) {
      isPast = true;
      renderer.showFirst(count);
      reading.show(earlier);
      number.show(null);
    },
    onLive() {
      isPast = false;
      renderer.showFirst(Infinity);
      if (latest) showChosen();
    },
  });
  /** @type {import("./examples.js").Example[]} */
  const offered = JSON.parse(props.examples ?? "[]");
  const examples = createExamples(sketchpad, drawing, offered, texts, {
    onStart() {
      firstScreen.stop();
      pen.release();
    },
  });
  const corrections = createCorrections(sketchpad, texts, {
    current: () => latest && !firstScreen.isOn() && number.shown(latest.reading, latest.strokes),
    onOpen: () => timeline.toLive(),
    onUnseen: (sentence) => say(sentence, true),
  });

  const firstDrawings = SHOWN_FIRST.flatMap((name) => offered.filter((one) => one.name === name))
    .map(({ strokes }) => strokes);
  const firstScreen = createFirstScreen(firstDrawings, {
    show(strokes) {
      if (strokes.length) drawing.grow(strokes);
      else drawing.cut([]);
      followTip(strokes.at(-1)?.points.at(-1));
    },
    onTurn(isOn) {
      sketchpad.classList.toggle("living", isOn);
      reading.setQuiet(isOn);
    },
    isStill: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
    isSeen: () => !document.hidden,
  });

  /* The hand that seems to draw an example. */
  function followTip(point) {
    const hand = sketchpad.querySelector(".hand");
    hand.classList.toggle("away", !point);
    if (!point) return;
    hand.style.left = `${(100 * point[0]) / PAD_UNITS}%`;
    hand.style.top = `${(100 * point[1]) / PAD_UNITS}%`;
  }

  /* What is shown was read from ink that has changed since. */
  function setOutdated(isOutdated) {
    sketchpad.classList.toggle("outdated", isOutdated);
  }

  /* Not `disabled`: a button that has just been used must keep the keyboard's focus. */
  function setUsable(name, isUsable) {
    part(name).setAttribute("aria-disabled", !isUsable);
  }

  function changed(isLonger) {
    const blank = drawing.isBlank();
    changes += 1;
    sketchpad.classList.toggle("inked", !blank);
    setUsable("undo", drawing.canUndo());
    setUsable("redo", drawing.canRedo());
    setUsable("clear", !blank && !firstScreen.isOn());
    if (!isUnread && !firstScreen.isOn()) say(""); // an example says nothing about the last notice
    latest = null;
    timeline.changed(isLonger);
    corrections.changed();
    links.changed();
    if (!pen.isDown()) renderer.refresh();
    if (!isLonger) sheet += 1;
    if (blank) {
      setCurrentDrawing(null);
      reading.showBlank();
      number.show(null);
    }
    question.changed();
  }

  /* The stage asks its questions about what was read last: the first `count` points. */
  function tellStage(answer, count) {
    const strokes = firstPoints(drawing.strokes(), count).map(({ points }) => points);
    const one = number.shown(answer, strokes);
    setCurrentDrawing({ ...one, pixels: one.reading.pixels, isExample: firstScreen.isOn() });
  }

  function showReading(answer, asked) {
    if (answer.digit === null) {
      if (!drawing.picture()) return;
      setCurrentDrawing(null);
      reading.showBlank(text("nothing_seen"));
      return;
    }
    if (asked.count === drawing.count()) {
      latest = { reading: answer, strokes: drawing.points() };
      corrections.changed();
    }
    timeline.add(asked.count, answer);
    if (!isPast) show(answer);
    tellStage(answer, asked.count);
  }

  function show(answer) {
    reading.show(number.shown(answer, []).reading);
    number.show(answer);
  }

  /* Another digit of the number is to be shown, or what is on the pad again. */
  function showChosen() {
    if (!latest) return;
    show(latest.reading);
    corrections.changed();
    tellStage(latest.reading, drawing.count());
  }

  function step(act) {
    firstScreen.stop();
    examples.stop();
    pen.release();
    timeline.toLive();
    act();
  }

  function clear() {
    if (!drawing.isBlank()) step(() => drawing.become({}));
  }

  function setErasing(isOn) {
    eraseButton.setAttribute("aria-pressed", isOn);
    canvas.classList.toggle("erasing", isOn);
    renderer.setCursor(null);
  }

  let isPointed = false; // the pointer was used after the Tab key
  const isPresenting = () => sketchpad.classList.contains("presenting");

  function setPresenting(isOn) {
    if (isOn === isPresenting()) return;
    if (isPointed) /** @type {HTMLElement} */ (document.activeElement)?.blur(); // its ring came with the key
    sketchpad.classList.toggle("presenting", isOn);
    sketchpad.closest("#workbench")?.classList.toggle("on-projector", isOn); // the stage, too
    dock.look();
    const button = part("present");
    button.querySelector("span").textContent = text(isOn ? "leave" : "present");
    button.title = text(isOn ? "leave_hint" : "present_hint");
    if (isOn && document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {}); // or without
    else if (document.fullscreenElement) document.exitFullscreen();
  }

  async function share() {
    if (drawing.isBlank()) return say(text("link_blank"), true);
    if (drawing.picture()) return say(text("link_picture"), true);
    if (!links.share()) return say(text("link_long"), true);
    try {
      await navigator.clipboard.writeText(location.href);
      say(text("link_copied"), true);
    } catch {
      offer(text("link_shown"), location.href); // no clipboard without https, or in this frame
    }
  }

  /* Only before a page that nobody has touched: blank, and with the answer that is open at first. */
  function beginFirstScreen() {
    const isUntouched = drawing.isBlank() && !pinnedDrawing() && !navigator.userActivation?.hasBeenActive
      && !new URLSearchParams(location.search).has(PARAMETER);
    if (!isUntouched) {
      firstScreen.stop();
      return;
    }
    for (const name of TOUCHES) document.addEventListener(name, touched, { capture: true });
    document.addEventListener("visibilitychange", firstScreen.look);
    firstScreen.look();
  }

  function touched() {
    firstScreen.stop();
    for (const name of TOUCHES) document.removeEventListener(name, touched, { capture: true });
    document.removeEventListener("visibilitychange", firstScreen.look);
  }

  /* What was on the pad before a reload; one undo below a link that is opened now. */
  async function openKept() {
    const kept = keptDrawing();
    if (kept && "strokes" in kept) drawing.become(kept);
    links.begin(keptVisits());
    const before = changes;
    try {
      const picture = kept && "picture" in kept ? await pictureFrom(kept.picture) : null;
      if (picture && drawing.isBlank() && changes === before) drawing.become({ picture });
    } catch {
      // what was kept is no picture: the pad stays blank
    }
  }

  function drawForExperiment() {
    const strokes = takeDrawing();
    if (strokes) examples.play(strokes);
  }

  function key(event) {
    if (event.key === "Tab") isPointed = false;
    if (isTyping(event.target)) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const name = event.key.toLowerCase();
    if (isCommand && name === "z") {
      step(event.shiftKey ? drawing.redo : drawing.undo);
    } else if (isCommand && name === "y") {
      step(drawing.redo);
    } else if (isCommand || event.altKey || event.repeat) {
      return;
    } else if (name === "delete") {
      clear();
    } else if (name === "e") {
      setErasing(!isErasing());
    } else if (name === "p") {
      setPresenting(!isPresenting());
    } else if (name === "escape" && isPresenting()) {
      setPresenting(false);
    } else if (isPresenting() && name in STEPS && !(name.startsWith("arrow") && usesArrows(event.target))) {
      openNeighbour(STEPS[name]);
    } else {
      return;
    }
    event.preventDefault();
  }

  part("undo").addEventListener("click", () => step(drawing.undo));
  part("redo").addEventListener("click", () => step(drawing.redo));
  part("clear").addEventListener("click", clear);
  eraseButton.addEventListener("click", () => setErasing(!isErasing()));
  part("present").addEventListener("click", () => setPresenting(!isPresenting()));
  part("share").addEventListener("click", share);
  brushSlider.addEventListener("input", () => {
    renderer.refresh();
    try {
      localStorage.setItem(BRUSH_KEPT, brushSlider.value);
    } catch {
      // no storage here: it is as before next time
    }
  });
  document.addEventListener("keydown", key);
  document.addEventListener("pointerdown", () => { isPointed = true; }, { capture: true });
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) setPresenting(false);
  });
  window.addEventListener("hashchange", links.arrive);
  window.addEventListener("popstate", links.arrive); // comes alone where the answer is another, too
  onExperiment(drawForExperiment);
  createPicture(sketchpad, texts, {
    onPicture(picture) {
      step(() => drawing.become({ picture }));
      if (!keep()) say(text("picture_not_kept"), true);
    },
    onError: (sentence) => say(sentence, true),
    changes: () => changes,
  });
  const keep = keepDrawing({
    strokes: () => (firstScreen.isOn() ? [] : drawing.strokes()),
    picture: drawing.picture,
    visits: links.kept,
  });
  changed(false);
  const opened = openKept();
  drawForExperiment(); // of one that was begun before this module came
  pen.takeOver(/** @type {any} */ (window).takeEarlyPen?.() ?? []); // early_pen.js
  opened.then(beginFirstScreen);
}
