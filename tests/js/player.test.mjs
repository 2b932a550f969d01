import assert from "node:assert/strict";
import { test } from "node:test";

import { createDrawing } from "../../assets/pad/drawing.js";
import { createPlayer } from "../../assets/pad/player.js";
import { createClock } from "./fakes.mjs";

const LINE = [[[0, 0], [100, 0], [200, 0], [300, 0]]];
const HOURS = 10 * 3_600_000; // ms

function open({ isStill = false } = {}) {
  const clock = createClock();
  const page = { changes: 0, turns: [], tips: [], isSeen: true, frames: [] };
  const drawing = createDrawing(() => { page.changes += 1; });
  const player = createPlayer(drawing, {
    clock: {
      ...clock,
      nextFrame: (act) => (page.isSeen ? clock.setTimeout(act, 16) : page.frames.push(act)),
    },
    onLiving: (isLiving) => page.turns.push(isLiving),
    onTip: (tip) => page.tips.push(tip),
    isStill: () => isStill,
  });
  return { clock, page, player, drawing };
}

test("examples draw themselves piece by piece, and the last one stays", async () => {
  const { clock, page, player, drawing } = open();
  player.live([LINE, LINE]);
  await clock.pass(500);
  assert.ok(drawing.count() > 0 && drawing.count() < 4);
  assert.ok(player.isLiving());
  await clock.pass(1500);
  assert.equal(drawing.count(), 4);
  await clock.pass(2500);
  assert.ok(drawing.isBlank());
  assert.equal(page.tips.at(-1), undefined);
  await clock.pass(HOURS);
  assert.equal(drawing.count(), 4);
  assert.deepEqual(page.turns, [true]);
  assert.equal(clock.pending(), 0); // a page left open all day rests
  assert.ok(!drawing.canUndo());
});

for (const after of [0, 100, 500, 3000, 4500, 60_000]) {
  test(`touched after ${after} ms, the page has a blank pad and lives no more`, async () => {
    const { clock, page, player, drawing } = open();
    player.live([LINE, LINE]);
    await clock.pass(after);
    player.endLife();
    assert.ok(drawing.isBlank() && !player.isLiving());
    const { changes } = page;
    player.live([LINE]);
    await clock.pass(HOURS);
    assert.equal(page.changes, changes);
  });
}

test("where motion is reduced the first example is there at once, and nothing moves", async () => {
  const { clock, page, player, drawing } = open({ isStill: true });
  player.live([LINE, LINE]);
  await clock.pass(HOURS);
  assert.equal(drawing.count(), 4);
  assert.equal(page.changes, 1);
});

test("a page that opens hidden lives when it is seen", async () => {
  const { clock, page, player, drawing } = open();
  page.isSeen = false;
  player.live([LINE]);
  await clock.pass(HOURS);
  assert.equal(page.changes, 0);
  page.isSeen = true;
  for (const act of page.frames.splice(0)) act();
  await clock.pass(HOURS);
  assert.equal(drawing.count(), 4);
});

test("a chosen example is the visitor's own drawing, and no touch of the page stops it", async () => {
  const { clock, page, player, drawing } = open();
  player.live([LINE]);
  await clock.pass(500);
  player.play(LINE);
  assert.deepEqual(page.turns, [true, false]);
  await clock.pass(100);
  player.endLife();
  await clock.pass(HOURS);
  assert.equal(drawing.count(), 4);
  drawing.undo();
  assert.ok(drawing.isBlank() && !drawing.canUndo());
});
