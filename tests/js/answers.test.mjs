import assert from "node:assert/strict";
import { test } from "node:test";

import { isPixels, isReading } from "../../assets/shared/answers.js";

const PIXELS = Buffer.alloc(784).toString("base64");
const READING = {
  digit: 7, is_digit: true, probabilities: Array(10).fill(0.1), pixels: PIXELS, digit_margin: 3.2,
};
const PLACED = { ...READING, box: [0, 0, 1, 1], parts: [[0, 0, 9]] };
const NUMBER = { text: "77", digits: [PLACED, PLACED], latest: 1, probability: 0.9 };

test("a reading is one, blank or not", () => {
  assert.ok(isReading(READING));
  assert.ok(isReading({ ...READING, digit: null, is_digit: false, digit_margin: null }));
});

test("a number comes whole or not at all", () => {
  assert.ok(isReading({ ...READING, number: NUMBER }));
  for (const wrong of [
    null, {}, { ...NUMBER, text: "7" }, { ...NUMBER, latest: 2 }, { ...NUMBER, digits: [PLACED] },
    { ...NUMBER, digits: [PLACED, READING] }, { ...NUMBER, digits: [PLACED, { ...PLACED, box: [1] }] },
    { ...NUMBER, digits: [PLACED, { ...PLACED, parts: [[0, 1]] }] },
  ]) assert.ok(!isReading({ ...READING, number: wrong }), JSON.stringify(wrong));
});

test("whatever else a proxy answers is none", () => {
  for (const wrong of [
    undefined, null, "<html>", [], {}, { error: "no" }, { ...READING, digit: 10 },
    { ...READING, digit: "7" }, { ...READING, is_digit: 1 }, { ...READING, probabilities: [1] },
    { ...READING, probabilities: Array(10).fill(NaN) }, { ...READING, pixels: PIXELS.slice(4) },
    { ...READING, digit_margin: null }, { ...READING, digit: null },
  ]) assert.ok(!isReading(wrong), JSON.stringify(wrong));
  assert.ok(!isPixels(undefined));
});
