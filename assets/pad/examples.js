/* The row of examples: small pictures to press. */
import { createButton } from "../shared/parts.js";
import { onRedraw } from "../shared/redraw.js";
import { PAD_UNITS } from "../shared/strokes.js";
import { traceLine } from "./renderer.js";

const THUMBNAIL = 56; // CSS pixels
const THUMBNAIL_BRUSH = 85;

/** @typedef {{name: string, strokes: import("../shared/strokes.js").Point[][]}} Example */

/**
 * @param {HTMLElement} row
 * @param {Example[]} examples
 * @param {(key: string) => string} text
 * @param {(strokes: Example["strokes"]) => void} onChoose
 */
export function createExamples(row, examples, text, onChoose) {
  const thumbnails = examples.map(({ name, strokes }) => {
    const button = createButton("", () => onChoose(strokes));
    button.dataset.example = name;
    button.title = button.ariaLabel = text(`example_${name}`);
    const canvas = document.createElement("canvas");
    button.append(canvas);
    row.append(button);
    return { canvas, strokes };
  });

  function draw() {
    for (const { canvas, strokes } of thumbnails) {
      canvas.width = canvas.height = THUMBNAIL * Math.ceil(window.devicePixelRatio || 1); // also wipes it
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.strokeStyle = getComputedStyle(canvas).color;
      for (const points of strokes) traceLine(context, points, THUMBNAIL_BRUSH, canvas.width / PAD_UNITS);
    }
  }

  onRedraw(draw);
  draw();
}
