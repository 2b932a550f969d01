/* Questions to the server's plain routes, beside Gradio's. */

const GIVE_UP_AFTER = 30000; // ms; whoever asked has given up before

/**
 * @param {string} route its name at the server's root
 * @param {unknown} data sent as JSON
 * @returns {Promise<Response>} rejected if no answer comes, or the server failed
 */
export async function post(route, data) {
  const address = new URL(`../../${route}`, import.meta.url); // past /modules/<version>/
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(data),
    signal: AbortSignal.timeout(GIVE_UP_AFTER),
  });
  if (response.status >= 500) throw new Error(`The server answered ${response.status}.`);
  return response;
}
