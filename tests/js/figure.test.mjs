import assert from "node:assert/strict";
import { test } from "node:test";

import { bytesOf, floatsOf, roundTicks, signed } from "../../assets/shared/figure.js";
import { percent } from "../../assets/shared/percent.js";

test("ticks are round, in order and within the range", () => {
  for (const [low, high] of [[0, 1], [-12, 12], [0.3, 1.6], [1, 28], [95, 100], [-0.001, 0.002]]) {
    const ticks = roundTicks(low, high);
    assert.ok(ticks.length >= 3 && ticks.length <= 8, `${low} to ${high}: ${ticks}`);
    assert.ok(ticks[0] >= low - 1e-9 && ticks.at(-1) <= high + 1e-9);
    const steps = ticks.slice(1).map((tick, i) => tick - ticks[i]);
    for (const step of steps) assert.ok(Math.abs(step - steps[0]) < 1e-9);
  }
  assert.deepEqual(roundTicks(-1, 1, 4), [-1, -0.5, 0, 0.5, 1]);
});

test("bytes and floats come back from base64", () => {
  const floats = Float32Array.of(0, -1.5, 3e7);
  const base64 = Buffer.from(floats.buffer).toString("base64");
  assert.deepEqual(floatsOf(base64), floats);
  assert.deepEqual(bytesOf(Buffer.from([0, 127, 255]).toString("base64")), Uint8Array.of(0, 127, 255));
});

test("zero is black, for is orange, against is blue, and nothing is brighter than full", () => {
  assert.deepEqual(signed(0), [0, 0, 0]);
  const [red, , blue] = signed(1);
  assert.ok(red > blue);
  const [lessRed, , moreBlue] = signed(-1);
  assert.ok(moreBlue > lessRed);
  assert.deepEqual(signed(2), signed(1));
});

test("a share is never 100 percent", () => {
  for (const share of [0.995, 0.9951, 0.9999, 1]) assert.equal(percent(share), ">99");
  assert.deepEqual([0, 0.004, 0.005, 0.5, 0.9949].map(percent), ["0", "0", "1", "50", "99"]);
});
