/**
 * What holds for assets/tabs/teach/session.js whatever is pressed, and whatever becomes of the digits,
 * the files and the worker. Nothing here takes time: the test answers the calls, in any order.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { USUAL } from "../../assets/tabs/teach/choices.js";
import { examplesOf, seeded } from "../../assets/tabs/teach/examples.js";
import { createSession } from "../../assets/tabs/teach/session.js";

const RUNS = 500;
const STEPS = 60;
const CHANGES_THE_NETWORK = ["begin", "open", "examples", "train", "save", "judge"];

const settled = async () => {
  for (let i = 0; i < 30; i++) await null;
};

/** A worker that does what it is told when the test says so, and notes what it should not be told. */
function createWorkers(waiting, faults) {
  const workers = [];
  function create(onReport, onEnd) {
    const worker = { isReady: false, isEnded: false, network: null, training: null };
    workers.push(worker);
    const pending = new Set();
    const does = {
      load: () => { worker.isReady = true; },
      begin: (choices) => { worker.network = choices; return { picture: null }; },
      open: (choices) => { worker.network = choices; return { picture: null }; },
      train: () => { worker.training = null; return {}; },
    };
    worker.call = (name, argument) => new Promise((resolve, reject) => {
      if (worker.isEnded) faults.push(`${name} of a worker that has ended`);
      if (name !== "load" && !worker.isReady) faults.push(`${name} before the worker is ready`);
      if (worker.training && CHANGES_THE_NETWORK.includes(name)) faults.push(`${name} in mid-training`);
      if (["train", "save", "read", "judge"].includes(name) && !worker.network) faults.push(`${name} of no network`);
      if (name === "train") worker.training = true;
      const one = {
        name, fail: () => {
          if (worker.training && name === "train") worker.training = null;
          reject(new Error("failed"));
        },
        act: () => resolve(does[name]?.(argument) ?? {}), reject,
      };
      pending.add(one);
      waiting.push({ worker, ...one });
    });
    worker.end = () => {
      worker.isEnded = true;
      for (const { reject } of pending) reject(new Error("ended"));
    };
    worker.crash = () => {
      worker.end();
      onEnd();
    };
    return worker;
  }
  return { create, alive: () => workers.filter(({ isEnded }) => !isEnded) };
}

async function run(seed) {
  const random = seeded(seed);
  const among = (all) => all[Math.floor(random() * all.length)];
  const history = [];
  const faults = [];
  const waiting = []; // for the test to answer
  const workers = createWorkers(waiting, faults);
  const later = (name, answer, signal) => new Promise((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
    if (signal?.aborted) reject(signal.reason);
    waiting.push({ name, act: () => resolve(answer), fail: () => reject(new Error("lost")) });
  });
  const digits = () => examplesOf([{ digit: 1, pixels: new Uint8Array(784) }]);
  const session = createSession({
    createTeacher: workers.create,
    getHeldOut: (signal) => later("held out", digits(), signal),
    getShown: (_, signal) => later("shown", digits(), signal),
    onState: (state) => history.push(state),
    onNetwork: () => {}, onReport: () => {}, onJudgement: () => {},
  });
  const quiet = (promise) => promise?.catch((error) => history.push(String(error.message)));
  const choices = () => ({ ...USUAL, name: Math.floor(random() * 1e6) });
  const presses = {
    teach: () => (session.isBusy() ? session.stop() : quiet(session.teach(choices()))),
    on: () => session.state() === "trained" && quiet(session.trainOn(100)),
    more: () => session.state() === "trained" && quiet(session.trainOn(200)),
    open() {
      const file = choices();
      quiet(session.open(() => later("file", { choices: file, saved: file })));
    },
    save: () => session.state() === "trained" && quiet(session.save()),
    read: () => quiet(session.read(new Uint8Array(784))),
  };

  function check(moment) {
    const told = `seed ${seed}, ${moment}, after ${history.slice(-30).join(" ")}`;
    assert.deepEqual(faults, [], told);
    assert.ok(workers.alive().length <= 1, `two workers: ${told}`);
    if (session.state() !== "trained") return;
    const [worker] = workers.alive();
    assert.ok(worker?.network, `no network: ${told}`);
    assert.equal(worker.network.name, session.choices()?.name, `another network: ${told}`);
  }

  async function answer(isGood) {
    const one = waiting.splice(Math.floor(random() * waiting.length), 1)[0];
    if (!one || one.worker?.isEnded) return;
    history.push(`${isGood ? "" : "!"}${one.name}`);
    if (isGood) one.act();
    else one.fail();
    await settled();
  }

  for (let step = 0; step < STEPS; step++) {
    const chance = random();
    if (chance < 0.35) {
      const press = among(Object.keys(presses));
      history.push(`[${press}]`);
      presses[press]();
      await settled();
    } else if (chance < 0.98) {
      await answer(random() < 0.93);
    } else {
      workers.alive()[0]?.crash();
      history.push("crash");
      await settled();
    }
    check(`step ${step}`);
  }
  while (waiting.length) await answer(true);
  check("the end");
  quiet(session.teach(choices()));
  await settled();
  while (waiting.length) await answer(true);
  assert.equal(session.state(), "trained", `it is of no use any more: seed ${seed}, ${history.slice(-30).join(" ")}`);
  assert.ok(!session.isBusy(), `it never ends: seed ${seed}, ${history.slice(-30).join(" ")}`);
  session.end();
  await settled();
  assert.equal(workers.alive().length, 0, "a worker is left");
  return history;
}

test("whatever is pressed, the network is the one that was taught last, in one worker", async () => {
  const seen = new Set();
  for (let seed = 0; seed < RUNS; seed++) (await run(seed)).forEach((word) => seen.add(word));
  for (const state of ["idle", "loading", "training", "trained", "failed"]) assert.ok(seen.has(state), state);
});
