/* The network that is taught, in a worker of its own: the page answers the pen meanwhile.
 *
 * Each message {id, call, argument} gets {id, answer} or {id, error}. While it trains, {report} comes
 * again and again, and other calls are answered between two steps.
 */
import { seeded } from "./examples.js";
import { createNetwork, rateAt, SCHEDULES } from "./networks.js";
import { loadTensorFlow } from "./tensorflow.js";

const REPORT_AFTER = 180; // ms of training between two reports
const REPORT_SHARE = 0.25; // of the time, at most, goes into reports
const SEED = 0; // the same lesson gives the same network
const FEW = 200; // examples that are read at once, and for a report in mid-training

/**
 * @typedef {import("./examples.js").Examples} Examples
 * @typedef {object} Report
 * @property {number} step steps taken since the network was new
 * @property {number} share of this training that is done, 0..1
 * @property {number} loss mean over the steps since the last report; NaN in the last one
 * @property {number} shown share read as told, of what was shown
 * @property {number} held share read right, of everybody's digits that were held out
 * @property {Picture | null} picture
 * @typedef {{modelTopology: object, weightSpecs: object[], weightData: ArrayBuffer}} Artifacts a network in
 *   TensorFlow.js' own format
 * @typedef {{kind: "templates" | "filters", side: number, values: Float32Array, count: number}} Picture
 */

/** @type {any} */
let tf;
/** @type {any} */
let network = null;
/** @type {any} */
let optimizer = null;
let name = /** @type {import("./networks.js").NetworkName} */ ("small");
/** @type {Examples} */
let shown;
/** @type {Examples} */
let held;
let step = 0;
let isStopped = false;
let random = seeded(SEED);

/** An order of 0..n-1 by chance. @param {number} n */
function shuffled(n) {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Pixels of some examples as (n, 28, 28, 1). @param {Uint8Array} images @param {ArrayLike<number>} index */
function pixelsOf(images, index) {
  const values = new Float32Array(784 * index.length);
  for (let i = 0; i < index.length; i++) {
    values.set(images.subarray(784 * index[i], 784 * (index[i] + 1)), 784 * i);
  }
  return tf.tensor4d(values, [index.length, 28, 28, 1]);
}

/** Ten probabilities for each of the images, one after the other. @param {Uint8Array} images */
function probabilities(images) {
  const count = images.length / 784;
  const all = new Float32Array(10 * count);
  for (let start = 0; start < count; start += FEW) {
    const index = Array.from({ length: Math.min(FEW, count - start) }, (_, i) => start + i);
    all.set(tf.tidy(() => tf.softmax(network.apply(pixelsOf(images, index))).dataSync()), 10 * start);
  }
  return all;
}

/** The most probable digit of each. @param {Float32Array} all */
function best(all) {
  return Uint8Array.from({ length: all.length / 10 }, (_, i) => {
    const ten = all.subarray(10 * i, 10 * i + 10);
    return ten.indexOf(Math.max(...ten));
  });
}

/** What can be seen of a network's weights: ten templates, or the first filters. @param {any} of @returns {Picture} */
function picture(of) {
  const [kernel] = of.layers.find((/** @type {any} */ layer) => layer.getWeights().length).getWeights();
  const isDense = kernel.shape.length === 2;
  const [side, count] = isDense ? [28, kernel.shape[1]] : [kernel.shape[0], kernel.shape[3]];
  const values = kernel.dataSync();
  const turned = new Float32Array(values.length); // one image after the other
  for (let i = 0; i < side * side; i++) {
    for (let j = 0; j < count; j++) turned[j * side * side + i] = values[i * count + j];
  }
  return { kind: isDense ? "templates" : "filters", side, count, values: turned };
}

/** One step; returns the loss. @param {ArrayLike<number>} index of the batch */
function train(index) {
  return tf.tidy(() => {
    const pixels = pixelsOf(shown.images, index);
    const told = tf.oneHot(tf.tensor1d(Array.from(index, (i) => shown.told[i]), "int32"), 10);
    const loss = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(told, network.apply(pixels, { training: true })), true,
      network.trainableWeights.map((/** @type {any} */ weight) => weight.val));
    return loss.dataSync()[0];
  });
}

const { port1, port2 } = new MessageChannel();
/* Lets other messages in. */
const breathe = () => new Promise((done) => {
  port1.onmessage = done;
  port2.postMessage(0);
});

/** The digits that it reads in what was held out and in what was shown. @param {number} most examples of each */
function readBoth(most) {
  const of = (/** @type {Examples} */ { images }) => best(probabilities(images.subarray(0, 784 * most)));
  return { held: of(held), shown: of(shown) };
}

/** @param {number} share @param {number} loss @param {ReturnType<typeof readBoth>} read @returns {Report} */
function reportOf(share, loss, read) {
  const right = (/** @type {Uint8Array} */ digits, /** @type {Uint8Array} */ labels) =>
    digits.filter((digit, i) => digit === labels[i]).length / (digits.length || 1);
  const everybody = held.group.findLastIndex((group) => group === 0) + 1; // theirs come first
  return { step, share, loss, picture: picture(network),
    shown: right(read.shown, shown.told), held: right(read.held.subarray(0, everybody), held.truth) };
}

/** Another network takes the place of the last. @param {any} next @param {import("./networks.js").NetworkName} kind */
function take(next, kind) {
  const seen = picture(next);
  network?.dispose();
  optimizer?.dispose();
  network = next;
  name = kind;
  step = 0;
  random = seeded(SEED);
  optimizer = tf.train.adam(SCHEDULES[name].rate);
  return { picture: seen };
}

const calls = {
  async load() {
    tf = await loadTensorFlow();
  },

  /** @param {import("./choices.js").Choices} choices */
  begin({ network: kind }) {
    return take(createNetwork(tf, kind, SEED), kind);
  },

  /** @param {{shown: Examples, held: Examples}} examples */
  examples(examples) {
    ({ shown, held } = examples);
  },

  /** Trains until it is done or stopped. @param {number} steps */
  async train(steps) {
    const { batch } = SCHEDULES[name];
    isStopped = false;
    let order = new Uint32Array();
    let losses = 0;
    let since = 0;
    let spent = 0; // ms, on the last report
    let reported = -Infinity;
    for (let done = 0; done < steps && !isStopped; done++) {
      if (!order.length) order = shuffled(shown.told.length);
      optimizer.learningRate = rateAt(name, done / steps);
      losses += train(order.subarray(0, batch));
      order = order.subarray(batch);
      step += 1;
      since += 1;
      const wait = Math.max(REPORT_AFTER, spent / REPORT_SHARE);
      if (done < 5 || performance.now() - reported > wait) {
        const started = performance.now();
        postMessage({ report: reportOf((done + 1) / steps, losses / since, readBoth(FEW)) });
        reported = performance.now();
        spent = reported - started;
        losses = since = 0;
      }
      await breathe();
    }
  },

  stop() {
    isStopped = true;
  },

  read: probabilities,

  /** What it reads in all examples, and a report of it. */
  judge() {
    const read = readBoth(Infinity);
    return { ...read, report: reportOf(1, NaN, read) };
  },

  /** @returns {Promise<Artifacts>} */
  async save() {
    let saved = /** @type {any} */ (null);
    await network.save(tf.io.withSaveHandler(async (/** @type {any} */ artifacts) => {
      const { modelTopology, weightSpecs, weightData } = artifacts;
      saved = { modelTopology, weightSpecs, weightData: tf.io.CompositeArrayBuffer.join(weightData) };
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }));
    return saved;
  },

  /** @param {{kind: import("./networks.js").NetworkName, artifacts: Artifacts}} saved */
  async open({ kind, artifacts }) {
    const opened = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const fits = JSON.stringify([opened.inputs[0].shape, opened.outputs[0].shape]);
    const isWhole = 4 * opened.countParams() === artifacts.weightData.byteLength;
    const answer = () => /** @type {Float32Array} */ (
      tf.tidy(() => opened.predict(tf.ones([1, 28, 28, 1])).dataSync()));
    if (fits !== "[[null,28,28,1],[null,10]]" || !isWhole || !answer().every(Number.isFinite)) {
      opened.dispose();
      throw new Error("It does not read digits.");
    }
    return take(opened, kind);
  },
};

addEventListener("message", async ({ data: { id, call, argument } }) => {
  try {
    postMessage({ id, answer: await (/** @type {any} */ (calls)[call])(argument) });
  } catch (error) {
    postMessage({ id, error: String(/** @type {Error} */ (error).message) });
  }
});
