/* A taught network as a file: TensorFlow.js' own parts as JSON, the weights in base64, and what it was shown.
 * `mnist_model/train/browser_network.py` loads the same file into Keras.
 */
import { bytesOf } from "../../shared/answers.js";
import { checkedChoices } from "./choices.js";

const MAX_FILE = 20e6; // bytes

/** @typedef {import("./worker.js").Artifacts} Artifacts */

/** @param {Artifacts} artifacts @param {import("./choices.js").Choices} choices */
export function fileOf({ weightData, ...artifacts }, choices) {
  const bytes = Array.from(new Uint8Array(weightData), (byte) => String.fromCharCode(byte));
  return new Blob([JSON.stringify({ ...artifacts, weightData: btoa(bytes.join("")), shown: choices })],
    { type: "application/json" });
}

/** What a file holds. @param {Blob} file */
export async function networkIn(file) {
  if (file.size > MAX_FILE) throw new Error("It is too large.");
  const { modelTopology, weightSpecs, weightData, shown } = JSON.parse(await file.text());
  const choices = checkedChoices(shown);
  return { choices, saved: { kind: choices.network, artifacts: { modelTopology, weightSpecs, weightData: bytesOf(weightData).buffer } } };
}
