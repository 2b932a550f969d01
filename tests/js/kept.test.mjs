/* What is kept in the browser: own digits in two tabs, which share a storage; corrections; drawings. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { corrections } from "../../assets/shared/kept_corrections.js";
import { keptDrawing, keptPinned, keptVisits } from "../../assets/shared/kept_drawing.js";
import { createStorage } from "./fakes.mjs";

const KEPT = "mnist-own-digits";

let tabs = 0;

/* Two tabs; `tell`: the storage event reaches the other one. */
async function twoTabs() {
  globalThis.localStorage = createStorage();
  const both = [];
  while (both.length < 2) {
    const window = globalThis.window = new EventTarget();
    const own = await import(`../../assets/tabs/teach/own.js?tab=${++tabs}`);
    const tab = { own, heard: 0, tell: () => window.dispatchEvent(Object.assign(new Event("storage"), { key: KEPT })) };
    own.onOwn(() => { tab.heard += 1; });
    both.push(tab);
  }
  return both;
}

const pixels = (level) => btoa(String.fromCharCode(...Array(784).fill(level)));
const kept = ({ own }) => own.ownExamples([...Array(10).keys()]).map(({ digit, pixels: [level] }) => [digit, level]);

for (const isTold of [true, false]) {
  test(`own digits of two tabs are all kept, ${isTold ? "with" : "before"} the storage event`, async () => {
    const [one, other] = await twoTabs();
    one.own.addOwn(3, pixels(1));
    if (isTold) other.tell();
    other.own.addOwn(4, pixels(2));
    if (isTold) one.tell();
    one.own.addOwn(5, pixels(3));
    assert.deepEqual(kept(one), [[3, 1], [4, 2], [5, 3]]);
    other.tell();
    assert.equal(other.own.countOwn(), 3);
    assert.deepEqual([one.heard, other.heard], isTold ? [3, 3] : [2, 2]);
    other.own.takeBackOwn(); // its own, not the other's, which came later
    assert.deepEqual(kept(other), [[3, 1], [5, 3]]);
    one.own.forgetOwn();
    other.tell();
    assert.equal(other.own.countOwn(), 0);
  });
}

test("own digits that cannot be stored are kept until the page closes", async () => {
  const [one] = await twoTabs();
  globalThis.localStorage.setItem = () => { throw new Error("full"); };
  one.own.addOwn(3, pixels(1));
  one.own.addOwn(4, pixels(2));
  assert.deepEqual(kept(one), [[3, 1], [4, 2]]);
});

const STROKE = { points: [[1, 2], [3, 4]], times: [5, 6] };
const READING = { digit: 4, is_digit: true, probabilities: Array(10).fill(0.1), pixels: pixels(0), digit_margin: 1 };
const CORRECTION = { meant: 9, read: 4, strokes: [STROKE.points], pixels: pixels(0) };
const KINDS = [
  ["mnist-drawing", keptDrawing, [{ strokes: [STROKE] }, { picture: { png: "AAAA", ground: "#fff" } }],
    [{ strokes: [] }, { strokes: [{ ...STROKE, times: [5] }] }, { strokes: [{ points: [[1, null]], times: [5] }] },
      { picture: { png: "AAAA", ground: "red" } }, { picture: {} }]],
  ["mnist-pinned", keptPinned, [{ pixels: pixels(0), reading: READING }],
    [{ pixels: "AAAA", reading: READING }, { pixels: pixels(0), reading: {} },
      { pixels: pixels(0), reading: { ...READING, digit: null, is_digit: false, digit_margin: null } }]],
  ["mnist-visits", keptVisits, [{ visit: "a", left: { b: "#d=1" } }], [{ visit: 5 }, { left: 7 }]],
  ["mnist-corrections", corrections.all, [[CORRECTION]],
    [[null, {}, { ...CORRECTION, meant: 99 }, { ...CORRECTION, pixels: "AA" }], { length: 1 }]],
];

for (const [key, read, whole, damaged] of KINDS) {
  test(`${key} is read as it was stored, and is empty if it is damaged`, () => {
    const storage = globalThis.localStorage = globalThis.sessionStorage = createStorage();
    const empty = read();
    for (const stored of whole) {
      storage.setItem(key, JSON.stringify(stored));
      assert.deepEqual(read(), stored);
    }
    for (const stored of ["{", "7", "[]", "null", ...damaged.map((one) => JSON.stringify(one))]) {
      storage.setItem(key, stored);
      assert.deepEqual(read(), empty, stored);
    }
    storage.getItem = () => { throw new Error("denied"); };
    assert.deepEqual(read(), empty);
  });
}
