/* The pad's question about a picture. */
import { isReading } from "../shared/answers.js";
import { placeOn } from "./picture_place.js";
import { PAD_UNITS } from "../shared/strokes.js";

/**
 * @param {(png: string) => Promise<unknown>} ask the server
 * @param {import("./drawing.js").Picture} picture
 * @returns {Promise<unknown>} its answer; the boxes of a number's digits are in pad units
 */
export async function readPicture(ask, { png, bitmap }) {
  const answer = await ask(png);
  if (!isReading(answer) || !answer.number) return answer;
  const [left, top, width] = placeOn(PAD_UNITS, bitmap);
  const scale = width / bitmap.width;
  const digits = answer.number.digits.map((digit) => ({
    ...digit,
    box: digit.box.map((side, i) => (i % 2 ? top : left) + scale * side),
  }));
  return { ...answer, number: { ...answer.number, digits } };
}
