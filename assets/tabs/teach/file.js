/* A taught network as a file: a zip of TensorFlow.js' own model.json and weights.bin, and of what it was
 * shown. `mnist_model/train/browser_network.py` loads the same file into Keras.
 */
import { unzip, zip } from "../../shared/zip.js";
import { checkedChoices } from "./choices.js";

const MODEL = "model.json";
const WEIGHTS = "weights.bin";
const SHOWN = "shown.json";
const LARGEST = 20e6; // bytes

/** @typedef {{topology: any, specs: any[], weights: ArrayBuffer}} Saved */

/** @param {Saved} saved @param {import("./choices.js").Choices} choices @param {Record<string, unknown>} [about] */
export function fileOf({ topology, specs, weights }, choices, about = {}) {
  const json = (/** @type {unknown} */ value) => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
  const model = {
    format: "layers-model",
    generatedBy: "TensorFlow.js tfjs-layers v4.22.0",
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: [WEIGHTS], weights: specs }],
  };
  return zip({
    [MODEL]: json(model), [WEIGHTS]: new Uint8Array(weights), [SHOWN]: json({ ...choices, ...about }),
  });
}

/**
 * What a file holds; an error if it is none of these.
 * @param {Blob} file @returns {Promise<Saved & {choices: import("./choices.js").Choices}>}
 */
export async function networkIn(file) {
  if (file.size > LARGEST) throw new Error("It is too large.");
  const files = unzip(await file.arrayBuffer());
  const json = (/** @type {string} */ name) => JSON.parse(new TextDecoder().decode(files[name]));
  const { modelTopology: topology, weightsManifest: [{ weights: specs }] } = json(MODEL);
  return { topology, specs, weights: files[WEIGHTS].slice().buffer, choices: checkedChoices(json(SHOWN)) };
}
