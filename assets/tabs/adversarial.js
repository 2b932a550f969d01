/* Fool it: original, difference and result; worked out when it is asked for, not at every stroke. */
const LOOK_EVERY = 150; // ms, at the progress
const root = element.querySelector(".tab");
const { text, fill, number } = createTexts();
fill(root);
const canvas = root.querySelector("canvas");
const target = root.querySelector('[data-testid="target"]');
const norm = root.querySelector('[data-testid="norm"]');
const go = root.querySelector('[data-testid="fool"]');
const progress = root.querySelector("progress");
const outcome = root.querySelector('[data-testid="outcome"]');
let original = ""; // pixels
let result = null;
let wasRead = null;
let isBusy = false;
fillDigits(target, 3);

const side = (width) => Math.min(300, (width - 2 * GAP) / 3);
const figure = createFigure(canvas, (width) => side(width) + 84, draw);

function draw(pen, width) {
  if (!original) return;
  const size = side(width);
  const y = 24;
  pen.text(text("adversarial_original"), 0, y - 8, { weight: 600 });
  pen.image(bytesOf(original), 28, 28, 1, y, size - 2);
  pen.text(wasRead, 0, y + size + 48, { size: 44, weight: 700 });
  if (!result) return;
  const x = size + GAP;
  const difference = floatsOf(result.difference).map((value) => value / (result.largest || 1));
  pen.text(text("adversarial_difference"), x, y - 8, { weight: 600 });
  pen.image(difference, 28, 28, x, y, size - 2, signed);
  signedLegend(pen, x, y + size + 12, Math.min(size, 200), [`−${result.largest}`, `+${result.largest}`]);
  pen.text(text("adversarial_result"), 2 * x, y - 8, { weight: 600 });
  pen.image(bytesOf(result.pixels), 28, 28, 2 * x, y, size - 2);
  const best = result.probabilities.indexOf(Math.max(...result.probabilities));
  pen.text(result.is_digit ? best : "?", 2 * x, y + size + 48, { size: 44, weight: 700 });
  pen.text(`${best}: ${number(100 * result.probabilities[best])} %`, 2 * x + 36, y + size + 48,
    { size: 15, fit: size - 36 });
}

async function fool() {
  if (!original || isBusy) return;
  const asked = original;
  const wanted = Number(target.value);
  if (wasRead === target.value) {
    outcome.textContent = text("adversarial_already", { digit: wanted });
    return;
  }
  const by = norm.value;
  isBusy = true;
  const name = crypto.getRandomValues(new Uint32Array(2)).join("-");
  go.disabled = true;
  progress.hidden = false;
  progress.value = 0;
  const timer = setInterval(async () => {
    const share = await server.share_done(name).catch(() => undefined);
    if (Number.isFinite(share) && share > progress.value) progress.value = share;
  }, LOOK_EVERY);
  const answer = await server.ask(
    { pixels: asked, digit: wanted, norm: by, name }).catch(() => undefined);
  clearInterval(timer);
  progress.hidden = true;
  isBusy = false;
  go.disabled = !original;
  if (asked !== original) return;
  if (!answer || answer.error) {
    outcome.textContent = answer?.error ?? text("tab_lost");
    return;
  }
  result = answer;
  const done = by === "l2" ? "adversarial_done_l2" : "adversarial_done";
  outcome.textContent = text(answer.success ? done : "adversarial_failed", {
    digit: wanted, size: number(answer.size), largest: answer.largest,
    changed: answer.changed, share: number((100 * answer.largest) / 255),
  });
  figure.redraw();
}

go.addEventListener("click", fool);
saveOnClick(root, canvas, "fooled");
followDigit(root, {
  ask: (digit) => Promise.resolve(digit),
  show({ pixels, reading }) {
    if (pixels === original) return;
    original = pixels;
    wasRead = reading.is_digit ? String(reading.digit) : "?";
    result = null;
    outcome.textContent = "";
    go.disabled = isBusy;
    figure.redraw();
  },
  showBlank() {
    original = "";
    result = null;
    outcome.textContent = "";
    go.disabled = true;
    figure.redraw();
  },
});
takeExperiment(root, "adversarial");
