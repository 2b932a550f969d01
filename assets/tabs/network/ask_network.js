/* The stage's question: a drawing to every layer's maps, by a route of its own (`demo/tabs/network.py`). */
import { isJson, post } from "../../shared/post.js";

/**
 * @typedef {{head: any, bytes: Uint8Array<ArrayBuffer>}} Answer
 *
 * @param {object} question
 * @returns {Promise<unknown>} an `Answer`, or `{error: sentence}`; rejected if it does not come
 */
export async function askNetwork(question) {
  const response = await post("network", question);
  if (isJson(response)) return response.json();
  return unpacked(await response.arrayBuffer());
}

/**
 * A length (uint32), a head as JSON, and bytes. @param {ArrayBuffer} buffer @returns {Answer}
 */
export function unpacked(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { head, bytes: new Uint8Array(buffer, 4 + length) };
}
