/* The network: all of it in one frame, following the pen; any map of it large, with its arithmetic; or
 * a drawing that is pinned and the one on the pad, map by map.
 */
import { askNetwork } from "./ask_network.js";
import { currentDrawing, onCurrentDrawing } from "../../shared/current_drawing.js";
import { tellOutcome } from "../../shared/experiments.js";
import { createQuestion } from "../../shared/question.js";
import { percent } from "../../shared/percent.js";
import { onPinned, pinnedDrawing, setPinned } from "../../shared/pinned.js";
import { createTexts } from "../../shared/texts.js";
import { isTyping } from "../../shared/typing.js";
import { bytesOf, createFigure, saveOnClick } from "../../shared/figure.js";
import { drawCompared, layOutCompared, picturesCompared, roomToCompare } from "./compared.js";
import { NARROW, layOut, roomFor } from "./layout.js";
import { drawLayer, layOutLayer } from "./layer.js";
import { drawOpened, inputTile, layOutOpened, strongest, unitOf } from "./opened.js";
import { drawOverview, picturesOf } from "./overview.js";
import { createPressable } from "./pressable.js";
import { rampOf } from "./colours.js";
import { createSpots } from "./spots.js";
import { showSums } from "./sums.js";
import { createWords } from "./words.js";
import { createWave } from "./wave.js";
import { createStatus, watchSight } from "../tab.js";

const PAUSE = 20; // ms between an answer and the next question: the pen goes first
const SLIDE_EVERY = 160; // ms
const BLANK = { pixels: `${"A".repeat(1046)}==`, strokes: [], reading: null };

/** @typedef {{name: "network"} | {name: "layer", layer: number} |
 *   {name: "map", layer: number, channel: number, row: number | null, column: number | null}} View */

export function mount({ element }) {
  const root = element.querySelector(".tab");
  const part = (name) => root.querySelector(`[data-testid="${name}"]`);
  const texts = createTexts();
  const { text, number } = texts;
  const words = createWords(texts);
  const { nameOf } = words;
  texts.fill(root);
  const canvas = part("figure");
  const frame = root.querySelector(".frame");
  const told = part("told");
  const tellState = createStatus(root);
  /** @type {View} */
  let view = { name: "network" };
  /** @type {number | null} */
  let digit = null; // whose logit is followed; null: the one that is read
  /** @type {any} */
  let overview = null; // {head, bytes, drawing}
  /** @type {any} */
  let compared = null; // {head, bytes, drawing, pinned}
  let isOfPinned = false; // what is opened belongs to the pinned drawing
  /** @type {any} */
  let opened = null; // {head, bytes, drawing, unit}
  /** @type {any} */
  let pictures = null; // of the overview, or of what is compared
  /** @type {any} */
  let chosen = null; // {layer, place} in the overview
  let input = -1; // chosen among an opened map's inputs; -1: the strongest
  let count = 8; // maps of a layer
  let fewer = 3; // where two drawings are compared
  let remembers = true; // which maps were shown: not after a refusal, the network may be another
  let updates = 0;
  let slideTimer = 0;
  let picturesDark = false;
  /** @type {any} */
  let waved = null; // the drawing that beads have run for
  let placed = ""; // where the overview's spots are

  const isDark = () => document.body.classList.contains("dark");
  const drawn = () => currentDrawing() ?? BLANK;
  const isComparing = () => view.name === "network" && pinnedDrawing() !== null;

  const wave = createWave(root.querySelector(".wave"));

  /* What is drawn */

  const figure = createFigure(canvas, heightFor, draw);

  function heightFor(width) {
    const isFree = width < NARROW && view.name !== "network" ? true : width < NARROW;
    frame.classList.toggle("free", isFree);
    if (!isFree) return frame.clientHeight;
    if (isComparing()) return compared ? comparedLayout(width, 0).height : 300;
    if (view.name === "network") return overview ? layOut(width, 0, overview.head.layers).height : 300;
    if (view.name === "layer") return opened ? layerGrid(width, 0).height : 300;
    return opened ? openedLayout(width, 0).height : 300;
  }

  function openedLayout(width, height) {
    const { unit, head } = opened;
    return layOutOpened(width, height, unit.channels.length, unit.size, head.shape[0] === 1);
  }

  const comparedLayout = (width, height) => layOutCompared(width, height, compared.head.layers,
    Math.max(...compared.head.layers.map(({ shown }) => shown.length)));

  const layerGrid = (width, height) => layOutLayer(width, height, opened.head.shape[2]);

  function draw(pen, width, height) {
    pen.ground = pen.paper; // of the page; maps have their own
    pen.paper = isDark() ? "#000004" : "#fffdf8";
    root.querySelector(".ramp").style.background = rampOf(isDark());
    const room = [roomFor(width, height), roomToCompare(width, height)];
    if (room[0] !== count || room[1] !== fewer) {
      [count, fewer] = room;
      queueMicrotask(question.changed);
    }
    if (isComparing()) {
      if (compared) drawBoth(pen, comparedLayout(width, height));
    } else if (view.name === "network" && overview) {
      const layout = layOut(width, height, overview.head.layers);
      if (picturesDark !== isDark() || !pictures) {
        picturesDark = isDark();
        pictures = picturesOf(overview, picturesDark);
      }
      drawOverview(pen, layout, {
        head: overview.head, pictures, chosen, isDark: isDark(),
        isBlank: !overview.drawing.reading, read: overview.drawing.reading,
        probabilities: overview.drawing.reading?.probabilities ?? Array(10).fill(0),
        number,
        nameOf: (layer) => [nameOf(layer), words.shapeOf(layer), `0–${number(layer.highest, 1)}`],
        percent: (share) => (overview.drawing.reading ? `${percent(share)}\u00a0%` : ""),
      });
      const places = `${width} ${height} ${overview.head.layers.map(({ shown }) => `${shown}`).join("/")}`;
      if (places !== placed || question.state().name === "done") spots.set(pressable.overview(overview.head, layout));
      placed = places; // in mid-stroke only where they are, and of what
    } else if (view.name === "layer" && opened) {
      const grid = layerGrid(width, height);
      drawLayer(pen, grid, { ...opened, shown: overview?.head.layers[opened.head.number].shown ?? [],
        isDark: isDark() });
      placed = "";
      spots.set(pressable.layer(opened.head, grid));
    } else if (view.name === "map" && opened) {
      const layout = openedLayout(width, height);
      drawOpened(pen, layout, { head: opened.head, unit: opened.unit, isDark: isDark(), text, number,
        ink: bytesOf(opened.drawing.pixels), input: chosenInput() });
      placed = "";
      spots.set(pressable.map(opened.head, opened.unit, layout, chosenInput()));
    }
  }

  function drawBoth(pen, layout) {
    if (picturesDark !== isDark() || !pictures) {
      picturesDark = isDark();
      pictures = picturesCompared(compared, picturesDark);
    }
    const readings = bothRead();
    drawCompared(pen, layout, {
      head: compared.head, pictures, chosen, readings, verdicts: readings.map(words.verdictOf),
      labels: ["network_pinned", "network_on_pad", "network_difference"].map((key) => text(key)),
      titleOf: (layer, scale) => [nameOf(layer), `0–${number(layer.highest, 1)}`,
        `±${number(scale * layer.highest, 2)}`],
      percent: (share) => `${percent(share)}\u00a0%`,
    });
    spots.set(pressable.compared(compared.head, layout));
    placed = "";
  }

  const bothRead = () => [compared.pinned.reading, compared.drawing.reading];

  const chosenInput = () => (input >= 0 && input < opened.unit.channels.length ? input
    : strongest(opened.unit.sums));

  /* What can be pressed */

  const pressable = createPressable(text, nameOf, number);

  const spots = createSpots(part("spots"), {
    onPress(spot) {
      const { layer, place, channel, all, deeper, band, input: pressed } = spot.data ?? {};
      if (deeper) goDeeper();
      else if (band !== undefined) openMap(Number(layer), Number(channel), band === 0);
      else if (all !== undefined) open({ name: "layer", layer: Number(all) });
      else if (view.name === "layer") openMap(view.layer, Number(channel));
      else if (view.name === "map" && pressed !== undefined) {
        input = Number(pressed);
        show();
      } else if (view.name === "network" && layer === overview.head.layers.length - 1) {
        digit = digit === place ? null : Number(place);
        question.changed();
      } else if (view.name === "network" && layer !== undefined && Number(layer) >= 0) {
        openMap(Number(layer), Number(channel));
      }
    },
    onPoint(spot) {
      if (view.name !== "network") return;
      chosen = spot?.data?.layer === undefined ? null
        : { layer: Number(spot.data.layer), place: Number(spot.data.place) };
      figure.redraw();
      tell();
    },
    onKey(spot, event) {
      if (event.key === "Escape" && view.name !== "network") {
        back();
        return true;
      }
      const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
      if (spot.key !== "pixels" || !step || view.name !== "map") return false;
      const [side] = opened.head.shape;
      const keep = (at) => Math.max(0, Math.min(side - 1, at));
      setPixel(keep(opened.unit.row + step[0]), keep(opened.unit.column + step[1]));
      return true;
    },
  });

  /* Views */

  function open(/** @type {View} */ next) {
    stopSliding();
    wave.stop();
    view = next;
    opened = null;
    input = -1;
    chosen = null;
    show();
    question.changed();
  }

  function openMap(layer, channel, isPinned = isOfPinned) {
    isOfPinned = isPinned;
    open({ name: "map", layer, channel, row: null, column: null });
  }

  function back() {
    const last = view;
    const band = isOfPinned ? 0 : 1;
    isOfPinned = false;
    open({ name: "network" });
    if (last.name !== "map") return;
    const { head } = isComparing() ? compared ?? {} : overview ?? {};
    const place = head?.layers[last.layer].shown.indexOf(last.channel) ?? -1;
    if (!root.contains(document.activeElement) || place < 0) return;
    spots.focus(isComparing() ? `${band}/${last.layer}/${place}` : `${last.layer}/${place}`);
  }

  function setPixel(row, column) {
    if (view.name !== "map" || (view.row === row && view.column === column)) return;
    view = { ...view, row, column };
    question.changed();
  }

  function stopSliding() {
    clearInterval(slideTimer);
    slideTimer = 0;
    part("slide").setAttribute("aria-pressed", "false");
  }

  /* Pixel by pixel, row by row. */
  function slide() {
    if (slideTimer) return stopSliding();
    part("slide").setAttribute("aria-pressed", "true");
    slideTimer = setInterval(() => {
      if (!opened || view.name !== "map" || !root.isConnected) return stopSliding();
      const [side] = opened.head.shape;
      const at = (opened.unit.row * side + opened.unit.column + 1) % (side * side);
      setPixel(Math.floor(at / side), at % side);
    }, SLIDE_EVERY);
  }

  /* Under the pointer: over the map its pixel, over an input the pixel that sees it in the middle. */
  function point(event) {
    if (view.name !== "map" || !opened || slideTimer) return;
    const box = canvas.getBoundingClientRect();
    const enlarged = box.width / canvas.clientWidth; // for a presenter
    const [x, y] = [(event.clientX - box.left) / enlarged, (event.clientY - box.top) / enlarged];
    const { head, unit } = opened;
    const [side] = head.shape;
    const layout = openedLayout(canvas.clientWidth, canvas.clientHeight);
    const within = (tile) => x >= tile.x && x < tile.x + tile.size && y >= tile.y && y < tile.y + tile.size;
    const keep = (at) => Math.max(0, Math.min(side - 1, at));
    if (within(layout.map)) {
      const scale = layout.map.size / side;
      setPixel(keep(Math.floor((y - layout.map.y) / scale)), keep(Math.floor((x - layout.map.x) / scale)));
      return;
    }
    const over = unit.channels.findIndex((_, i) => within(inputTile(layout.grid, i)));
    if (over < 0) return;
    const tile = inputTile(layout.grid, over);
    const scale = tile.size / head.input.side;
    const place = (at) => keep(Math.round(
      (Math.floor(at / scale) + head.before - (unit.size - 1) / 2) / head.stride));
    setPixel(place(y - tile.y), place(x - tile.x));
  }

  /* The map that the chosen input is. */
  function goDeeper() {
    if (view.name !== "map" || view.layer === 0) return;
    openMap(view.layer - 1, opened.unit.channels[chosenInput()]);
  }

  /* Showing */

  function show() {
    root.dataset.view = isComparing() ? "compared" : view.name;
    showPin();
    part("back").hidden = view.name === "network";
    part("slide").hidden = view.name !== "map" || !opened || opened.head.shape[0] === 1;
    part("heading").textContent = headingOf();
    if (view.name === "map" && opened) showSums(part("sums"), opened.unit, { text, number });
    part("sums").hidden = view.name !== "map" || !opened;
    root.querySelector(".legend").hidden = view.name !== "network";
    part("for").textContent = text(isComparing() ? "network_more" : "network_for");
    part("against").textContent = text(isComparing() ? "network_less" : "network_against");
    figure.redraw();
    tell();
  }

  function showPin() {
    const pin = part("pin");
    const isPinned = pinnedDrawing() !== null;
    pin.hidden = view.name !== "network";
    pin.textContent = text(isPinned ? "network_unpin" : "network_pin");
    pin.title = text(isPinned ? "network_unpin_hint" : "network_pin_hint");
    pin.setAttribute("aria-disabled", String(!isPinned && !pinnable())); // keeps the focus
  }

  /* An example that draws itself goes at the first touch. */
  function pinnable() {
    const drawing = currentDrawing();
    return drawing?.isExample ? null : drawing;
  }

  function togglePin() {
    if (pinnedDrawing()) setPinned(null);
    else if (pinnable()) setPinned(pinnable());
  }

  function headingOf() {
    if (isComparing()) {
      if (!compared) return "";
      const [pinned, other] = bothRead().map(words.verdictOf);
      return text(other ? "network_compared" : "network_compared_blank", { pinned, other });
    }
    if (view.name === "network") {
      const reading = overview?.drawing.reading;
      const isRefused = reading && !reading.is_digit && overview.head.digit === reading.digit;
      return reading ? text(isRefused ? "network_heading_none" : "network_heading", {
        digit: overview.head.digit, logit: number(overview.head.logits[overview.head.digit], 2) })
        : text("network_at_rest");
    }
    const layer = overview?.head.layers[view.layer] ?? opened?.head;
    if (!layer) return "";
    const name = nameOf(layer, true);
    return view.name === "layer" ? text("network_all_of", { count: layer.shape[2], layer: name })
      : text("network_map", { layer: name, map: view.channel });
  }

  function tell() {
    const sentence = sentenceFor();
    if (told.textContent !== sentence) told.textContent = sentence;
  }

  function sentenceFor() {
    if (view.name === "layer") {
      return opened ? text("network_layer_told", { parameters: number(opened.head.parameters),
        size: opened.head.shape.join(" × "), highest: number(opened.head.highest, 2) }) : "";
    }
    if (view.name === "map") return text("network_map_told");
    if (isComparing()) return compared ? words.toldOfBoth(compared.head, bothRead(), chosen) : "";
    if (!overview?.drawing.reading) return text("network_blank");
    return words.told(overview.head, chosen);
  }

  /* Asking */

  const question = createQuestion({
    subject() {
      const drawing = (isOfPinned && pinnedDrawing()) || drawn();
      const pinned = pinnedDrawing();
      if (isComparing()) return { drawing, view: "compared", pinned, count: fewer };
      if (view.name === "network") return { drawing, view: "network", digit, count };
      const { name, layer } = view;
      if (name === "layer") return { drawing, view: name, layer };
      return { drawing, view: name, layer, channel: view.channel, row: view.row, column: view.column };
    },
    ask({ drawing, pinned, view: name, digit: wanted, count: most, ...place }) {
      const { pixels } = drawing;
      if (pinned) {
        const last = remembers && compared?.head.layers.map((layer) => layer.shown);
        return askNetwork({ pixels, pinned: pinned.pixels, count: most, shown: last ? [...last, []] : undefined });
      }
      if (name !== "network") return askNetwork({ pixels, open: place });
      const shown = overview?.head.layers.map((layer) => layer.shown);
      const kept = shown?.map((one, i) => (i === shown.length - 1 ? [] : one)); // digits stay anyway
      return askNetwork({ pixels, digit: wanted, count: most, shown: remembers ? kept : undefined });
    },
    isValid: (answer) => answer?.bytes instanceof Uint8Array
      && Array.isArray(answer.head?.layers ?? answer.head?.shape),
    isStillAbout: (asked, now) => asked.view === now.view && asked.layer === now.layer
      && asked.channel === now.channel,
    show(answer, asked) {
      if (asked.view === "compared") {
        compared = { ...answer, drawing: asked.drawing, pinned: asked.pinned };
        pictures = null;
      } else if (asked.view === "network") {
        if (overview?.drawing !== asked.drawing) wave.stop();
        overview = { ...answer, drawing: asked.drawing };
        pictures = null;
      } else {
        opened = { ...answer, drawing: asked.drawing,
          unit: asked.view === "map" ? unitOf(answer) : null };
      }
      tellOutcome({ tab: "network", drawing: currentDrawing(), view: asked.view });
      updates += 1;
      root.dataset.updates = String(updates);
      root.dataset.verdicts = isComparing() ? bothRead().map((one) => words.verdictOf(one) || "–").join(" ") : "";
      root.dataset.digit = overview?.drawing.reading ? overview.head.digit : "";
      show();
    },
    mayAsk: () => isSeen(),
    pause: PAUSE,
    onState(state) {
      tellState(state);
      if (state.name === "refused") remembers = false;
      if (state.name !== "done") return;
      remembers = true;
      figure.redraw(); // with its numbers
      if (view.name === "network" && !isComparing() && overview?.drawing.reading && overview.drawing !== waved) {
        waved = overview.drawing;
        wave.run(layOut(canvas.clientWidth, canvas.clientHeight, overview.head.layers), overview.head);
      }
    },
  });
  const isSeen = watchSight(root, () => question.changed());
  const end = onCurrentDrawing(() => {
    if (root.isConnected) {
      if (!currentDrawing()) digit = null;
      showPin();
      question.changed();
    } else {
      end();
      endPin();
      document.removeEventListener("keydown", key);
      question.dispose();
    }
  });
  const endPin = onPinned(() => {
    wave.stop();
    chosen = null;
    pictures = compared = null;
    placed = "";
    show();
    question.changed();
  });

  function key(event) {
    if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isTyping(event.target) || !root.checkVisibility() || view.name !== "network") return;
    togglePin();
    event.preventDefault();
  }

  document.addEventListener("keydown", key);
  part("pin").addEventListener("click", togglePin);
  part("back").addEventListener("click", back);
  part("slide").addEventListener("click", slide);
  frame.addEventListener("pointermove", point);
  frame.addEventListener("pointerdown", point);
  saveOnClick(root, canvas, "network");
  show();
  question.changed();
}
