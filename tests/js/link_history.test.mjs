/**
 * What holds for the address and the pad whatever happens: random sequences of links, drawings, shares,
 * answers, ways back and forward, reloads, and returns from another site, in a fake history.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { createDrawing } from "../../assets/pad/drawing.js";
import { linkTo } from "../../assets/pad/link.js";
import { createLinkHistory } from "../../assets/pad/link_history.js";
import { seeded } from "../../assets/tabs/teach/examples.js";

const RUNS = 600;
const STEPS = 40;
const BROKEN = "#d=1!!!";

const strokesOf = (place) => [{ points: [[place, 5], [5, place]], times: [1000 + place, 1020 + place] }];

/* A page in a browser tab. `entries` is the browser's history; `visit` and `left` are what the test itself
 * knows: on which of its visits an entry is, and what was on the pad when a visit was left.
 */
function createBrowser() {
  const entries = [{ fragment: "", state: null, visit: 0 }];
  let at = 0;
  let broken = 0;
  let [drawing, links] = [null, null];
  const here = () => entries[at];
  const place = {
    fragment: () => here().fragment,
    state: () => here().state,
    replace: (state, fragment) => Object.assign(here(), { state: structuredClone(state), fragment }),
  };

  function load(strokes, visits) {
    drawing = createDrawing(() => links?.changed());
    links = createLinkHistory({ now: drawing.now, show: (next) => drawing.become(next) },
      () => { broken += 1; }, place);
    if (strokes.length) drawing.become({ strokes });
    links.begin(visits);
  }

  load([], { visit: null, left: {} });
  return {
    here,
    entries,
    at: () => at,
    drawing: () => drawing,
    links: () => links,
    broken: () => broken,
    pad: () => (drawing.isBlank() ? "" : linkTo(drawing.strokes())),
    push(entry) {
      entries.splice(at + 1, Infinity, entry);
      at += 1;
    },
    go(next) { at = next; },
    /* popstate and hashchange: one of them, or both. */
    arrive(events) { for (let i = 0; i <= events; i++) links.arrive(); },
    reload: () => load(structuredClone(drawing.strokes()), structuredClone(links.kept())),
  };
}

function run(seed) {
  const number = seeded(seed);
  const random = (count) => Math.floor(number() * count);
  const browser = createBrowser();
  const left = new Map(); // by visit
  const history = [];
  let visits = 1;
  let place = 10;

  for (let i = 0; i < STEPS; i++) {
    const before = { pad: browser.pad(), ...browser.here() };
    const kind = ["link", "same", "broken", "draw", "undo", "clear", "share", "answer", "go", "go", "reload", "return"][random(12)];
    history.push(kind);
    const says = `run ${seed}: ${history.join(", ")}`;
    const drawing = browser.drawing();
    if (kind === "link") {
      const fragment = linkTo(strokesOf(place++));
      left.set(before.visit, before.pad);
      browser.push({ fragment, state: null, visit: visits++ });
      browser.arrive(random(2));
      assert.equal(browser.pad(), fragment, says);
      assert.equal(browser.here().fragment, fragment, says);
      if (random(4)) continue;
      drawing.undo();
      assert.equal(browser.pad(), before.pad, `${says}: nothing is lost`);
    } else if (kind === "same" && before.fragment) { // the address is entered once more
      browser.here().state = null;
      browser.arrive(random(2));
      assert.equal(browser.pad(), before.pad, says);
    } else if (kind === "broken") {
      const told = browser.broken();
      browser.push({ fragment: BROKEN, state: null, visit: before.visit });
      browser.arrive(random(2));
      assert.ok(browser.broken() > told, says);
      assert.equal(browser.pad(), before.pad, says);
    } else if (kind === "draw") {
      drawing.become({ strokes: [...drawing.strokes(), ...strokesOf(place++)] });
    } else if (kind === "undo") {
      drawing.undo();
    } else if (kind === "clear") {
      drawing.become({});
    } else if (kind === "share" && before.pad) {
      assert.ok(browser.links().share());
      assert.equal(browser.here().fragment, before.pad, says);
    } else if (kind === "answer") { // as the stage does
      browser.push({ ...browser.here() });
    } else if (kind === "reload") {
      browser.reload();
      assert.equal(browser.pad(), before.pad, says);
      assert.equal(browser.here().fragment, before.fragment, says);
    } else if (kind === "go" || kind === "return") {
      browser.go(random(browser.entries.length));
      const { fragment, visit } = { ...browser.here() };
      if (visit !== before.visit) left.set(before.visit, before.pad);
      if (kind === "go") browser.arrive(random(2));
      else browser.reload(); // of another page of the same history, after another site
      const linked = fragment === BROKEN ? "" : fragment;
      const known = linked || left.get(visit);
      assert.equal(browser.pad(), visit === before.visit ? before.pad : known ?? before.pad, says);
    }
    const { fragment } = browser.here();
    if (fragment && fragment !== BROKEN) assert.equal(fragment, browser.pad(), says);
  }
}

test("the pad shows what the address says, whatever happens", () => {
  for (let seed = 1; seed <= RUNS; seed++) run(seed);
});

test("a link of another hand is kept though this page would write it otherwise", () => {
  const browser = createBrowser();
  const fragment = `${linkTo([{ points: [[5, 5]], times: [0] }]).slice(0, -1)}K`; // begins at 100 ms
  browser.push({ fragment, state: null });
  browser.arrive(1);
  assert.equal(browser.here().fragment, fragment);
  assert.ok(!browser.drawing().isBlank());
});
