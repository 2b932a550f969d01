/* Where a number's digits stand over their ink. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAD_UNITS } from "../../assets/shared/strokes.js";
import { layOutLabels } from "../../assets/pad/number.js";

const UNIT = PAD_UNITS / 330; // a pad of 330 CSS pixels

/* Boxes of digits in rows that fill the pad. */
function rows(count, inEach) {
  const width = PAD_UNITS / inEach;
  const height = PAD_UNITS / count;
  return Array.from({ length: count * inEach }, (_, i) => {
    const [row, column] = [Math.floor(i / inEach), i % inEach];
    return [width * (column + 0.2), height * (row + 0.2), width * (column + 0.8), height * (row + 0.8)];
  });
}

test("two digits stand over their ink with how sure it is", () => {
  const { size, places } = layOutLabels([[100, 300, 350, 700], [600, 300, 850, 700]], UNIT);
  assert.equal(size, "whole");
  assert.deepEqual(places.map(({ isBelow }) => isBelow), [false, false]);
});

test("a digit at the pad's upper edge stands below, at a side within the pad", () => {
  const { places: [one] } = layOutLabels([[0, 50, 20, 600]], UNIT);
  assert.ok(one.isBelow);
  assert.ok(one.x >= 38 * UNIT);
});

test("many in a line have below them how sure it is, and more leave it out", () => {
  assert.equal(layOutLabels(rows(1, 8), UNIT).size, "stacked");
  assert.equal(layOutLabels(rows(1, 12), UNIT).size, "short");
});

test("a label that would stand above the pad is a shorter one", () => {
  const eight = rows(1, 8).map(([left, , right, bottom]) => [left, 135, right, bottom]);
  assert.equal(layOutLabels(eight, UNIT).size, "short");
});

test("where they would cover each other or another's ink there are none", () => {
  assert.deepEqual(layOutLabels(rows(3, 6), UNIT), { size: "", places: [] });
});
