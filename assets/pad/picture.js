/* Bring your own: a picture of a digit or a number, chosen, dropped or pasted. The browser opens it and makes
 * it small, so that nothing large or strange travels.
 */
import { partsOf } from "../shared/parts.js";
import { isTyping } from "../shared/typing.js";

const MAX_SIDE = 512; // pixels; as a PNG always below what the server takes
const MAX_MEGABYTES = 30;
const ANIMATED = ["image/gif", "image/png", "image/webp", "image/avif"];
const MAX_ANIMATED_PIXELS = 200e6; // of all frames that are decoded before the last
/** @type {CanvasRenderingContext2DSettings} */
const IN_MEMORY = { willReadFrequently: true }; // not the graphics card's, which may lose it

/** @typedef {import("./drawing.js").Picture} Picture */

/**
 * @param {HTMLElement} sketchpad
 * @param {ReturnType<typeof import("../shared/texts.js").createTexts>} texts
 * @param {object} options
 * @param {(picture: Picture) => void} options.onPicture
 * @param {(sentence: string) => void} options.onError
 * @param {() => number} options.changes counts those of the drawing
 */
export function createPicture(sketchpad, { text, number }, { onPicture, onError, changes }) {
  const chooser = partsOf(sketchpad)("chooser");
  const paper = /** @type {HTMLElement} */ (sketchpad.querySelector(".paper"));
  let opened = 0; // counts: of two pictures the later one stays

  /** What the browser can show it can open: SVG as an image only. @param {File} file */
  async function decoded(file) {
    try {
      const first = await createImageBitmap(file);
      const last = await lastFrame(file, first);
      if (last) first.close();
      return last ?? first;
    } catch {
      const image = new Image();
      image.src = URL.createObjectURL(file);
      try {
        await image.decode();
        return image;
      } finally {
        URL.revokeObjectURL(image.src);
      }
    }
  }

  async function open(/** @type {File} */ file) {
    const turn = ++opened;
    const before = changes();
    const megabytes = file.size / 1e6;
    if (megabytes > MAX_MEGABYTES) return onError(text("picture_large", { size: number(megabytes), most: MAX_MEGABYTES }));
    /** @type {ImageBitmap | HTMLImageElement} */
    let bitmap;
    try {
      bitmap = await decoded(file);
      if (!bitmap.width || !bitmap.height) throw new Error("no size");
    } catch {
      return onError(text("picture_type"));
    }
    if (turn !== opened || changes() !== before) return; // what came later stays
    const share = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const small = painted(bitmap, Math.max(1, Math.round(bitmap.width * share)), Math.max(1, Math.round(bitmap.height * share)));
    if (bitmap instanceof ImageBitmap) bitmap.close();
    onPicture({ bitmap: small, ground: groundOf(small), png: small.toDataURL("image/png").split(",")[1] });
  }

  function take(/** @type {FileList | null | undefined} */ files) {
    if (!files?.length) return;
    const file = [...files].find(({ type }) => type.startsWith("image/"));
    if (file) open(file);
    else onError(text("picture_type"));
  }

  createPictureSource(sketchpad);
  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = ""; // so that the same picture can be chosen again
  });
  document.addEventListener("paste", (event) => {
    if (isTyping(event.target)) return;
    take(event.clipboardData?.files);
  });
  /** A file, or a picture of another page, which the browser hands over as its address. @param {DragEvent} event */
  const isPicture = ({ dataTransfer, target }) => dataTransfer
    && (dataTransfer.types.includes("Files") || (dataTransfer.types.includes("text/uri-list") && !isTyping(target)));

  // On all of the page: beside the pad the browser would open the picture in the page's place.
  document.addEventListener("dragover", (event) => {
    if (!isPicture(event)) return;
    event.preventDefault();
    paper.classList.add("target");
  });
  document.addEventListener("dragleave", () => paper.classList.remove("target"));
  document.addEventListener("drop", (event) => {
    paper.classList.remove("target");
    if (!isPicture(event)) return;
    event.preventDefault();
    if (event.dataTransfer?.files.length) take(event.dataTransfer.files);
    else onError(text("picture_elsewhere"));
  });
}

/**
 * The last frame of an animation, in which a digit that is being drawn is complete, as the server takes of a file.
 * @param {Blob} file
 * @param {ImageBitmap} first its first frame
 * @returns {Promise<ImageBitmap | null>} null for a still picture, and where the browser can't decode frames
 */
async function lastFrame(file, { width, height }) {
  const Decoder = /** @type {any} */ (globalThis).ImageDecoder; // not in every browser, and not over plain HTTP
  if (!Decoder || !ANIMATED.includes(file.type)) return null;
  let decoder;
  try {
    decoder = new Decoder({ data: await file.arrayBuffer(), type: file.type });
    await Promise.all([decoder.tracks.ready, decoder.completed]); // only then all frames are counted
    const { animated, frameCount } = decoder.tracks.selectedTrack;
    if (!animated) return null;
    const frames = Math.min(frameCount, Math.floor(MAX_ANIMATED_PIXELS / (width * height)));
    const { image } = await decoder.decode({ frameIndex: Math.max(0, frames - 1) });
    try {
      return await createImageBitmap(image);
    } finally {
      image.close();
    }
  } catch {
    return null; // a damaged frame: the first can be shown
  } finally {
    decoder?.close();
  }
}

/**
 * A picture from what was kept of it; rejected if that is none.
 * @param {import("../shared/kept_drawing.js").KeptPicture} kept
 */
export async function pictureFrom({ png, ground }) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  return { bitmap: painted(image, image.naturalWidth, image.naturalHeight), ground, png };
}

/** A canvas with an image on it. @param {CanvasImageSource} image @param {number} width @param {number} height */
function painted(image, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", IN_MEMORY));
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** On what ink without a ground of its own is seen: white for dark ink, else black; null if it has one. @param {HTMLCanvasElement} canvas */
function groundOf(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data;
  let [inked, light, isOpaque] = [0, 0, true];
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i + 3] < 128) isOpaque = false;
    else {
      inked += 1;
      light += rgba[i] + rgba[i + 1] + rgba[i + 2];
    }
  }
  return isOpaque ? null : light / (3 * (inked || 1)) < 128 ? "#fff" : "#000";
}

/**
 * Where a picture lies on the pad: in the middle, as large as there is room for.
 * @param {number} side of the pad
 * @param {{width: number, height: number}} picture
 * @returns {[number, number, number, number]} its left, top, width and height
 */
export function placeOn(side, { width, height }) {
  const scale = side / Math.max(width, height);
  const [wide, high] = [width * scale, height * scale];
  return [(side - wide) / 2, (side - high) / 2, wide, high];
}

/**
 * Where a picture comes from: the button opens the files; on a phone it asks first whether to take a photograph,
 * for a phone's browser offers its camera or its pictures, not always both.
 * @param {HTMLElement} sketchpad
 */
function createPictureSource(sketchpad) {
  const [button, sources, chooser, camera, file] = ["picture", "sources", "chooser", "camera", "picture-file"].map(partsOf(sketchpad));

  function show(/** @type {boolean} */ isOpen) {
    sources.hidden = !isOpen;
    button.ariaExpanded = String(isOpen);
    if (isOpen) camera.focus({ preventScroll: true });
  }

  function choose(/** @type {boolean} */ isPhotographed) {
    show(false);
    if (isPhotographed) chooser.setAttribute("capture", "environment"); // the camera at the phone's back
    else chooser.removeAttribute("capture");
    chooser.click();
  }

  button.addEventListener("click", () => {
    if (matchMedia("(pointer: coarse)").matches) show(sources.hidden);
    else choose(false);
  });
  camera.addEventListener("click", () => choose(true));
  file.addEventListener("click", () => choose(false));
  sources.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!sources.hidden && !sources.contains(target) && !button.contains(target)) show(false);
  });
}
