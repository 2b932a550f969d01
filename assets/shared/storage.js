/* JSON in the browser's storage: localStorage, or sessionStorage for this tab of the browser alone. A visitor may
 * forbid both.
 */
/** @typedef {"localStorage" | "sessionStorage"} Area */

/** What is stored; null if there is nothing, or nothing that we have written. @param {string} key
 * @param {Area} area @returns {any} */
export function stored(key, area = "localStorage") {
  try {
    return JSON.parse(globalThis[area].getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** Stores a value, and for null nothing. Returns false where there is no storage, or no room: what was there stays.
 * @param {string} key @param {unknown} value @param {Area} area */
export function store(key, value, area = "localStorage") {
  try {
    if (value === null) globalThis[area].removeItem(key);
    else globalThis[area].setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
