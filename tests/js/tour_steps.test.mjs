import assert from "node:assert/strict";
import { test } from "node:test";

import { challengeFragment, challengeIn } from "../../assets/stage/challenge.js";
import {
  addedShare, beginsWith, isSmallAndAway, judge, nextChallenge, progressOf, STEPS, withDone,
} from "../../assets/stage/tour_steps.js";

const FOUR = [[[300, 200], [300, 500]], [[600, 200], [600, 700]]]; // 800 units of ink
const LINE = [[300, 200], [500, 200]];

function reading(digit, { sure = 0.99, isDigit = true, ...more } = {}) {
  const probabilities = Array(10).fill((1 - sure) / 9);
  probabilities[digit] = sure;
  return { digit, is_digit: isDigit, probabilities, pixels: "", digit_margin: 1, ...more };
}

const facts = (more = {}) => ({ start: FOUR, strokes: FOUR, reading: reading(4), outcome: null, ...more });
const doneBy = (name, more) => judge(STEPS[name], facts(more)).isDone;

test("nothing is done by what a step begins with", () => {
  for (const name of Object.keys(STEPS)) {
    assert.equal(doneBy(name), false, name);
    assert.equal(doneBy(name, { start: [], strokes: [], reading: null }), false, name);
  }
});

test("a drawing begins with another only if that is unchanged", () => {
  assert.ok(beginsWith([...FOUR, LINE], FOUR));
  assert.ok(beginsWith(FOUR, []));
  assert.ok(!beginsWith(FOUR.slice(1), FOUR));
  assert.ok(!beginsWith([FOUR[0], [[600, 200], [600, 650]]], FOUR));
  assert.ok(!beginsWith([FOUR[0], FOUR[1].slice(1)], FOUR));
});

test("least ink: what was added, as a share of the drawing's own", () => {
  assert.equal(addedShare(FOUR, [...FOUR, LINE]), 0.25);
  assert.equal(addedShare(FOUR, FOUR), 0);
  assert.equal(addedShare(FOUR, [FOUR[0], LINE]), null); // something was erased
  assert.equal(addedShare([], [LINE]), null);
});

test("small and in a corner", () => {
  const square = (left, top, side) => [[[left, top], [left + side, top + side]]];
  assert.ok(isSmallAndAway(square(50, 50, 200)));
  assert.ok(isSmallAndAway(square(750, 100, 200)));
  assert.ok(!isSmallAndAway(square(400, 400, 200)));
  assert.ok(!isSmallAndAway(square(50, 400, 200))); // at the edge, in no corner
  assert.ok(!isSmallAndAway(square(0, 0, 620)));
  assert.ok(!isSmallAndAway([]));
});

const barred = { strokes: [...FOUR, LINE], reading: reading(7), outcome: { tab: "attribution" } };
const closed = { strokes: [...FOUR, LINE], reading: reading(9, { sure: 0.95 }) };
const small = { strokes: [[[50, 50], [250, 250]]], outcome: { tab: "preprocessing" } };
const turned = { tab: "perturbation", change: "rotation", verdict: "?" };
const moved = { tab: "comparison", right: 6, down: 0, readings: [reading(5), reading(3)] };
const fooled = { tab: "adversarial", success: true, norm: "linf", largest: 17 };
const opinions = { tab: "comparison", right: 0, down: 0, readings: [4, 4, 9, 4, 4].map((digit) => reading(digit)) };
const noDigit = reading(4, { isDigit: false });

/* For each step what does it, or with its score, and what does not. */
const CASES = [
  ["map", { outcome: { tab: "network", view: "map" } }, true, [{ outcome: { tab: "network", view: "network" } }]],
  ["crossbar", barred, true, [{ ...barred, outcome: null }, { ...barred, reading: reading(1) }]],
  ["gap", closed, true, [{ ...closed, strokes: FOUR }, { ...closed, reading: reading(9, { sure: 0.7 }) },
    { ...closed, reading: reading(3) }]],
  ["none", { reading: noDigit }, true, [{ reading: reading(3) }]],
  ["corner", small, true, [{ ...small, reading: noDigit }, { ...small, strokes: FOUR }]],
  ["turn", { outcome: turned }, true, [{ outcome: { ...turned, verdict: "6" } }, { outcome: { ...turned, change: "noise" } }]],
  ["middle", { outcome: moved }, true, [{ outcome: { ...moved, right: 0 } }, { outcome: { ...moved, readings: [reading(5)] } }]],
  ["ink", { ...closed, reading: reading(9) }, 0.25, [{ ...closed, reading: reading(4) },
    { ...closed, reading: reading(9, { isDigit: false }) }, { ...closed, reading: reading(9, { number: { text: "49" } }) }]],
  ["least", { outcome: fooled }, 17, [{ outcome: { ...fooled, success: false } }, { outcome: { ...fooled, norm: "l2" } },
    { outcome: { ...fooled, tab: "comparison" } }]],
  ["seven", { outcome: opinions }, 2, [{ outcome: { ...opinions, readings: opinions.readings.slice(0, 2) } },
    { outcome: { ...opinions, right: 3 } }, { outcome: opinions, reading: noDigit }]],
  ["seven", { outcome: { ...opinions, readings: [reading(4), noDigit, noDigit, reading(9)] } }, 3, []], // "?" counts once
];

for (const [name, does, result, others] of CASES) {
  test(`step ${name} is done by what it asks for, and by nothing else`, () => {
    const judged = judge(STEPS[name], facts(does));
    assert.deepEqual(result === true ? judged.isDone : judged.score, result);
    for (const other of others) {
      const { isDone, score } = judge(STEPS[name], facts(other));
      assert.ok(!isDone && (score ?? null) === null, JSON.stringify(other));
    }
  });
}

test("of scores the best one stays, and what was done stays done", () => {
  let progress = progressOf(null);
  progress = withDone(progress, "ink", 0.3);
  progress = withDone(progress, "ink", 0.2);
  progress = withDone(progress, "ink", 0.4);
  progress = withDone(progress, "seven", 2);
  progress = withDone(progress, "seven", 4);
  progress = withDone(progress, "seven", 3);
  progress = withDone(progress, "turn", null);
  assert.deepEqual(progress, { done: ["ink", "seven", "turn"], best: { ink: 0.2, seven: 4 } });
  const again = progressOf(progress);
  assert.deepEqual([...again.done].sort(), ["ink", "seven", "turn"]);
  assert.deepEqual(again.best, progress.best);
});

test("a visitor is invited to the first challenge whose goal is not reached", () => {
  assert.equal(nextChallenge(progressOf(null)), "ink");
  assert.equal(nextChallenge({ done: [], best: { ink: 0.2 } }), "ink");
  assert.equal(nextChallenge({ done: [], best: { ink: 0.04 } }), "least");
  assert.equal(nextChallenge({ done: [], best: { ink: 0.04, least: 20, seven: 2 } }), "seven");
  assert.equal(nextChallenge({ done: [], best: { ink: 0.04, least: 20, seven: 3 } }), undefined);
});

test("a challenge's score comes back from a link", () => {
  const challenge = { name: "ink", score: 0.0412 };
  assert.deepEqual(challengeIn(`#d=1abc${challengeFragment(challenge)}`), challenge);
  for (const fragment of ["", "#d=1abc", "#d=1abc&score=", "#d=1abc&score=ink-x", "#d=1abc&score=ink-1e9"]) {
    assert.equal(challengeIn(fragment), null, fragment);
  }
  assert.equal(challengeFragment(null), "");
});

test("what is kept and is not ours is left alone", () => {
  const none = { done: [], best: {} };
  for (const stored of [null, 5, [], "ink", { done: 3, best: 4 }, { done: ["flag"] },
    { best: { turn: 1, ink: "x" } }, { best: { ink: -5, least: 999, seven: 2.5 } }]) {
    assert.deepEqual(progressOf(stored), none, JSON.stringify(stored));
  }
});
