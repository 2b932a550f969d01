/* Questions to the server's plain routes, beside Gradio's. */

import { GIVE_UP_AFTER, SLOW_AFTER } from "./question.js";

export const BUSY = [429, 503]; // a proxy's limit, or the server's

/**
 * @param {string} route its name at the server's root
 * @param {unknown} data sent as JSON
 * @returns {Promise<Response>} `{busy: true}` if too many ask; rejected if no answer comes, or the server
 *   failed
 */
export async function post(route, data) {
  const address = new URL(`../../../${route}`, import.meta.url); // past /modules/<version>/
  return checked(await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(data),
    // Whoever asked has given up before.
    signal: AbortSignal.timeout(GIVE_UP_AFTER + SLOW_AFTER),
  }));
}

/** @param {Response} response @returns {Response} as `post` does */
export function checked(response) {
  if (BUSY.includes(response.status)) return Response.json({ busy: true });
  if (response.status >= 500) throw new Error(`The server answered ${response.status}.`);
  return response;
}

export const isJson = (/** @type {Response} */ response) => (
  Boolean(response.headers.get("content-type")?.startsWith("application/json")));

/**
 * The answer of one of Gradio's server functions: where it is lost, Gradio hides why, and the pad's route is
 * asked whether the server is only busy.
 * @param {Promise<any>} answer
 */
export async function heard(answer) {
  const heard = await answer;
  if (heard !== undefined) return heard;
  const other = await post("read", []).then((response) => response.json()).catch(() => null);
  return other?.busy === true ? other : undefined;
}
