import assert from "node:assert/strict";
import { test } from "node:test";

import { inkShare } from "../../assets/pad/renderer.js";

const line = (height) => ({ points: [[0, 100], [10, 100 + height]], times: [0, 1] });

test("ink is as wide as the brush on large digits, on dots and on a blank pad", () => {
  for (const heights of [[], [0], [40, 20], [500], [900]]) assert.equal(inkShare(heights.map(line)), 1);
});

test("ink is thinner the smaller the digits are, whatever dots and dashes are among them", () => {
  assert.equal(inkShare([line(250), line(0)]), 0.5);
  assert.ok(inkShare([line(400)]) > inkShare([line(200)]));
  assert.ok(inkShare([line(70)]) > 0.2);
});
