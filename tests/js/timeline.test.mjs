import assert from "node:assert/strict";
import { test } from "node:test";

import { timelineSegments, timelineTimes } from "../../assets/pad/strip.js";

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

test("each reading stands for the ink since the one before, and the last one ends the strip", () => {
  const times = [0, 100, 200, 400];
  const timeOf = (count) => times[count - 1];
  const read = (count, digit, isDigit = true) => ({ count, reading: { digit, is_digit: isDigit } });
  const segments = timelineSegments([read(2, 1), read(3, 7, false), read(4, 4)], timeOf, 400);
  assert.deepEqual(segments.map(({ name, from, to }) => [name, from, to]),
    [["1", 0, 0.25], ["?", 0.25, 0.5], ["4", 0.5, 1]]);
});

test("the last reading has a width, however late it comes, and so has a dot's", () => {
  const late = timelineSegments(
    [{ count: 1, reading: { digit: 1, is_digit: true } },
      { count: 2, reading: { digit: 4, is_digit: true } }], (count) => 300 * (count - 1), 300);
  assert.deepEqual([late[1].from, late[1].to], [0, 1]);
  const [dot] = timelineSegments([{ count: 1, reading: { digit: 1, is_digit: false } }], () => 0, 0);
  assert.deepEqual([dot.name, dot.from, dot.to], ["?", 0, 1]);
});
