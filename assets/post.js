/* Questions to the server's plain routes, beside Gradio's. */

import { GIVE_UP_AFTER, SLOW_AFTER } from "./question.js";

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
    // Whoever asked has given up before.
    signal: AbortSignal.timeout(GIVE_UP_AFTER + SLOW_AFTER),
  });
  if (response.status >= 500) throw new Error(`The server answered ${response.status}.`);
  return response;
}
