/* The pad's own question: a drawing to a reading, by a route of its own (`demo/server/read_route.py`). */
import { post } from "../shared/post.js";

/**
 * @param {number[][][]} strokes
 * @returns {Promise<unknown>} the server's answer, `{error: sentence}` among others; rejected if
 *   it does not come, or is no JSON
 */
export async function read(strokes) {
  return (await post("read", strokes)).json();
}
