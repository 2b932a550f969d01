/* TensorFlow.js, loaded in a worker: WebAssembly where it runs, else plain JavaScript. Not WebGL: these
 * networks are so small that a graphics card mostly waits, and phones' have too few digits to train in.
 */
const FOLDER = new URL("../../vendor/tfjs/", import.meta.url);
const load = (/** @type {string} */ name) => import(new URL(`tf-${name}.es2017.min.js`, FOLDER).href);

/** @returns {Promise<{tf: any, backend: string}>} */
export async function loadTensorFlow() {
  await load("core"); // each adds to a global `tf`
  await load("layers");
  const { tf } = /** @type {any} */ (globalThis);
  tf.enableProdMode();
  if (!(await useWebAssembly(tf))) {
    await load("backend-cpu");
    await tf.setBackend("cpu");
    await tf.ready();
  }
  return { tf, backend: tf.getBackend() };
}

/** Whether it runs here. @param {any} tf */
async function useWebAssembly(tf) {
  if (typeof WebAssembly !== "object") return false;
  try {
    await load("backend-wasm");
    const file = new URL("tfjs-backend-wasm-simd.wasm", FOLDER).href;
    tf.wasm.setWasmPaths(Object.fromEntries(
      ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm", "tfjs-backend-wasm-threaded-simd.wasm"]
        .map((name) => [name, file])));
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false); // it would need a page that is isolated
    if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) || !(await tf.setBackend("wasm"))) return false;
    await tf.ready();
    addGradients(tf);
    return true;
  } catch (error) {
    console.warn(error);
    return false;
  }
}

/* Gradients by way of the kernels that are fast in the WebAssembly backend, for strides of
 * 1 without padding and pooling over 2 by 2, which is all that is used here. That of a convolution's kernel
 * is lacking there: it is itself a convolution, of the input, examples and channels exchanged, with the
 * output's gradient. That of its input is a convolution of the latter, framed with zeros, with the kernel
 * turned round.
 */
function addGradients(/** @type {any} */ tf) {
  tf.unregisterGradient("Conv2D");
  tf.registerGradient({
    kernelName: "Conv2D",
    inputsToSave: ["x", "filter"],
    gradFunc: (/** @type {any} */ dy, /** @type {any} */ [x, filter]) => ({
      x() {
        const frame = [filter.shape[0] - 1, filter.shape[0] - 1];
        const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
        return tf.conv2d(tf.pad(dy, [[0, 0], frame, frame, [0, 0]]), turned, 1, "valid");
      },
      filter: () => tf.transpose(
        tf.conv2d(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), 1, "valid"),
        [1, 2, 0, 3]),
    }),
  });
  tf.unregisterGradient("MaxPool");
  tf.registerGradient({
    kernelName: "MaxPool",
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc: (/** @type {any} */ dy, /** @type {any} */ [x, y]) => ({
      x() {
        const [count, rows, columns, channels] = y.shape;
        const pooled = tf.slice(x, [0, 0, 0, 0], [count, 2 * rows, 2 * columns, channels]);
        // Of several that are the largest each gets it; after ReLU these are zeros, which pass on none.
        const isLargest = tf.cast(tf.equal(pooled, doubled(tf, y)), "float32");
        const rest = [x.shape[1] - 2 * rows, x.shape[2] - 2 * columns];
        return tf.pad(tf.mul(isLargest, doubled(tf, dy)), [[0, 0], [0, rest[0]], [0, rest[1]], [0, 0]]);
      },
    }),
  });
}

/** Each value four times, in 2 by 2. @param {any} tf @param {any} values (n, rows, columns, channels) */
function doubled(tf, values) {
  const [count, rows, columns, channels] = values.shape;
  const wide = tf.reshape(tf.concat([values, values], 3), [count, rows, 2 * columns * channels]);
  return tf.reshape(tf.concat([wide, wide], 2), [count, 2 * rows, 2 * columns, channels]);
}
