/* The pad's own question: a drawing to a reading, by a route beside Gradio's (`demo/read_route.py`). */

const ADDRESS = new URL("../../read", import.meta.url); // past /modules/<version>/
const GIVE_UP_AFTER = 30000; // ms; whoever asked has given up before

/**
 * @param {number[][][]} strokes
 * @returns {Promise<unknown>} the server's answer, `{error: sentence}` among others; rejected if
 *   it does not come, or is no JSON
 */
export async function read(strokes) {
  const response = await fetch(ADDRESS, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(strokes),
    signal: AbortSignal.timeout(GIVE_UP_AFTER),
  });
  if (response.status >= 500) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}
