/** Each rule of assets/shared/question.js, by itself. */
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

test("one request is on its way, and the newest drawing is next", async () => {
  const page = createPage();
  for (const one of [1, 2, 3]) page.become(one);
  assert.deepEqual(page.subjects(), [1]);
  await page.answer();
  assert.deepEqual(page.shown, []); // it is about none of what is there
  assert.deepEqual(page.subjects(), [1, 3]);
  await page.answer();
  assert.deepEqual(page.shown, [[3, 3]]);
  assert.deepEqual(page.told, ["working", "done"]);
});

test("an answer about the beginning of the drawing is shown in mid-stroke", async () => {
  const page = createPage({ isStillAbout: (asked, now) => asked.sheet === now.sheet });
  page.become({ sheet: 0, count: 1 });
  page.become({ sheet: 0, count: 2 });
  await page.answer({ about: "first" });
  assert.equal(page.state(), "working");
  page.become({ sheet: 1, count: 3 });
  await page.answer({ about: "second" });
  await page.answer({ about: "third" });
  assert.deepEqual(page.shown.map(([about]) => about), ["first", "third"]);
  assert.equal(page.state(), "done");
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

test("nothing is asked about a blank pad, and a late answer is not shown there", async () => {
  const page = createPage();
  page.become(null);
  assert.equal(page.state(), "blank");
  page.become(1);
  page.become(null);
  await page.answer();
  assert.equal(page.state(), "blank");
  assert.deepEqual(page.shown, []);
  page.become(1);
  assert.equal(page.asked.length, 2);
});

test("a refusal is told, and not asked again until there is another drawing", async () => {
  const page = createPage();
  page.become(1);
  await page.answer({ error: "Too much." });
  assert.equal(page.state(), "refused");
  assert.deepEqual(page.sentences, ["Too much."]);
  await page.clock.pass(60_000);
  assert.equal(page.asked.length, 1);
  page.become(2);
  assert.equal(page.state(), "working");
  await page.answer({ error: "Too much." });
  assert.deepEqual(page.sentences, ["Too much.", "Too much."]);
});

for (const [name, answer] of Object.entries({
  "undefined": undefined, "null": null, "a number": 5, "{}": {}, "an error that is no sentence": { error: {} },
  "an empty error": { error: "" }, "what is not valid": { about: "else" },
})) {
  test(`${name} is no answer: it is told, and asked again later and later`, async () => {
    const page = createPage({ isValid: (one) => one?.about === 1 });
    page.become(1);
    await page.answer(answer);
    assert.equal(page.state(), "lost");
    const times = [];
    for (const wait of [700, 1400, 2800, 5000, 5000]) {
      const count = page.asked.length;
      await page.clock.pass(wait - 1);
      assert.equal(page.asked.length, count);
      await page.clock.pass(1);
      assert.equal(page.asked.length, count + 1);
      times.push(page.clock.now());
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

test("a question that fails at once, or later, is asked again", async () => {
  let fails = 2;
  const page = createPage({
    ask(subject) {
      fails -= 1;
      if (fails === 1) throw new Error("at once");
      return fails === 0 ? Promise.reject(new Error("later")) : Promise.resolve({ about: subject });
    },
  });
  page.become(1);
  await page.clock.pass(3000);
  assert.deepEqual(page.shown, [[1, 1]]);
  assert.deepEqual(page.told, ["working", "lost", "done"]);
});

test("an answer that cannot be shown is none", async (t) => {
  const complaint = t.mock.method(console, "error", () => {});
  const shown = [];
  const page = createPage({
    show(answer) {
      if (!answer.about) throw new TypeError("nothing in it");
      shown.push(answer.about);
    },
  });
  page.become(1);
  await page.answer({ else: 1 });
  assert.equal(page.state(), "lost");
  assert.equal(complaint.mock.callCount(), 1);
  await page.clock.pass(700);
  await page.answer();
  assert.deepEqual(shown, [1]);
  assert.equal(page.state(), "done");
});

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

test("an answer that never comes is given up, told, and asked for again", async () => {
  const page = createPage();
  page.become(1);
  await page.clock.pass(25_000);
  assert.equal(page.state(), "lost");
  await page.clock.pass(700);
  assert.equal(page.asked.length, 2);
  page.asked[0].answer({ about: "late" });
  await settled();
  assert.deepEqual(page.shown, []);
  await page.answer();
  assert.deepEqual(page.told, ["working", "slow", "lost", "done"]);
});

test("nothing is asked while it is not seen", async () => {
  const page = createPage();
  page.isSeen = false;
  page.become(1);
  await page.clock.pass(60_000);
  assert.deepEqual([page.asked.length, page.state()], [0, "waiting"]);
  page.isSeen = true;
  page.question.changed();
  page.isSeen = false;
  await page.answer(undefined);
  await page.clock.pass(60_000);
  assert.deepEqual([page.asked.length, page.state()], [1, "lost"]);
  page.isSeen = true;
  page.question.changed();
  await page.answer();
  page.isSeen = false;
  page.become(2);
  assert.deepEqual([page.asked.length, page.state()], [2, "outdated"]);
});

test("a button asks once, and says when its answer is out of date", async () => {
  const page = createPage({ follows: false });
  page.become(1);
  assert.deepEqual([page.asked.length, page.state()], [0, "waiting"]);
  page.question.ask();
  page.question.ask();
  assert.deepEqual([page.asked.length, page.state()], [1, "working"]);
  await page.answer();
  page.become(2);
  await page.clock.pass(60_000);
  assert.deepEqual([page.asked.length, page.state()], [1, "outdated"]);
  page.question.ask();
  await page.answer();
  assert.deepEqual(page.shown, [[1, 1], [2, 2]]);
  page.question.ask();
  assert.equal(page.asked.length, 3); // again, about the same
});

test("what a button has asked is asked again when the drawing changes before the answer", async () => {
  const page = createPage({ follows: false });
  page.become(1);
  page.question.ask();
  page.become(2);
  await page.answer();
  assert.deepEqual([page.subjects(), page.shown, page.state()], [[1, 2], [], "working"]);
  await page.answer();
  assert.deepEqual(page.shown, [[2, 2]]);
});

test("a button pressed while the answer is late, lost or unseen is not forgotten", async () => {
  const page = createPage({ follows: false });
  page.become(1);
  page.isSeen = false;
  page.question.ask();
  page.isSeen = true;
  page.question.changed();
  await page.clock.pass(25_700);
  assert.equal(page.asked.length, 2);
  await page.answer(undefined);
  page.question.ask(); // at once
  assert.equal(page.asked.length, 3);
  await page.answer();
  assert.equal(page.state(), "done");
});

test("a cleared pad takes the press back", async () => {
  const page = createPage({ follows: false });
  page.become(1);
  page.question.ask();
  page.become(null);
  await page.answer();
  page.become(2);
  assert.deepEqual([page.asked.length, page.state()], [1, "waiting"]);
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

test("ten in a row: each answer makes the next subject", async () => {
  const found = [];
  const page = createPage({
    subject: () => (found.length < 10 ? found.length : null),
    show: (answer, subject) => found.push(subject),
  });
  page.question.changed();
  while (page.state() === "working") await page.answer();
  assert.deepEqual(found, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(page.state(), "blank");
});

test("off the page nothing is asked, shown or told", async () => {
  const page = createPage();
  page.become(1);
  page.question.dispose();
  await page.answer();
  page.become(2);
  page.question.ask();
  await page.clock.pass(60_000);
  assert.deepEqual([page.shown, page.subjects(), page.told], [[], [1], ["working"]]);
  assert.equal(page.clock.pending(), 0);
});
