/* The sketchpad's parts, put together. Gradio hands in `element`, `props` and `server`. */
import { onExperiment, takeDrawing } from "../shared/experiments.js";
import { keepDrawing, keptDrawing, keptVisits } from "../shared/kept_drawing.js";
import { createNotice } from "../shared/notice.js";
import { pinnedDrawing } from "../shared/pinned.js";
import { PAD_UNITS } from "../shared/strokes.js";
import { createTexts } from "../shared/texts.js";
import { challengeFragment, challengeWords, currentChallenge } from "../stage/challenge.js";
import { createDock } from "../stage/dock.js";
import { createPresenting } from "../stage/presenting.js";
import { PARAMETER } from "../stage/stage.js";
import { createCorrections } from "./corrections.js";
import { createDrawing } from "./drawing.js";
import { createExamples } from "./examples.js";
import { createLinkHistory } from "./link_history.js";
import { createPen } from "./pen.js";
import { createPicture, pictureFrom } from "./picture.js";
import { createPlayer } from "./player.js";
import { createReader } from "./reader.js";
import { createRenderer } from "./renderer.js";
import { createTools } from "./tools.js";

const SHOWN_FIRST = ["curled", "crossed", "slashed", "flag", "ambiguous"]; // examples
const TOUCHES = ["pointerdown", "keydown", "click", "input", "paste", "dragover"];

export function mount({ element, props, server }) {
  const sketchpad = element.querySelector(".sketchpad");
  const part = (name) => sketchpad.querySelector(`[data-testid="${name}"]`);
  const texts = createTexts();
  const { text } = texts;
  texts.fill(sketchpad);
  document.title = text("title");
  const { say } = createNotice(part("notice"));
  const sayBriefly = (sentence) => say(sentence, true);
  const canvas = part("sketchpad");
  let changes = 0; // of the drawing

  const dock = createDock(sketchpad); // hears of a touch before the pen does
  const drawing = createDrawing(changed);
  const tools = createTools(sketchpad, drawing, {
    step,
    onBrush: () => renderer.refresh(),
    onEraser() {
      canvas.classList.toggle("erasing", tools.isErasing());
      renderer.setCursor(null);
    },
  });
  const renderer = createRenderer(canvas, drawing, tools.brush);
  const player = createPlayer(drawing, {
    onLiving(isOn) {
      sketchpad.classList.toggle("living", isOn);
      reader.setQuiet(isOn);
    },
    onTip: pointAt,
    isStill: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  const reader = createReader(sketchpad, drawing, renderer, texts, {
    server, player, isPenDown: () => pen.isDown(), say, onRead: () => corrections.changed(),
  });
  const pen = createPen(canvas, drawing, renderer, {
    isErasing: tools.isErasing,
    isSpot: reader.isFrameAt,
    onTap: reader.chooseAt,
    onStart() {
      player.stop();
      reader.toLive();
    },
    onEnd: reader.rested,
    onFull: () => say(text("full")),
    onKeys: (isDown) => reader.speak(text(isDown ? "pen_down" : "pen_up")),
  });
  const corrections = createCorrections(sketchpad, texts, {
    current: reader.current, onOpen: reader.toLive, say: sayBriefly,
  });
  const links = createLinkHistory({
    now: () => (player.isLiving() ? { strokes: [], picture: null } : drawing.now()),
    show: (next) => step(() => drawing.become(next)),
  }, () => sayBriefly(text("link_broken")));
  /** @type {import("./examples.js").Example[]} */
  const examples = JSON.parse(props.examples ?? "[]");
  createExamples(part("examples"), examples, text, play);
  createPresenting(sketchpad, text, dock.look);
  createPicture(sketchpad, texts, {
    onPicture(picture) {
      step(() => drawing.become({ picture }));
      if (!keep()) sayBriefly(text("picture_not_kept"));
    },
    onError: sayBriefly,
    changes: () => changes,
  });
  const keep = keepDrawing({
    strokes: () => (player.isLiving() ? [] : drawing.strokes()),
    picture: drawing.picture,
    visits: links.kept,
  });

  function changed(isLonger) {
    changes += 1;
    const isBlank = drawing.isBlank();
    sketchpad.classList.toggle("inked", !isBlank);
    tools.show({ undo: drawing.canUndo(), redo: drawing.canRedo(), clear: !isBlank && !player.isLiving() });
    links.changed();
    if (!pen.isDown()) renderer.refresh(isLonger);
    reader.changed(isLonger);
  }

  /* The drawing is about to change, by something other than the pen. */
  function step(act) {
    player.stop();
    pen.release();
    reader.toLive();
    act();
  }

  function play(strokes) {
    pen.release();
    player.play(strokes);
  }

  /* The hand that seems to draw an example. */
  function pointAt(point) {
    const hand = sketchpad.querySelector(".hand");
    hand.classList.toggle("away", !point);
    if (!point) return;
    hand.style.left = `${(100 * point[0]) / PAD_UNITS}%`;
    hand.style.top = `${(100 * point[1]) / PAD_UNITS}%`;
  }

  async function share() {
    if (drawing.isBlank()) return sayBriefly(text("link_blank"));
    if (drawing.picture()) return sayBriefly(text("link_picture"));
    const challenge = currentChallenge();
    if (!links.share(challengeFragment(challenge))) return sayBriefly(text("link_long"));
    reader.toLive();
    try {
      const { openShare } = await import("./share.js");
      await openShare({
        ...reader.history(), strokes: drawing.strokes(), brush: tools.brush(), isChallenge: challenge !== null,
        sentence: challenge ? challengeWords(challenge, texts) : sketchpad.querySelector(".sentence").textContent,
      }, texts);
    } catch {
      sayBriefly(text("load_failed"));
    }
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

  /* Only a page that nobody has touched lives: blank, and with the tab that is open at first. */
  function live() {
    const isUntouched = drawing.isBlank() && !pinnedDrawing() && !navigator.userActivation?.hasBeenActive
      && !new URLSearchParams(location.search).has(PARAMETER);
    if (!isUntouched) return;
    for (const name of TOUCHES) document.addEventListener(name, player.endLife, { capture: true, once: true });
    player.live(SHOWN_FIRST.flatMap((name) => examples.filter((one) => one.name === name)).map(({ strokes }) => strokes));
  }

  function drawForExperiment() {
    const strokes = takeDrawing();
    if (strokes) play(strokes);
  }

  part("share").addEventListener("click", share);
  window.addEventListener("hashchange", links.arrive);
  window.addEventListener("popstate", links.arrive); // comes alone where the tab is another, too
  onExperiment(drawForExperiment);
  changed(false);
  const opened = openKept();
  drawForExperiment(); // of one that was begun before this module came
  opened.then(live);
}
