import assert from "node:assert/strict";
import { test } from "node:test";

import { erased } from "../../assets/pad/eraser.js";

const across = { points: [[0, 500], [1000, 500]], times: [0, 1000] };

test("a stroke that is crossed falls into two, apart by what was rubbed", () => {
  const left = erased([across], [500, 400], [500, 600], 50);
  assert.equal(left.length, 2);
  const [before, after] = left.map(({ points }) => points.map(([x]) => x));
  assert.ok(Math.max(...before) <= 450 && Math.max(...before) > 400);
  assert.ok(Math.min(...after) >= 550 && Math.min(...after) < 600);
});

test("times go along with the points", () => {
  const [, after] = erased([across], [500, 400], [500, 600], 50);
  for (const [i, [x]] of after.points.entries()) assert.ok(Math.abs(after.times[i] - x) < 2);
});

test("what is not touched stays the same object", () => {
  const far = { points: [[10, 10], [20, 20]], times: [0, 1] };
  const left = erased([across, far], [500, 400], [500, 600], 50);
  assert.equal(left.at(-1), far);
  assert.equal(erased([far], [500, 500], [600, 600], 50)[0], far);
});

test("a dot that is touched is gone, and so is a crumb", () => {
  assert.deepEqual(erased([{ points: [[500, 500]], times: [0] }], [510, 500], [510, 500], 50), []);
  const short = { points: [[0, 0], [52, 0]], times: [0, 1] };
  assert.deepEqual(erased([short], [0, 0], [0, 0], 51.9), []);
});
