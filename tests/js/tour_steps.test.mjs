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
const scoreOf = (name, more) => judge(STEPS[name], facts(more)).score;

test("there are ten steps, three of them challenges", () => {
  assert.equal(Object.keys(STEPS).length, 10);
  assert.equal(Object.values(STEPS).filter(({ score }) => score).length, 3);
  for (const { light, isDone, score } of Object.values(STEPS)) assert.ok(light && (isDone || score));
});

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
  const strokes = [...FOUR, LINE];
  assert.equal(scoreOf("ink", { strokes, reading: reading(9) }), 0.25);
  assert.equal(scoreOf("ink", { strokes, reading: reading(4) }), null);
  assert.equal(scoreOf("ink", { strokes, reading: reading(9, { isDigit: false }) }), null);
  assert.equal(scoreOf("ink", { strokes, reading: reading(9, { number: { text: "49" } }) }), null);
});

test("the smallest change: the largest of any pixel, where it was fooled", () => {
  const outcome = { tab: "adversarial", success: true, norm: "linf", largest: 17 };
  assert.equal(scoreOf("least", { outcome }), 17);
  assert.equal(scoreOf("least", { outcome: { ...outcome, success: false } }), null);
  assert.equal(scoreOf("least", { outcome: { ...outcome, norm: "l2" } }), null);
  assert.equal(scoreOf("least", { outcome: { ...outcome, tab: "comparison" } }), null);
});

test("seven opinions: how many there are of a digit that stays in the middle", () => {
  const readings = [4, 4, 9, 4, 4].map((digit) => reading(digit));
  const outcome = { tab: "comparison", right: 0, down: 0, readings };
  assert.equal(scoreOf("seven", { outcome }), 2);
  assert.equal(scoreOf("seven", { outcome: { ...outcome, readings: [...readings,
    reading(3, { isDigit: false }), reading(5, { isDigit: false })] } }), 3); // "?" is one of them
  assert.equal(scoreOf("seven", { outcome: { ...outcome, readings: readings.slice(0, 2) } }), null);
  assert.equal(scoreOf("seven", { outcome: { ...outcome, right: 3 } }), null);
  assert.equal(scoreOf("seven", { outcome, reading: reading(4, { isDigit: false }) }), null);
});

test("small and in a corner", () => {
  const square = (left, top, side) => [[[left, top], [left + side, top + side]]];
  assert.ok(isSmallAndAway(square(50, 50, 200)));
  assert.ok(isSmallAndAway(square(750, 100, 200)));
  assert.ok(!isSmallAndAway(square(400, 400, 200)));
  assert.ok(!isSmallAndAway(square(50, 400, 200))); // at the edge, in no corner
  assert.ok(!isSmallAndAway(square(0, 0, 620)));
  assert.ok(!isSmallAndAway([]));
  const small = { strokes: square(50, 50, 200), outcome: { tab: "preprocessing" } };
  assert.ok(doneBy("corner", small));
  assert.ok(!doneBy("corner", { ...small, reading: reading(4, { isDigit: false }) }));
});

test("each other step is done by what it asks for", () => {
  assert.ok(doneBy("map", { outcome: { tab: "network", view: "map" } }));
  assert.ok(!doneBy("map", { outcome: { tab: "network", view: "network" } }));
  const barred = { strokes: [...FOUR, LINE], reading: reading(7), outcome: { tab: "attribution" } };
  assert.ok(doneBy("crossbar", barred));
  assert.ok(!doneBy("crossbar", { ...barred, outcome: null })); // its answer is still to come
  assert.ok(!doneBy("crossbar", { ...barred, reading: reading(1) }));
  const closed = { strokes: [...FOUR, LINE] };
  assert.ok(doneBy("gap", { ...closed, reading: reading(9, { sure: 0.95 }) }));
  assert.ok(!doneBy("gap", { reading: reading(9, { sure: 0.95 }) })); // nothing was drawn
  assert.ok(!doneBy("gap", { ...closed, reading: reading(9, { sure: 0.7 }) }));
  assert.ok(!doneBy("gap", { ...closed, reading: reading(3) }));
  assert.ok(doneBy("none", { reading: reading(3, { isDigit: false }) }));
  const turned = { tab: "perturbation", change: "rotation", verdict: "?" };
  assert.ok(doneBy("turn", { outcome: turned }));
  assert.ok(!doneBy("turn", { outcome: { ...turned, verdict: "6" } }));
  assert.ok(!doneBy("turn", { outcome: { ...turned, change: "noise" } }));
  const moved = { tab: "comparison", right: 6, down: 0, readings: [reading(5), reading(3)] };
  assert.ok(doneBy("middle", { outcome: moved }));
  assert.ok(!doneBy("middle", { outcome: { ...moved, right: 0 } }));
  assert.ok(!doneBy("middle", { outcome: { ...moved, readings: [reading(5)] } }));
});

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
  const again = progressOf(JSON.stringify(progress));
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
  for (const stored of ["", "null", "5", "{", "[]", '{"done": 3, "best": 4}', '{"done": ["flag"]}',
    '{"best": {"turn": 1, "ink": "x"}}', '{"best": {"ink": -5, "least": 999, "seven": 2.5}}']) {
    assert.deepEqual(progressOf(stored), none, stored);
  }
});
