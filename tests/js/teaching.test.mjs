import assert from "node:assert/strict";
import { test } from "node:test";

import { areSame, checkedChoices, COUNTS, moreThan, USUAL } from "../../assets/tabs/teach/choices.js";
import { chosen, examplesOf, imageOf, joined, none, placed, placeOf, unpacked }
  from "../../assets/tabs/teach/examples.js";
import { fileOf, networkIn } from "../../assets/tabs/teach/file.js";
import { rateAt, SCHEDULES, stepsFor } from "../../assets/tabs/teach/networks.js";
import { GROUPS, kindsFor, reasonForDrawing, reasons, sharesRight } from "../../assets/tabs/teach/verdicts.js";
import { createWritten } from "../../assets/tabs/teach/written.js";

/* Images of some digits, each with its number among them in its pixels. */
const imagesOf = (digits, count) => Object.fromEntries(digits.map((digit) => [
  digit, Array.from({ length: count }, (_, i) => new Uint8Array(784).fill(10 * i + digit))]));

test("examples take the digits in turn, and more of each begin with the same", () => {
  const choices = { ...USUAL, digits: [1, 7], each: 3, wrong: 0.5, anywhere: true };
  const few = chosen(choices, imagesOf([1, 7], 9));
  const many = chosen({ ...choices, each: 9 }, imagesOf([1, 7], 9));
  assert.deepEqual([...few.truth], [1, 7, 1, 7, 1, 7]);
  assert.deepEqual([...Array(6).keys()].map((i) => imageOf(few, i)[0]), [1, 7, 11, 17, 21, 27]);
  for (const name of ["images", "told", "truth"]) {
    assert.deepEqual(few[name], many[name].subarray(0, few[name].length), name);
  }
});

test("a share of the labels is wrong, and names another chosen digit", () => {
  const { told, truth } = chosen({ ...USUAL, digits: [1, 4, 7], each: 300, wrong: 0.2 }, imagesOf([1, 4, 7], 300));
  const share = told.filter((digit, i) => digit !== truth[i]).length / 900;
  assert.ok(share > 0.15 && share < 0.25, String(share));
  assert.deepEqual([...new Set(told)].sort(), [1, 4, 7]);
  const one = chosen({ ...USUAL, digits: [4], each: 3, wrong: 1 }, imagesOf([4], 3));
  assert.deepEqual([...one.told], [4, 4, 4]);
});

test("sheets are fetched until there are enough digits without the habits that are left out", async () => {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url.href.split("/written/")[1]);
    const bytes = new Uint8Array(20 * 786);
    for (let i = 0; i < 20; i++) {
      bytes[784 * 20 + i] = i % 10;
      bytes[785 * 20 + i] = i === 7 ? GROUPS.indexOf("crossed-7") : 0;
    }
    return new Response(asked.length === 2 ? "nothing" : bytes, { status: asked.length === 1 ? 503 : 200 });
  };
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (act) => setTimeout(act, 0); // it retries at once
  const troubles = [];
  const written = createWritten((trouble) => troubles.push(trouble));
  const choices = { ...USUAL, each: 2, without: ["crossed-7"], hands: "neat", distorted: true };
  const shown = await written.shown(choices, new AbortController().signal);
  assert.deepEqual([...shown.truth], [...USUAL.digits, ...USUAL.digits]);
  assert.deepEqual(asked, [...Array(3).fill("neat-distorted/0"), "neat-distorted/1"]);
  assert.deepEqual(troubles, ["busy", "lost", "", ""]);
  await assert.rejects(written.heldOut(AbortSignal.abort()), { name: "AbortError" });
  assert.equal((await written.shown({ ...USUAL, hands: "own" })).told.length, 0);
  globalThis.setTimeout = setTimeout;
});

test("there is always more, up to the most", () => {
  assert.equal(moreThan(3), 5);
  assert.equal(moreThan(COUNTS.at(-1)), null);
  assert.ok(areSame(USUAL, { network: "small", ...USUAL })); // in whatever order
  assert.ok(!areSame(USUAL, { ...USUAL, anywhere: true }));
});

test("choices from a damaged file are the usual ones", () => {
  for (const stored of [null, 5, [], { digits: [12], each: 7, hands: "x", without: "y", wrong: 9 }]) {
    assert.deepEqual(checkedChoices(stored), USUAL);
  }
  const chosen = { ...USUAL, digits: [1, 7], each: 20, without: ["crossed-7"], network: "dense", own: true };
  assert.deepEqual(checkedChoices(JSON.parse(JSON.stringify(chosen))), chosen);
});

test("a sheet's bytes become examples, and other bytes do not", () => {
  const bytes = new Uint8Array(2 * 786);
  bytes[784] = 200; // the second image's first pixel
  bytes.set([4, 5, 1, 2], 2 * 784);
  const sheet = unpacked(bytes.buffer);
  assert.deepEqual([sheet.told, sheet.truth, sheet.group].map((part) => [...part]), [[4, 5], [4, 5], [1, 2]]);
  assert.equal(imageOf(sheet, 1)[0], 200);
  assert.equal(unpacked(new ArrayBuffer(0)), null);
  assert.equal(unpacked(new ArrayBuffer(787)), null);
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

/* Shares as `sharesRight` gives them. */
const rights = (shares) => Object.fromEntries(GROUPS.map((name) => [name, shares[name] ?? 0.95]));
const LEARNED = { shown: 1, wrong: 0, byHeart: 0 };
const keys = (...rest) => reasons(...rest).map(({ key }) => key);

test("what is read is counted by group", () => {
  const held = { truth: Uint8Array.of(7, 7, 7, 1), group: Uint8Array.of(0, 5, 5, 0), told: null, images: null };
  const right = sharesRight(held, Uint8Array.of(7, 1, 7, 1));
  assert.deepEqual([right["crossed-7"], right.everybody, right.slanted], [0.5, 1, 0]);
});

test("the choice that explains a mistake is named first", () => {
  const without = { ...USUAL, without: ["crossed-7"] };
  const [first] = reasons(without, rights({ "crossed-7": 0.3 }), false, LEARNED);
  assert.deepEqual(first, { key: "teach_why_habit", values: { held: 95, habit: "crossed-7", plain: 95, other: 30 } });
  assert.deepEqual(keys(without, rights({}), false, LEARNED), ["teach_why_nothing"]);
  assert.deepEqual(keys({ ...USUAL, each: 3 }, rights({ everybody: 0.5 }), false, LEARNED), ["teach_why_few"]);
  assert.deepEqual(keys(USUAL, rights({ moved: 0.3 }), true, LEARNED), ["teach_why_middle"]);
  assert.deepEqual(keys(USUAL, rights({ moved: 0.3 }), false, LEARNED), ["teach_why_nothing"]);
  assert.deepEqual(keys({ ...USUAL, hands: "own" }, rights({}), false, LEARNED), ["teach_why_own"]);
  const some = { ...USUAL, digits: [0, 1, 2], without: ["crossed-7"] };
  assert.equal(reasons(some, rights({ "crossed-7": 0 }), false, LEARNED)[0].values.digits, "3, 4, 5, 6, 7, 8, 9");
  assert.deepEqual(keys(some, rights({ "crossed-7": 0 }), false, LEARNED), ["teach_why_digits"]);
  assert.deepEqual(reasons({ ...USUAL, wrong: 0.2 }, rights({}), false, { shown: 0.8, wrong: 200, byHeart: 40 })[0],
    { key: "teach_why_wrong", values: { held: 95, wrong: 200, heart: 40 } });
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
  assert.equal(key({ without: ["crossed-7"] }, 7, 2, false), "teach_pad_habit");
  assert.equal(key({ without: ["crossed-7"] }, 4, 9, false), "teach_pad_other");
  assert.equal(key({ digits: [1, 2] }, 7, 1, false), "teach_pad_digit");
  assert.equal(key({}, 7, 1, true), "teach_pad_middle");
  assert.equal(key({ each: 3 }, 7, 1, false), "teach_pad_few");
});

test("a network is the same after it was saved and opened, and other files are refused", async () => {
  const artifacts = { modelTopology: { class_name: "Sequential" },
    weightSpecs: [{ name: "a/kernel", shape: [2], dtype: "float32" }], weightData: Float32Array.of(1.5, -2).buffer };
  const choices = { ...USUAL, without: ["slashed-0"], network: "dense" };
  assert.deepEqual(await networkIn(fileOf(artifacts, choices)), { choices, saved: { kind: "dense", artifacts } });
  for (const wrong of ["", "no JSON", "{}", "PK\x03\x04"]) await assert.rejects(networkIn(new Blob([wrong])));
});
