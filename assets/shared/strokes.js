/* A drawing's strokes, in pad units: 0 to 1000 from left to right and from top to bottom, whatever the
 * pad's size on the screen.
 */
/**
 * @typedef {[number, number]} Point in pad units
 * @typedef {{points: Point[], times: number[]}} Stroke times: when each point was reached, in ms
 */
export const PAD_UNITS = 1000;
/** The brush's width: on a digit that fills two thirds of the pad, as wide as MNIST's pen. */
export const BRUSH = 75;
