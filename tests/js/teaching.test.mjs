import assert from "node:assert/strict";
import { test } from "node:test";

import { checkedChoices, COUNTS, differInCountOnly, LESSONS, moreThan, queriesFor, USUAL }
  from "../../assets/tabs/teach/choices.js";
import { examplesOf, imageOf, joined, none, placed, placeOf, unpacked }
  from "../../assets/tabs/teach/examples.js";
import { fileOf, networkIn } from "../../assets/tabs/teach/file.js";
import { rateAt, SCHEDULES, stepsFor } from "../../assets/tabs/teach/networks.js";
import { countRight, GROUPS, kindsFor, reasonForDrawing, reasons } from "../../assets/tabs/teach/verdicts.js";
import { unzip, zip } from "../../assets/shared/zip.js";

const of = (query) => Object.fromEntries(new URLSearchParams(query));

test("a lesson's choices become the words of the server", () => {
  const [query] = queriesFor({ ...USUAL, ...LESSONS.crossed.choices, each: 3 });
  assert.deepEqual(of(query), {
    digits: "0123456789", shown: "3", skip: "0", hands: LESSONS.crossed.choices.hands ?? "anybody",
    without: "crossed-7", distorted: String(Number(LESSONS.crossed.choices.distorted ?? false)),
    anywhere: "0", wrong: "0", seed: "0" });
});

test("many examples come in several answers, none twice and none left out", () => {
  for (const digits of [[3], [1, 7, 8], USUAL.digits]) {
    for (const [each, skip] of [[1000, 0], [300, 100], [1, 0]]) {
      let next = skip;
      for (const query of queriesFor({ ...USUAL, digits, each }, skip)) {
        const part = of(query);
        assert.equal(Number(part.skip), next);
        next = Number(part.shown);
        assert.ok((next - Number(part.skip)) * digits.length <= 1000);
      }
      assert.equal(next, each);
    }
  }
});

test("nothing is asked of the server for one's own hand, and no label is wrong of a single digit", () => {
  assert.deepEqual(queriesFor({ ...USUAL, hands: "own" }), []);
  assert.equal(of(queriesFor({ ...USUAL, digits: [4], wrong: 0.5 })[0]).wrong, "0");
});

test("there is always more, up to the most", () => {
  assert.equal(moreThan(3), 5);
  assert.equal(moreThan(COUNTS.at(-1)), null);
  assert.ok(differInCountOnly(USUAL, { ...USUAL, each: 3 }));
  assert.ok(!differInCountOnly(USUAL, { ...USUAL, anywhere: true }));
});

test("choices from a damaged file are the usual ones", () => {
  for (const stored of [null, 5, [], { digits: [12], each: 7, hands: "x", without: "y", wrong: 9, seed: -1 }]) {
    assert.deepEqual(checkedChoices(stored), USUAL);
  }
  const chosen = { ...USUAL, digits: [1, 7], each: 20, without: ["crossed-7"], network: "dense", own: true };
  assert.deepEqual(checkedChoices(JSON.parse(JSON.stringify(chosen))), chosen);
});

test("an answer's bytes become examples, and what is none does not", () => {
  const bytes = new Uint8Array(2 * 787);
  bytes[784] = 200; // the second image's first pixel
  bytes.set([4, 5, 6, 7, 1, 2], 2 * 784);
  const { images, told, truth, group } = unpacked(bytes.buffer);
  assert.equal(images.length, 2 * 784);
  assert.deepEqual([[...told], [...truth], [...group]], [[4, 5], [6, 7], [1, 2]]);
  assert.equal(imageOf({ images }, 1)[0], 200);
  assert.equal(unpacked(new ArrayBuffer(0)), null);
  assert.equal(unpacked(new ArrayBuffer(788)), null);
  bytes[2 * 784] = 10;
  assert.equal(unpacked(bytes.buffer), null);
});

test("examples are joined in order", () => {
  const one = examplesOf([{ digit: 3, pixels: new Uint8Array(784).fill(1) }]);
  const whole = joined([none(), one, examplesOf([{ digit: 8, pixels: new Uint8Array(784).fill(2) }])]);
  assert.deepEqual([...whole.told], [3, 8]);
  assert.equal(imageOf(whole, 1)[783], 2);
});

test("ink is moved to any place, and none of it is lost", () => {
  const pixels = new Uint8Array(784);
  for (const [row, column] of [[5, 5], [6, 9], [20, 7]]) pixels[28 * row + column] = row;
  for (const place of [[0, 0], [1, 1], [0.5, 0.3], [1, 0]]) {
    const moved = placed(pixels, place);
    assert.equal(moved.reduce((sum, value) => sum + value), 31);
  }
  assert.equal(placed(pixels, [0, 0])[0], 5);
  assert.equal(placed(pixels, [1, 1])[783 - 2], 20);
  assert.deepEqual(placed(new Uint8Array(784), [0, 0]), new Uint8Array(784));
});

test("a drawing's place on the pad", () => {
  assert.deepEqual(placeOf([[[0, 0], [100, 200]]], 1000), [0, 0]);
  assert.deepEqual(placeOf([[[900, 300], [1000, 700]]], 1000), [1, 0.5]);
  assert.deepEqual(placeOf([], 1000), [0.5, 0.5]);
});

test("a few examples are gone through more often, and the rate falls", () => {
  assert.equal(stepsFor("small", 30), SCHEDULES.small.leastSteps);
  assert.equal(stepsFor("small", 3200), 2000);
  assert.equal(rateAt("small", 0), SCHEDULES.small.rate);
  assert.ok(rateAt("small", 1) < 1e-9);
});

/* Counts as `countRight` gives them, of shares by group. */
function counts(shares) {
  const groups = Object.fromEntries(GROUPS.map((name) => [name, { right: 100 * (shares[name] ?? 0.95), all: 100 }]));
  return { groups, digits: Array.from({ length: 10 }, () => ({ right: 9, all: 10 })) };
}
const LEARNED = { shown: 1, wrong: 0, byHeart: 0 };
const keys = (...rest) => reasons(...rest).map(({ key }) => key);

test("what is read is counted by group and by digit", () => {
  const held = { truth: Uint8Array.of(7, 7, 7, 1), group: Uint8Array.of(0, 5, 5, 0), told: null, images: null };
  const { groups, digits } = countRight(held, Uint8Array.of(7, 1, 7, 1));
  assert.deepEqual(groups["crossed-7"], { right: 1, all: 2 });
  assert.deepEqual(groups.everybody, { right: 2, all: 2 });
  assert.deepEqual(digits[7], { right: 1, all: 1 });
});

test("the choice that explains a mistake is named first", () => {
  const without = { ...USUAL, without: ["crossed-7"] };
  const [first] = reasons(without, counts({ "crossed-7": 0.3 }), false, LEARNED);
  assert.deepEqual(first, { key: "teach_why_crossed-7", values: { plain: 95, other: 30 } });
  assert.deepEqual(keys(without, counts({}), false, LEARNED), ["teach_why_nothing"]);
  assert.deepEqual(keys({ ...USUAL, each: 3 }, counts({ everybody: 0.5 }), false, LEARNED), ["teach_why_few"]);
  assert.deepEqual(keys(USUAL, counts({ moved: 0.3 }), true, LEARNED), ["teach_why_middle"]);
  assert.deepEqual(keys(USUAL, counts({ moved: 0.3 }), false, LEARNED), ["teach_why_nothing"]);
  assert.deepEqual(keys({ ...USUAL, hands: "own" }, counts({}), false, LEARNED), ["teach_why_own"]);
  const some = { ...USUAL, digits: [0, 1, 2], without: ["crossed-7"] };
  assert.equal(reasons(some, counts({ "crossed-7": 0 }), false, LEARNED)[0].values.digits, "3, 4, 5, 6, 7, 8, 9");
  assert.deepEqual(keys(some, counts({ "crossed-7": 0 }), false, LEARNED), ["teach_why_digits"]);
  assert.deepEqual(reasons({ ...USUAL, wrong: 0.2 }, counts({}), false, { shown: 0.8, wrong: 200, byHeart: 40 })[0],
    { key: "teach_why_wrong", values: { wrong: 200, heart: 40 } });
});

test("what was never shown is marked", () => {
  const never = (choices) => kindsFor({ ...USUAL, ...choices }).filter(({ isShown }) => !isShown).map(({ name }) => name);
  assert.deepEqual(never({}), ["moved"]);
  assert.deepEqual(never({ without: ["crossed-7"], hands: "neat", anywhere: true }), ["crossed-7", "slanted"]);
  assert.equal(never({ hands: "own" }).length, kindsFor(USUAL).length);
});

test("a drawing that both read alike needs no reason", () => {
  const key = (choices, ...rest) => reasonForDrawing({ ...USUAL, ...choices }, ...rest)?.key ?? null;
  assert.equal(key({}, 7, 7, false), null);
  assert.equal(key({ without: ["crossed-7"] }, 7, 2, false), "teach_pad_crossed-7");
  assert.equal(key({ without: ["crossed-7"] }, 4, 9, false), "teach_pad_other");
  assert.equal(key({ digits: [1, 2] }, 7, 1, false), "teach_pad_digit");
  assert.equal(key({}, 7, 1, true), "teach_pad_middle");
  assert.equal(key({ each: 3 }, 7, 1, false), "teach_pad_few");
});

test("a network is the same after it was saved and opened, and what is none is refused", async () => {
  const saved = { topology: { class_name: "Sequential" }, specs: [{ name: "a/kernel", shape: [2], dtype: "float32" }],
    weights: Float32Array.of(1.5, -2).buffer };
  const choices = { ...USUAL, without: ["slashed-0"], network: "dense" };
  const opened = await networkIn(fileOf(saved, choices));
  assert.deepEqual(opened, { ...saved, choices });
  for (const wrong of [new Blob(["no zip"]), zip({ "model.json": new Uint8Array(3) }), new Blob([])]) {
    await assert.rejects(networkIn(wrong));
  }
});

test("a zip's files come back by name", async () => {
  const files = { "a.txt": Uint8Array.of(1, 2, 3), "é/b": new Uint8Array() };
  assert.deepEqual(unzip(await zip(files).arrayBuffer()), files);
});
