import assert from "node:assert/strict";
import { test } from "node:test";

import { timelineTimes } from "../../assets/timeline.js";

const stroke = (...times) => ({ points: times.map((time) => [time % 1000, 0]), times });

test("time counts from the first point", () => {
  assert.deepEqual(timelineTimes([stroke(500, 510, 530)]), [0, 10, 30]);
  assert.deepEqual(timelineTimes([]), []);
});

test("a pause between strokes is cut, and so is a very long one within", () => {
  assert.deepEqual(timelineTimes([stroke(0, 100), stroke(5000, 5010)]), [0, 100, 350, 360]);
  assert.deepEqual(timelineTimes([stroke(0, 100), stroke(150, 160)]), [0, 100, 150, 160]);
  assert.deepEqual(timelineTimes([stroke(0, 9000)]), [0, 250]);
  assert.deepEqual(timelineTimes([stroke(0, 2000)]), [0, 2000]); // a hand that hesitates
});

test("clocks that go backwards do not", () => {
  assert.deepEqual(timelineTimes([stroke(100, 90, 95)]), [0, 0, 5]);
});
