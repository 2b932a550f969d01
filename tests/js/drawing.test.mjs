import assert from "node:assert/strict";
import { test } from "node:test";

import { createDrawing, firstPoints, MAX_POINTS, onGrain, onPad } from "../../assets/pad/drawing.js";
import { erased } from "../../assets/pad/eraser.js";
import { inkShare } from "../../assets/pad/renderer.js";

const stroke = (...points) => ({ points, times: points.map((_, i) => 10 * i) });

test("what was undone can be redone, and a change ends that", () => {
  const told = [];
  const drawing = createDrawing((isLonger) => told.push(isLonger));
  drawing.become({ strokes: [stroke([1, 1])] });
  drawing.become({});
  assert.ok(drawing.isBlank());
  drawing.undo();
  assert.equal(drawing.count(), 1);
  drawing.redo();
  assert.ok(drawing.isBlank());
  drawing.undo();
  drawing.become({ strokes: [stroke([2, 2], [3, 3])] });
  assert.ok(!drawing.canRedo());
  assert.deepEqual(told, [false, false, false, false, false, false]);
});

test("a tap is read as a dot, however the hand shook, and a short line as a line", () => {
  const drawing = createDrawing(() => {});
  assert.deepEqual(drawing.points(), []);
  drawing.become({ strokes: [stroke([500, 500], [503, 498], [508, 496]), stroke([502, 502])] });
  assert.deepEqual(drawing.points(), [[[500, 500]]]);
  assert.equal(drawing.count(), 4);
  drawing.become({ strokes: [stroke([500, 500], [520, 500])] });
  assert.deepEqual(drawing.points(), [[[500, 500], [520, 500]]]);
});

test("a step that grows is one undo, and is told as longer", () => {
  const told = [];
  const drawing = createDrawing((isLonger) => told.push(isLonger));
  drawing.step({ strokes: [] });
  drawing.strokes().push(stroke([1, 1]));
  drawing.grow();
  drawing.strokes()[0].points.push([5, 5]);
  drawing.grow();
  drawing.undo();
  assert.ok(drawing.isBlank());
  assert.deepEqual(told, [true, true, false]);
});

test("the first points are copies, cut within a stroke", () => {
  const strokes = [stroke([1, 1], [2, 2]), stroke([3, 3], [4, 4])];
  const first = firstPoints(strokes, 3);
  assert.deepEqual(first.map(({ points }) => points), [[[1, 1], [2, 2]], [[3, 3]]]);
  first[0].points[0] = [9, 9];
  assert.deepEqual(strokes[0].points[0], [1, 1]);
  assert.deepEqual(firstPoints(strokes, 0), []);
  assert.equal(firstPoints(strokes, Infinity).length, 2);
});

test("a full pad says so, and more ink may not take its place", () => {
  const drawing = createDrawing(() => {});
  const long = stroke(...Array.from({ length: MAX_POINTS }, () => [1, 1]));
  drawing.become({ strokes: [long] });
  assert.ok(drawing.isFull());
  assert.ok(!drawing.wouldOverflow([long]));
  assert.ok(drawing.wouldOverflow([long, stroke([1, 1])]));
});

test("points lie on the grain and on the pad", () => {
  assert.equal(onGrain(12.3), 12.5);
  assert.ok(onPad([0, 1000]));
  assert.ok(!onPad([-0.5, 10]));
});

test("a step that is taken back has never been: what could be undone and redone still can", () => {
  const drawing = createDrawing(() => {});
  drawing.become({ strokes: [stroke([1, 1])] });
  drawing.become({ strokes: [stroke([2, 2])] });
  drawing.undo();
  drawing.step({ strokes: [stroke([1, 1]), stroke([3, 3])] });
  drawing.takeBack();
  drawing.takeBack(); // once only
  assert.deepEqual(drawing.strokes(), [stroke([1, 1])]);
  drawing.redo();
  drawing.takeBack(); // what was redone is no new step
  assert.deepEqual(drawing.strokes(), [stroke([2, 2])]);
  drawing.undo();
  drawing.undo();
  assert.ok(drawing.isBlank());
});

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

const line = (height) => ({ points: [[0, 100], [10, 100 + height]], times: [0, 1] });

test("ink is as wide as the brush on large digits, on dots and on a blank pad", () => {
  for (const heights of [[], [0], [40, 20], [500], [900]]) assert.equal(inkShare(heights.map(line)), 1);
});

test("ink is thinner the smaller the digits are, whatever dots and dashes are among them", () => {
  assert.equal(inkShare([line(250), line(0)]), 0.5);
  assert.ok(inkShare([line(400)]) > inkShare([line(200)]));
  assert.ok(inkShare([line(70)]) > 0.2);
});
