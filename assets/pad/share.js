/* Share: a link, a picture and a short loop of the drawing, all made in the browser. Loaded when it is pressed. */
import { saveAs } from "../shared/save.js";
import { createPainter, HEIGHT, WIDTH } from "./share_picture.js";

const [SHORTEST, LONGEST, LAST] = [1500, 5000, 1500]; // ms of the drawing in the loop, and of its end
const FRAMES = 30; // a second
const BITS = 4e6; // a second
const TYPES = ["video/mp4;codecs=avc1.42E01F", "video/mp4", "video/webm;codecs=vp9", "video/webm"];
const DIALOG = `
  <canvas width="${WIDTH}" height="${HEIGHT}" role="img" data-testid="share-picture"></canvas>
  <input readonly data-testid="share-link" data-label="share_link">
  <p role="status" data-testid="share-told"></p>
  <form method="dialog">
    <button type="button" data-testid="share-send" data-text="share_send" hidden></button>
    <button type="button" data-testid="share-copy" data-text="share_copy"></button>
    <button type="button" data-testid="share-save" data-text="share_save"></button>
    <button type="button" data-testid="share-loop" data-text="share_loop"></button>
    <button data-testid="share-close" data-text="share_close"></button>
  </form>`;
const STYLE = `
  .share { width: min(44rem, 100vw - 2rem); max-height: calc(100svh - 2rem); box-sizing: border-box; margin: auto; padding: 1rem;
    border: 0; border-radius: 1.1rem; color: var(--body-text-color); background: var(--body-background-fill); }
  .share::backdrop { background: rgb(10 8 4 / 0.6); }
  .share canvas { width: 100%; border-radius: 0.7rem; outline: 1px solid var(--border-color-primary); }
  .share p { min-height: 1.5em; margin: 0.5rem 0; }
  .share input { width: 100%; box-sizing: border-box; margin-top: 0.8rem; padding: 0.4rem 0.7rem; }
  .share form { display: flex; flex-wrap: wrap; gap: 0.5rem; }
  .share button { flex: auto; min-height: 2.6rem; padding: 0 0.9rem; cursor: pointer; }
  .share :is(button, input) { font: inherit; color: inherit; background: var(--pad-paper); border: 1px solid var(--border-color-primary); border-radius: 0.7rem; }
  .share :is(button:first-child, [hidden] + button) { color: var(--pad-paper); background: var(--bar-best); font-weight: 650; }
  .share button:hover { border-color: currentcolor; }
  .share :focus-visible { outline: 3px solid var(--bar-best); outline-offset: 2px; }
  .share [hidden] { display: none; }`;

/** @param {Omit<import("./share_picture.js").Facts, "style" | "address" | "title">} drawn
 * @param {ReturnType<typeof import("../shared/texts.js").createTexts>} texts */
export async function openShare(drawn, { text, fill }) {
  if (document.querySelector("dialog.share")) return; // Share was pressed twice
  const dialog = Object.assign(document.createElement("dialog"), { className: "share", ariaLabel: text("share") });
  dialog.innerHTML = `<style>${STYLE}</style>${DIALOG}`;
  const part = (name) => /** @type {any} */ (dialog.querySelector(`[data-testid="share-${name}"]`));
  fill(dialog);
  part("picture").ariaLabel = drawn.sentence;
  document.body.append(dialog);
  const link = location.href;
  part("link").value = link;
  const tell = (name) => { part("told").textContent = text(name); };

  const painter = createPainter({ ...drawn, style: getComputedStyle(dialog), title: text("title"),
    address: (location.host + location.pathname).replace(/\/$/, "") });
  const context = part("picture").getContext("2d");
  const type = window.MediaRecorder && TYPES.find((one) => MediaRecorder.isTypeSupported(one)) || "";
  const length = Math.min(LONGEST, Math.max(SHORTEST, painter.duration));
  let run = 0; // counts: the latest alone goes on

  /* Plays the drawing; false if another run, or the end, came first. */
  function play() {
    const mine = ++run;
    return new Promise((done) => {
      let started = 0;
      const step = (now) => {
        if (mine !== run || !dialog.open) return done(false);
        started ||= now;
        painter.paint(context, (now - started) / length);
        if (now - started > length + LAST) done(true);
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
  }

  /* The loop, recorded while it plays; null if the dialog was closed meanwhile. */
  async function record() {
    const stream = part("picture").captureStream(FRAMES);
    const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: BITS });
    /** @type {Blob[]} */
    const pieces = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    const stopped = new Promise((done, fail) => Object.assign(recorder, { onstop: done, onerror: fail }));
    recorder.start();
    const isWhole = await Promise.race([play(), stopped]) === true;
    recorder.stop();
    await stopped;
    return isWhole ? new Blob(pieces, { type }) : null;
  }

  async function saveLoop() {
    if (part("loop").ariaDisabled === "true") return;
    part("loop").ariaDisabled = "true";
    tell("share_recording");
    try {
      const loop = await record();
      if (loop) saveAs(type.startsWith("video/mp4") ? "digit.mp4" : "digit.webm", loop);
      tell("share_saved");
    } catch {
      tell("share_failed");
    }
    part("loop").ariaDisabled = "false";
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      tell("link_copied");
    } catch { // no clipboard without https, or in this frame
      part("link").focus();
      part("link").select();
      tell("link_shown");
    }
  }

  dialog.showModal();
  part("link").select();
  part("copy").focus();
  painter.paint(context);
  /** @type {Promise<Blob>} */
  const png = new Promise((done) => part("picture").toBlob(done));
  part("loop").hidden = !type || !part("picture").captureStream;
  const keepFromPage = (/** @type {Event} */ event) => event.stopPropagation(); // the page's shortcuts
  addEventListener("keydown", keepFromPage, { capture: true });
  dialog.addEventListener("close", () => {
    removeEventListener("keydown", keepFromPage, { capture: true });
    dialog.remove();
  });
  part("copy").addEventListener("click", copy);
  part("loop").addEventListener("click", saveLoop);
  part("save").addEventListener("click", async () => saveAs("digit.png", await png));
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) play();
  const message = { files: [new File([await png], "digit.png", { type: "image/png" })], text: `${drawn.sentence} ${link}` };
  part("send").hidden = !navigator.canShare?.(message);
  part("send").addEventListener("click", () => navigator.share(message).catch(() => {})); // it was closed
}
