/* What the network tab's views have in common: types, no code. */

/** @typedef {{pixels: string, reading: import("../../shared/answers.js").Reading | null}} Drawing */
/** @typedef {import("./spots.js").Spot} Spot */
/**
 * What a view may use and ask for.
 * @typedef {object} Tab
 * @property {HTMLElement} root
 * @property {HTMLElement} frame around the figure
 * @property {ReturnType<typeof import("./words.js").createWords>} words
 * @property {() => void} changed the view's question is another
 * @property {() => void} redraw the figure and its words
 * @property {() => void} paint the figure
 * @property {() => [number, number]} size of the figure
 * @property {(layer: number) => void} openLayer
 * @property {(layer: number, channel: number, of?: Drawing | null) => void} openMap of the pad's drawing, or of another
 */
/**
 * @typedef {object} View
 * @property {string} name
 * @property {Drawing | null} [of] the drawing that it shows, where that is not the pad's
 * @property {number} [layer]
 * @property {number} [channel]
 * @property {() => object} question all that decides the answer, but the drawing
 * @property {(pixels: string, question: any) => Promise<unknown>} ask
 * @property {(answer: any, of: Drawing) => void} take the answer
 * @property {() => void} [forget] the maps that were shown: the network may be another
 * @property {() => void} [restart] the pad was cleared
 * @property {() => void} [enter]
 * @property {() => void} [leave]
 * @property {() => void} [rest] the answer to the newest drawing is shown
 * @property {() => boolean} [hasInk] maps are drawn
 * @property {() => Record<string, unknown>} [facts] attributes of the tab's element
 * @property {(width: number) => number} heightAt where the screen is narrow
 * @property {(pen: any, width: number, height: number) => Spot[] | null} draw returns
 *   what can be pressed; null while the answer is on its way
 * @property {() => string} heading
 * @property {() => string} sentence
 * @property {(about: any) => void} [point]
 * @property {(x: number, y: number) => void} [hover]
 * @property {(place: any) => string} [keyOf] of a map's spot
 * @property {() => any} [unit] the arithmetic of a pixel
 * @property {() => any[]} [layers] of the whole network
 * @property {() => {name: string, words: string, isPressed?: boolean, press: () => unknown} | null} [button] its own
 * @property {() => boolean} [isInSpace]
 */

export {};
