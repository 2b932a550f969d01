/* The networks that can be taught, layer by layer as in `mnist_model/train/networks.py`, and how they are
 * trained as in `recipes.py`. Each takes grey levels 0 to 255 and gives ten logits.
 */

/**
 * @typedef {"dense" | "small" | "cnn"} NetworkName
 * @typedef {{passes: number, leastSteps: number, batch: number, rate: number}} Schedule
 *   passes over what is shown, but no fewer steps than `leastSteps`; the learning rate of Adam, at
 *   first: it falls along a half cosine (Loshchilov and Hutter 2017)
 */

/** @type {Record<NetworkName, Schedule>} */
export const SCHEDULES = {
  dense: { passes: 25, leastSteps: 150, batch: 32, rate: 2e-3 },
  small: { passes: 20, leastSteps: 150, batch: 32, rate: 3e-3 },
  cnn: { passes: 6, leastSteps: 80, batch: 32, rate: 1e-3 },
};

/** Steps of one training on so many examples. @param {NetworkName} name @param {number} examples */
export function stepsFor(name, examples) {
  const { passes, leastSteps, batch } = SCHEDULES[name];
  return Math.max(leastSteps, passes * Math.ceil(examples / batch));
}

/** The learning rate after a share of a training. @param {NetworkName} name @param {number} share */
export const rateAt = (name, share) => (SCHEDULES[name].rate * (1 + Math.cos(Math.PI * share))) / 2;

/**
 * An untrained network.
 * @param {any} tf TensorFlow.js @param {NetworkName} name @param {number} seed of its weights
 * @returns {any} a model of TensorFlow.js' layers
 */
export function createNetwork(tf, name, seed) {
  const { layers, initializers } = tf;
  let made = 0;
  const weights = () => ({ kernelInitializer: initializers.glorotUniform({ seed: 100 * seed + ++made }) });
  const convolution = (/** @type {number} */ filters, /** @type {number} */ kernelSize) =>
    layers.conv2d({ filters, kernelSize, activation: "relu", ...weights() });
  const pooling = () => layers.maxPooling2d({ poolSize: 2 });
  const body = {
    dense: () => [layers.flatten()],
    small: () => [convolution(8, 5), pooling(), convolution(24, 5), pooling(), layers.flatten(),
      layers.dropout({ rate: 0.4 })],
    cnn: () => [convolution(32, 3), pooling(), convolution(64, 3), pooling(), layers.flatten(),
      layers.dense({ units: 128, activation: "relu", ...weights() })],
  };
  return tf.sequential({
    name,
    layers: [
      layers.rescaling({ scale: 1 / 255, inputShape: [28, 28, 1], name: "rescaling" }),
      ...body[name](),
      layers.dense({ units: 10, name: "logits",
        ...(name === "dense" ? { kernelInitializer: "zeros" } : weights()) }), // a template begins blank
    ],
  });
}
