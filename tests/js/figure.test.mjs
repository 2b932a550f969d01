import assert from "node:assert/strict";
import { test } from "node:test";

import { bytesOf, floatsOf, roundTicks, rowsOf, signed } from "../../assets/shared/figure.js";
import { percent } from "../../assets/shared/percent.js";
import { placeLabels } from "../../assets/tabs/perturbation/perturbation.js";

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

test("curves' labels are apart, at the middle of a plateau and otherwise at the peak", () => {
  const at = (heights) => heights.map((y, i) => [20 * i, y]);
  const [plateau, peak, low] = placeLabels([at([0, 0, 0, 90, 100]), at([100, 100, 50, 0, 100]), at([100, 95, 100, 5, 100])], 17);
  assert.deepEqual(plateau, [20, 0]);
  assert.deepEqual(peak, [60, 0]);
  assert.deepEqual(low, [20, 95]); // its peak is below the other's label
  assert.deepEqual(placeLabels([at([100, 90]), at([100, 90])], 500), [[20, 90], [20, 90]]); // no room at all
});

test("pictures in rows are within the width and apart", () => {
  for (const width of [320, 559, 560, 900, 2000]) {
    for (const count of [1, 2, 3, 5, 10]) {
      const { height, places } = rowsOf(count, width, { foot: 20 });
      assert.ok(places.every(({ x, y, size }) => x + size <= width + 0.01 && y + size + 20 <= height + 0.01));
      assert.ok(places.slice(1).every(({ x, y, size }, i) => x >= places[i].x + size || y >= places[i].y + size));
    }
  }
});
