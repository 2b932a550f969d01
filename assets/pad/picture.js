/* Bring your own: a picture of a digit or a number, chosen, dropped or pasted. The browser opens it and makes
 * it small, so that nothing large or strange travels.
 */
import { createPictureSource } from "./picture_source.js";
import { isTyping } from "../shared/typing.js";

const LONGEST_SIDE = 512; // pixels; as a PNG always below what the server takes
const MOST_MEGABYTES = 30;
const ANIMATED = ["image/gif", "image/png", "image/webp", "image/avif"];
const MAX_ANIMATED_PIXELS = 200e6; // of all frames that are decoded before the last
/** @type {CanvasRenderingContext2DSettings} */
const IN_MEMORY = { willReadFrequently: true }; // not the graphics card's, which may lose it

/* onPicture({bitmap, ground, png}), onError(sentence); changes() counts those of the drawing. */
export function createPicture(element, { text, number }, { onPicture, onError, changes }) {
  const chooser = element.querySelector('[data-testid="chooser"]');
  const paper = element.querySelector(".paper");
  let opened = 0; // counts: of two pictures the later one stays

  /* What the browser can show it can open: SVG as an image only. */
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

  async function open(file) {
    const turn = ++opened;
    const before = changes();
    const megabytes = file.size / 1e6;
    if (megabytes > MOST_MEGABYTES) {
      onError(text("picture_large", { size: number(megabytes), most: MOST_MEGABYTES }));
      return;
    }
    let bitmap;
    try {
      bitmap = await decoded(file);
      if (!bitmap.width || !bitmap.height) throw new Error("no size");
    } catch {
      onError(text("picture_type"));
      return;
    }
    if (turn !== opened || changes() !== before) return; // what came later stays
    const share = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const small = document.createElement("canvas");
    small.width = Math.max(1, Math.round(bitmap.width * share));
    small.height = Math.max(1, Math.round(bitmap.height * share));
    const target = /** @type {CanvasRenderingContext2D} */ (
      small.getContext("2d", IN_MEMORY));
    target.imageSmoothingQuality = "high";
    target.drawImage(bitmap, 0, 0, small.width, small.height);
    bitmap.close?.();
    onPicture({
      bitmap: small,
      ground: groundOf(target.getImageData(0, 0, small.width, small.height).data),
      png: small.toDataURL("image/png").split(",")[1],
    });
  }

  function take(files) {
    if (!files?.length) return;
    const file = [...files].find(({ type }) => type.startsWith("image/"));
    if (file) open(file);
    else onError(text("picture_type"));
  }

  createPictureSource(element);
  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = ""; // so that the same picture can be chosen again
  });
  document.addEventListener("paste", (event) => {
    if (isTyping(event.target)) return;
    take(event.clipboardData?.files);
  });
  /* A file, or a picture of another page, which the browser hands over as its address. */
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
  const bitmap = document.createElement("canvas");
  bitmap.width = image.naturalWidth;
  bitmap.height = image.naturalHeight;
  bitmap.getContext("2d", IN_MEMORY)?.drawImage(image, 0, 0);
  return { bitmap, ground, png };
}

/* On what ink without a ground of its own is seen: white for dark ink, else black; null if it has one. */
function groundOf(rgba) {
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
