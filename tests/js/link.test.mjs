import assert from "node:assert/strict";
import { test } from "node:test";

import { linkTo, strokesIn } from "../../assets/pad/link.js";
import { seeded } from "../../assets/tabs/teach/examples.js";

const strokes = [
  { points: [[0, 0], [1000, 1000], [500.5, 2]], times: [1000, 1010, 1500] },
  { points: [[7.5, 999.5]], times: [2000] },
];

test("a drawing comes back exactly, its time counted from the start", () => {
  const back = strokesIn(linkTo(strokes));
  assert.deepEqual(back.map(({ points }) => points), strokes.map(({ points }) => points));
  assert.deepEqual(back.map(({ times }) => times), [[0, 10, 500], [1000]]);
  assert.match(linkTo(strokes), /^#d=1[\w-]+$/);
});

test("random drawings come back", () => {
  const random = seeded(1);
  const below = (count) => Math.floor(random() * count);
  for (let i = 0; i < 300; i++) {
    const some = Array.from({ length: 1 + below(5) }, () => {
      const points = Array.from({ length: 1 + below(40) }, () => [below(2001) / 2, below(2001) / 2]);
      return { points, times: points.map((_, j) => 10 * j) };
    });
    assert.deepEqual(strokesIn(linkTo(some)).map(({ points }) => points), some.map(({ points }) => points));
  }
});

test("another fragment speaks of no drawing; a damaged one throws", () => {
  assert.equal(strokesIn(""), null);
  assert.equal(strokesIn("#top"), null);
  const whole = linkTo(strokes);
  assert.throws(() => strokesIn(whole.slice(0, -3)));
  assert.throws(() => strokesIn("#d=2AAAA"), /another version/);
  assert.throws(() => strokesIn("#d=1"), /no strokes/);
  assert.throws(() => strokesIn("#d=1!!!"));
  assert.throws(() => strokesIn(`#d=1${btoa("\x01\x81\xff\xff\x7f\x00\x00")}`));
});

test("a drawing too long for a link has none", () => {
  const points = Array.from({ length: 18000 }, (_, i) => [(i * 37) % 1000, (i * 91) % 1000]);
  assert.equal(linkTo([{ points, times: points.map((_, i) => 10 * i) }]), null);
});
