/* TensorFlow.js, loaded in a worker, in WebAssembly. Not WebGL: these networks are so small that a graphics card
 * mostly waits, and phones' have too few digits to train in.
 */
const FOLDER = new URL("../../vendor/tfjs/", import.meta.url);
const load = (/** @type {string} */ name) => import(new URL(`tf-${name}.es2017.min.js`, FOLDER).href);

/** @returns {Promise<any>} */
export async function loadTensorFlow() {
  for (const name of ["core", "layers", "backend-wasm"]) await load(name); // each adds to a global `tf`
  const { tf } = /** @type {any} */ (globalThis);
  tf.enableProdMode();
  tf.wasm.setWasmPaths(FOLDER.href);
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false); // it would need a page that is isolated
  if (!(await tf.setBackend("wasm"))) throw new Error("WebAssembly does not run here.");
  await tf.ready();
  addGradients(tf);
  return tf;
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
