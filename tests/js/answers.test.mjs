import assert from "node:assert/strict";
import { test } from "node:test";

import { isPixels, isReading } from "../../assets/answers.js";

const PIXELS = Buffer.alloc(784).toString("base64");
const READING = { digit: 7, is_digit: true, probabilities: Array(10).fill(0.1), pixels: PIXELS };

test("a reading is one, blank or not", () => {
  assert.ok(isReading(READING));
  assert.ok(isReading({ ...READING, digit: null, is_digit: false }));
});

test("whatever else a proxy answers is none", () => {
  for (const wrong of [
    undefined, null, "<html>", [], {}, { error: "no" }, { ...READING, digit: 10 },
    { ...READING, digit: "7" }, { ...READING, is_digit: 1 }, { ...READING, probabilities: [1] },
    { ...READING, probabilities: Array(10).fill(NaN) }, { ...READING, pixels: PIXELS.slice(4) },
  ]) assert.ok(!isReading(wrong), JSON.stringify(wrong));
  assert.ok(!isPixels(undefined));
});
