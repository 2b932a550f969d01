/** The times and options of assets/shared/question.js; its rules are held by question.property.test.mjs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createQuestion } from "../../assets/shared/question.js";
import { createClock, settled } from "./clock.mjs";

/** A page with one question, on a fake clock; `now` is its subject. */
function createPage(options = {}) {
  const clock = createClock();
  const page = {
    clock,
    now: null,
    isSeen: true,
    asked: [], // {subject, answer(), fail()} in order
    shown: [], // [answer, subject]
    told: [], // names of states
    sentences: [],
  };
  page.question = createQuestion({
    clock,
    subject: () => page.now,
    ask: (subject) => new Promise((answer, fail) => page.asked.push({ subject, answer, fail })),
    show: (answer, subject) => page.shown.push([answer.about, subject]),
    onState({ name, sentence }) {
      page.told.push(name);
      if (sentence) page.sentences.push(sentence);
    },
    mayAsk: () => page.isSeen,
    ...options,
  });
  page.become = (subject) => {
    page.now = subject;
    page.question.changed();
  };
  page.answer = async (...given) => {
    const { subject, answer } = page.asked.at(-1);
    answer(given.length ? given[0] : { about: subject }); // undefined is one, too
    await settled();
  };
  page.state = () => page.question.state().name;
  page.subjects = () => page.asked.map(({ subject }) => subject);
  return page;
}

test("the answer to what is on the pad is shown", async () => {
  const page = createPage();
  page.become(1);
  assert.equal(page.state(), "working");
  await page.answer();
  assert.deepEqual(page.shown, [[1, 1]]);
  assert.deepEqual(page.told, ["working", "done"]);
  page.question.changed();
  await page.clock.pass(60_000);
  assert.deepEqual(page.subjects(), [1]);
});

test("subjects are one when all their fields are", async () => {
  const page = createPage();
  page.become({ pixels: "a", change: "scale" });
  await page.answer();
  page.become({ pixels: "a", change: "scale" });
  assert.equal(page.asked.length, 1);
  page.become({ pixels: "a", change: "cover" });
  assert.equal(page.asked.length, 2);
});

for (const [name, answer] of Object.entries({
  "undefined": undefined, "{}": {}, "an empty error": { error: "" }, "what is not valid": { about: "else" },
})) {
  test(`${name} is no answer: it is told, and asked again later and later`, async () => {
    const page = createPage({ isValid: (one) => one?.about === 1 });
    page.become(1);
    await page.answer(answer);
    assert.equal(page.state(), "lost");
    for (const wait of [700, 1400, 2800, 5000, 5000]) {
      const count = page.asked.length;
      await page.clock.pass(wait - 1);
      assert.equal(page.asked.length, count);
      await page.clock.pass(1);
      assert.equal(page.asked.length, count + 1);
      await page.answer(answer);
    }
    await page.clock.pass(5000);
    await page.answer({ about: 1 });
    assert.deepEqual(page.told, ["working", "lost", "done"]);
    page.become(2);
    await page.answer(answer);
    const count = page.asked.length;
    await page.clock.pass(700); // it begins anew
    assert.equal(page.asked.length, count + 1);
  });
}

test("a slow answer is told and awaited", async () => {
  const page = createPage();
  page.become(1);
  await page.clock.pass(4999);
  assert.equal(page.state(), "working");
  await page.clock.pass(1);
  assert.equal(page.state(), "slow");
  await page.clock.pass(19_000);
  assert.equal(page.asked.length, 1);
  await page.answer();
  assert.deepEqual(page.told, ["working", "slow", "done"]);
});

test("it asks after a rest, and a pause after the last answer", async () => {
  const page = createPage({ rest: 350, pause: 40 });
  page.become(1);
  await page.clock.pass(300);
  page.become(2);
  await page.clock.pass(300);
  page.question.changed(); // still 2
  assert.deepEqual([page.asked.length, page.state()], [0, "working"]);
  await page.clock.pass(50);
  assert.deepEqual(page.subjects(), [2]);
  page.become(3);
  await page.clock.pass(1000);
  await page.answer();
  await page.clock.pass(39);
  assert.equal(page.asked.length, 1);
  await page.clock.pass(1);
  assert.deepEqual(page.subjects(), [2, 3]);
});

test("one subject is asked about so many times in vain, the next one anew", async () => {
  const page = createPage({ tries: 3 });
  page.become(1);
  for (let i = 0; i < 3; i++) {
    await page.answer({});
    await page.clock.pass(5000);
  }
  assert.deepEqual([page.asked.length, page.state()], [3, "lost"]);
  await page.clock.pass(60_000);
  assert.equal(page.asked.length, 3);
  page.become(2);
  assert.equal(page.asked.length, 4);
  await page.answer();
  assert.equal(page.state(), "done");
});

test("while nothing is asked it looks whether the server is there", async () => {
  const looks = [];
  let isHidden = false;
  const look = () => (isHidden ? null : new Promise((answer) => looks.push(answer)));
  const page = createPage({ look });
  page.become(null);
  await page.clock.pass(9999);
  assert.equal(looks.length, 0);
  await page.clock.pass(1);
  assert.equal(looks.length, 1);
  looks[0](undefined);
  await settled();
  assert.equal(page.state(), "lost");
  await page.clock.pass(700);
  looks[1]({ digit: null });
  await settled();
  assert.equal(page.state(), "blank");
  page.become(1);
  await page.answer({ error: "Too much." });
  await page.clock.pass(10_000);
  looks[2]({ digit: null });
  await settled();
  assert.equal(page.state(), "refused"); // a look is no answer
  isHidden = true;
  await page.clock.pass(60_000);
  assert.equal(looks.length, 3);
  isHidden = false;
  await page.clock.pass(10_000);
  assert.equal(looks.length, 4);
  page.become(2);
  assert.equal(page.asked.length, 1); // one at a time
  await page.clock.pass(5000);
  assert.equal(page.state(), "slow");
  looks[3]({ digit: null });
  await settled();
  assert.equal(page.asked.length, 2);
});

