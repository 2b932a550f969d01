/* TensorFlow.js, loaded in a worker: WebAssembly where it runs, else plain JavaScript. Not WebGL: these
 * networks are so small that a graphics card mostly waits, and phones' have too few digits to train in.
 */
const FOLDER = new URL("../vendor/tfjs/", import.meta.url);
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
    addGradientOfConvolution(tf);
    return true;
  } catch (error) {
    console.warn(error);
    return false;
  }
}

/* The WebAssembly backend lacks the gradient of a convolution's kernel. It is itself a convolution: of
 * the input, examples and channels exchanged, with the output's gradient. For strides of 1 without
 * padding, which is all that is used here.
 */
function addGradientOfConvolution(/** @type {any} */ tf) {
  tf.unregisterGradient("Conv2D");
  tf.registerGradient({
    kernelName: "Conv2D",
    inputsToSave: ["x", "filter"],
    gradFunc: (/** @type {any} */ dy, /** @type {any} */ [x, filter]) => ({
      x: () => tf.conv2dTranspose(dy, filter, x.shape, 1, "valid"),
      filter: () => tf.transpose(
        tf.conv2d(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), 1, "valid"),
        [1, 2, 0, 3]),
    }),
  });
}
