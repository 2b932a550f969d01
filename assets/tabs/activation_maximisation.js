/* What each digit looks like to it: the input that excites it most, and below it a typical one. */
const root = element.querySelector(".tab");
const { text, fill, number } = createTexts();
fill(root);
const canvas = root.querySelector("canvas");
const progress = root.querySelector("progress");
const status = root.querySelector(".status");
const found = [];
let isAsking = false;

const across = (width) => (width < 640 ? 5 : 10);
const side = (width) => Math.min(120, (width - GAP * (across(width) - 1)) / across(width));
const figure = createFigure(
  canvas, (width) => (10 / across(width)) * (2 * side(width) + 76) + 8, draw);

function draw(pen, width) {
  const size = side(width);
  found.forEach((one, digit) => {
    const x = (digit % across(width)) * (size + GAP);
    const y = Math.floor(digit / across(width)) * (2 * size + 76) + 4;
    pen.image(bytesOf(one.pixels), 28, 28, x + 1, y, size - 2);
    pen.text(`${digit}: ${number(one.logit)}`, x, y + size + 18, { weight: 600 });
    pen.image(bytesOf(one.typical), 28, 28, x + 1, y + size + 28, size - 2);
    pen.text(number(one.typical_logit), x, y + 2 * size + 46, { colour: pen.subdued });
  });
}

/* One after another, once, and only while the tab is seen. */
async function askForAll() {
  if (isAsking) return;
  isAsking = true;
  while (found.length < 10 && root.isConnected && root.checkVisibility()) {
    const answer = await server.ask(found.length).catch(() => undefined);
    if (!answer || answer.error) {
      status.textContent = answer?.error ?? text("tab_lost");
      status.hidden = false;
      break;
    }
    status.hidden = true;
    found.push(answer);
    progress.value = found.length;
    progress.hidden = found.length === 10;
    figure.redraw();
  }
  isAsking = false;
}

new IntersectionObserver(askForAll).observe(root);
askForAll();
saveOnClick(root, canvas, "activation-maximisation");
