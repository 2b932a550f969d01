/**
 * What holds for assets/tabs/teach/session.js whatever is pressed, and whatever becomes of the digits,
 * the files and the worker. Nothing here takes time: the test answers the calls, in any order.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { USUAL } from "../../assets/tabs/teach/choices.js";
import { examplesOf } from "../../assets/tabs/teach/examples.js";
import { createSession } from "../../assets/tabs/teach/session.js";

const RUNS = 500;
const STEPS = 60;
const CHANGES_THE_NETWORK = ["begin", "open", "show", "train", "save", "judge"];

/** Numbers in [0, 1) from a seed (Tommy Ettinger's Mulberry32). */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

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
      begin: ({ name, seed }) => { worker.network = { name, seed, steps: 0 }; return { picture: null }; },
      open: ({ name, seed }) => { worker.network = { name, seed, steps: 0 }; return { picture: null }; },
      train: () => { worker.network.steps += 1; worker.training = null; return {}; },
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
  const random = createRandom(seed);
  const among = (all) => all[Math.floor(random() * all.length)];
  const history = [];
  const faults = [];
  const waiting = []; // for the test to answer
  const workers = createWorkers(waiting, faults);
  const got = new Set();
  const later = (name, answer) => new Promise((resolve, reject) => {
    const one = { name, act: () => resolve(answer), fail: () => reject(new Error("lost")) };
    got.add(() => reject(new DOMException("cancelled", "AbortError")));
    waiting.push(one);
  });
  const digits = () => examplesOf([{ digit: 1, pixels: new Uint8Array(784) }]);
  const session = createSession({
    createTeacher: workers.create,
    getHeldOut: () => later("held out", digits()),
    getShown: () => later("shown", [digits()]),
    cancel: () => got.forEach((reject) => reject()),
    onState: (state) => history.push(state),
    onNetwork: () => {}, onReport: () => {}, onJudgement: () => {},
  });
  const quiet = (promise) => promise?.catch((error) => history.push(String(error.message)));
  const choices = () => ({ ...USUAL, network: among(["dense", "small"]), seed: Math.floor(random() * 1e6) });
  const presses = {
    teach: () => (session.isBusy() ? session.stop() : quiet(session.teach(choices()))),
    on: () => session.state() === "trained" && quiet(session.trainOn()),
    more: () => session.state() === "trained" && quiet(session.trainOn(200)),
    open() {
      const file = choices();
      quiet(session.open(() => later("file", { choices: file, seed: file.seed })));
    },
    save: () => session.state() === "trained" && quiet(session.save()),
    read: () => quiet(session.read(new Uint8Array(784))),
    pad: () => session.pad(new Uint8Array(784)),
  };

  function check(moment) {
    const told = `seed ${seed}, ${moment}, after ${history.slice(-30).join(" ")}`;
    assert.deepEqual(faults, [], told);
    assert.ok(workers.alive().length <= 1, `two workers: ${told}`);
    if (session.state() !== "trained") return;
    const [worker] = workers.alive();
    const { network, seed: taught } = session.choices() ?? {};
    assert.ok(worker?.network, `no network: ${told}`);
    assert.deepEqual([worker.network.name, worker.network.seed], [network, taught], `another network: ${told}`);
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
