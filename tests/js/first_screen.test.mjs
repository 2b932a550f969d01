import assert from "node:assert/strict";
import { test } from "node:test";

import { createFirstScreen } from "../../assets/pad/first_screen.js";
import { createClock } from "./clock.mjs";

const LINE = [[[0, 0], [100, 0], [200, 0], [300, 0]]];
const HOURS = 10 * 3_600_000; // ms

function open(drawings = [LINE, LINE], { isStill = false } = {}) {
  const clock = createClock();
  const page = { ink: [], shown: 0, turns: [], isSeen: true };
  const screen = createFirstScreen(drawings, {
    clock,
    show(strokes) {
      page.ink = strokes.flatMap(({ points }) => points);
      page.shown += 1;
    },
    onTurn: (isOn) => page.turns.push(isOn),
    isStill: () => isStill,
    isSeen: () => page.isSeen,
  });
  screen.look();
  return { clock, page, screen };
}

test("an example is drawn piece by piece, then others, and the last one stays", async () => {
  const { clock, page, screen } = open();
  await clock.pass(1000);
  assert.ok(page.ink.length > 0 && page.ink.length < 4);
  assert.ok(screen.isOn());
  await clock.pass(1000);
  assert.equal(page.ink.length, 4);
  await clock.pass(3000);
  assert.equal(page.ink.length, 0);
  await clock.pass(HOURS);
  assert.equal(page.ink.length, 4);
  assert.deepEqual(page.turns, [true]);
});

test("a page left open all day rests after a few rounds", async () => {
  const { clock, page } = open();
  await clock.pass(60_000);
  const { shown } = page;
  await clock.pass(HOURS);
  assert.equal(page.shown, shown);
  assert.equal(clock.pending(), 0);
});

test("stopped, it leaves a blank pad and never begins again", async () => {
  for (const after of [0, 100, 900, 3000, 5200, 60_000]) {
    const { clock, page, screen } = open();
    await clock.pass(after);
    screen.stop();
    assert.deepEqual(page.ink, []);
    assert.ok(!screen.isOn());
    const { shown } = page;
    screen.look();
    await clock.pass(HOURS);
    assert.equal(page.shown, shown, `stopped after ${after} ms`);
    assert.equal(clock.pending(), 0);
  }
});

test("where motion is reduced one example is there at once, and nothing moves", async () => {
  const { clock, page } = open([LINE, LINE], { isStill: true });
  await clock.pass(HOURS);
  assert.equal(page.ink.length, 4);
  assert.equal(page.shown, 1);
});

test("a hidden page is blank and rests; seen again, it goes on with another example", async () => {
  const { clock, page, screen } = open();
  await clock.pass(1000);
  page.isSeen = false;
  screen.look();
  assert.deepEqual(page.ink, []);
  const { shown } = page;
  await clock.pass(HOURS);
  assert.equal(page.shown, shown);
  page.isSeen = true;
  screen.look();
  await clock.pass(HOURS);
  assert.equal(page.ink.length, 4);
});

test("a page that opens hidden begins when it is seen", async () => {
  const { clock, page, screen } = open();
  page.isSeen = false;
  screen.look();
  await clock.pass(HOURS);
  assert.equal(page.shown, 0);
  page.isSeen = true;
  screen.look();
  await clock.pass(1000);
  assert.ok(page.ink.length > 0);
});

test("in mid-stroke ink is read ten times a second, a finished example at once", async () => {
  const { clock, screen } = open();
  let asked = 0;
  for (let i = 0; i < 120; i++) {
    await clock.pass(10);
    if (screen.isOn() && screen.mayAsk()) {
      screen.asked();
      asked += 1;
    }
  }
  assert.ok(asked >= 4 && asked <= 7, String(asked));
  await clock.pass(1000);
  assert.ok(screen.mayAsk());
  screen.asked();
  assert.ok(screen.mayAsk());
});
