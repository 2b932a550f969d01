/** The times and options of assets/shared/question.js; its rules are held by question.property.test.mjs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createQuestion } from "../../assets/shared/question.js";
import { createClock, settled } from "./fakes.mjs";

/** A page with one question, on a fake clock; `now` is its subject. */
function createPage(options = {}) {
  const clock = createClock();
  const page = {
    clock,
    now: null,
    asked: [], // {subject, answer()} in order
    told: [], // names of states
  };
  page.question = createQuestion({
    clock,
    subject: () => page.now,
    ask: (subject) => new Promise((answer) => page.asked.push({ subject, answer })),
    show() {},
    onState: ({ name }) => page.told.push(name),
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

test("an answer that is none is asked for again later and later", async () => {
  const useless = [undefined, {}, { error: "" }];
  const page = createPage();
  page.become(1);
  await page.answer(useless[0]);
  assert.equal(page.state(), "lost");
  for (const [i, wait] of [700, 1400, 2800, 5000, 5000].entries()) {
    await page.clock.pass(wait - 1);
    assert.equal(page.asked.length, i + 1);
    await page.clock.pass(1);
    assert.equal(page.asked.length, i + 2);
    await page.answer(useless[i % useless.length]);
    assert.equal(page.state(), "lost");
  }
  await page.clock.pass(5000);
  await page.answer({ about: 1 });
  assert.deepEqual(page.told, ["working", "lost", "done"]);
  page.become(2);
  await page.answer({});
  await page.clock.pass(700); // counted from the beginning
  assert.deepEqual(page.subjects().slice(-2), [2, 2]);
});

test("while nothing is asked it looks whether the server is there", async () => {
  const looks = [];
  let isHidden = false;
  const look = () => (isHidden ? null : new Promise((answer) => looks.push(answer)));
  const page = createPage({ look });
  const answerLook = async (answer) => {
    looks.at(-1)(answer);
    await settled();
  };
  page.become(null);
  await page.clock.pass(9999);
  assert.equal(looks.length, 0);
  await page.clock.pass(1);
  assert.equal(looks.length, 1);
  await answerLook(undefined);
  assert.equal(page.state(), "lost");
  await page.clock.pass(700);
  await answerLook({ digit: null });
  assert.equal(page.state(), "blank");
  page.become(1);
  await page.answer({ error: "Too much." });
  await page.clock.pass(10_000);
  await answerLook({ digit: null });
  assert.equal(page.state(), "refused"); // a look is no answer
  isHidden = true;
  await page.clock.pass(60_000);
  assert.equal(looks.length, 3);
  isHidden = false;
  await page.clock.pass(10_000);
  page.become(2);
  assert.equal(page.asked.length, 1); // one at a time
  await answerLook({ digit: null });
  assert.equal(page.asked.length, 2);
});
