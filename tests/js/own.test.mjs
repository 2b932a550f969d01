/* The visitor's own digits in two browser tabs, which share a storage. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { createOwnDigits } from "../../assets/tabs/teach/own.js";

const KEPT = "mnist-own-digits";

/* Two tabs; `tell`: the storage event reaches the other one. */
function twoTabs() {
  const kept = new Map();
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  return [0, 1].map(() => {
    globalThis.window = new EventTarget();
    const { window } = globalThis;
    const tab = { heard: 0, tell: () => window.dispatchEvent(Object.assign(new Event("storage"), { key: KEPT })) };
    return Object.assign(tab, { own: createOwnDigits(() => { tab.heard += 1; }) });
  });
}

const pixels = (level) => btoa(String.fromCharCode(...Array(784).fill(level)));
const kept = ({ own }) => own.all([...Array(10).keys()]).map(({ digit, pixels: [level] }) => [digit, level]);

for (const isTold of [true, false]) {
  test(`own digits of two tabs are all kept, ${isTold ? "with" : "before"} the storage event`, () => {
    const [one, other] = twoTabs();
    one.own.add(3, pixels(1));
    if (isTold) other.tell();
    other.own.add(4, pixels(2));
    if (isTold) one.tell();
    one.own.add(5, pixels(3));
    assert.deepEqual(kept(one), [[3, 1], [4, 2], [5, 3]]);
    other.tell();
    assert.equal(other.own.count(), 3);
    assert.deepEqual([one.heard, other.heard], isTold ? [1, 2] : [0, 1]);
    other.own.takeBack(); // its own, not the other's, which came later
    assert.deepEqual(kept(other), [[3, 1], [5, 3]]);
    one.own.forget();
    other.tell();
    assert.equal(other.own.count(), 0);
  });
}

test("own digits that cannot be stored are kept until the page closes", () => {
  const [one] = twoTabs();
  globalThis.localStorage.setItem = () => { throw new Error("full"); };
  one.own.add(3, pixels(1));
  one.own.add(4, pixels(2));
  assert.deepEqual(kept(one), [[3, 1], [4, 2]]);
});
