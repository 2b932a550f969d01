/* Shows a reading: the verdict, ten bars, the digit score, a sentence, and the 28×28 pixels that the network saw. */
import { verdictOf } from "../shared/answers.js";
import { partsOf } from "../shared/parts.js";
import { percent, sureness } from "../shared/percent.js";
import { onRedraw } from "../shared/redraw.js";

const SPOKEN_AFTER = 400; // ms without a new sentence
const SPEAK_FOR = 1500; // ms that the page's own words stay
const NUMBERS_EVERY = 120; // ms; numbers that change faster cannot be read
const DOUBT = 0.1; // the sentence names a second digit that is as probable as this
const MAX_MARGIN = 10; // nats on either side of the threshold that the gauge shows

/** @typedef {import("../shared/answers.js").Reading} Reading */

/**
 * @param {HTMLElement} element the sketchpad
 * @param {{text(key: string, values?: Record<string, unknown>): string}} texts
 */
export function createReading(element, { text }) {
  const [verdict, gauge, spoken, canvas, rows] = ["verdict", "digit-gauge", "summary", "pixels", "bars"].map(partsOf(element));
  const meter = gauge.querySelector('[role="meter"]');
  const sentence = /** @type {HTMLElement} */ (element.querySelector(".sentence"));
  /** @type {CanvasRenderingContext2D} */
  const pixels = canvas.getContext("2d");
  const image = pixels.createImageData(28, 28);
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.dataset.digit = String(digit);
    bar.innerHTML = `<span class="digit">${digit}</span><span class="track"><span class="fill"></span></span><span class="number"></span>`;
    rows.append(bar);
    return { bar, number: bar.children[2] };
  });
  let spokenTimer = 0;
  let numbersTimer = 0;
  /** @type {Reading | null} */
  let current = null; // the reading that is shown
  let isQuiet = false; // screen readers hear nothing: nobody has drawn

  function showNumbers() {
    bars.forEach(({ number }, digit) => {
      const shown = current?.digit != null ? percent(current.probabilities[digit]) : "";
      if (number.textContent !== shown) number.textContent = shown;
    });
  }

  function showNumbersSoon() {
    numbersTimer ||= setTimeout(() => {
      numbersTimer = 0;
      showNumbers();
    }, NUMBERS_EVERY);
  }

  /** @param {number[] | null} probabilities @param {number | null} best */
  function showBars(probabilities, best) {
    bars.forEach(({ bar }, digit) => {
      const probability = probabilities ? probabilities[digit] : 0;
      bar.dataset.probability = String(probability);
      bar.style.setProperty("--probability", String(probability));
      bar.classList.toggle("best", digit === best);
    });
  }

  /** How far the drawing is from being refused: the gauge's middle is the threshold. @param {number | null} margin */
  function showGauge(margin) {
    const share = margin === null ? 0 : Math.min(1, Math.max(0, 0.5 + margin / (2 * MAX_MARGIN)));
    gauge.dataset.margin = String(margin ?? "");
    meter.ariaValueNow = (2 * MAX_MARGIN * (share - 0.5)).toFixed(1);
    gauge.style.setProperty("--share", String(share));
    gauge.classList.toggle("refused", margin !== null && margin < 0);
  }

  /** @param {string} base64 */
  function showPixels(base64) {
    const grey = base64 ? atob(base64) : "";
    for (let i = 0; i < 784; i++) {
      image.data.fill(grey.charCodeAt(i) || 0, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    pixels.putImageData(image, 0, 0);
  }

  /** At once for the eye; for the ear only after a rest, or it would talk all the time. @param {string} words */
  function tell(words) {
    clearTimeout(spokenTimer);
    if (sentence.textContent !== words) sentence.textContent = words;
    if (isQuiet || spoken.textContent === words) return;
    spokenTimer = setTimeout(() => { spoken.textContent = words; }, SPOKEN_AFTER);
  }

  /** @param {Reading} reading */
  function sentenceFor({ digit, is_digit: isDigit, probabilities, number: whole, most_digits: most, isOther }) {
    if (digit === null) return text("blank");
    if (most) return text("too_many_digits", { most });
    const line = whole?.text.replaceAll("\n", " ");
    if (!isDigit) return whole ? text("no_digit_in", { line }) : text("no_digit", { digit });
    const order = probabilities.map((_, d) => d).sort((a, b) => probabilities[b] - probabilities[a]);
    const sure = sureness(text, probabilities[digit]);
    const isDoubtful = probabilities[order[1]] >= DOUBT;
    if (whole) return text(isOther ? "other_reads_number" : "reads_number", { line, digit, sure });
    if (isOther) return text("other_reads", { digit, sure });
    return text(isDoubtful ? "reads_perhaps" : "reads", { digit, sure, second: order[1] });
  }

  onRedraw(() => showPixels(current?.pixels ?? ""));

  return {
    showBlank(words = text("blank")) {
      current = null;
      element.classList.add("blank");
      verdict.textContent = "";
      showBars(null, null);
      showGauge(null);
      showNumbers();
      showPixels("");
      tell(words);
    },
    /** @param {Reading} reading */
    show(reading) {
      current = reading;
      element.classList.remove("blank");
      if (!reading.number) verdict.textContent = verdictOf(reading);
      element.classList.toggle("refused", !reading.is_digit);
      showBars(reading.probabilities, reading.is_digit ? reading.digit : null);
      showGauge(reading.digit_margin);
      showNumbersSoon();
      showPixels(reading.pixels);
      tell(sentenceFor(reading));
    },
    /** @param {boolean} isOn nothing is said to a screen reader */
    setQuiet(isOn) {
      isQuiet = isOn;
    },
    /** Says the page's own words to a screen reader, then the reading. @param {string} words */
    speak(words) {
      clearTimeout(spokenTimer);
      spoken.textContent = words;
      spokenTimer = setTimeout(() => { spoken.textContent = sentence.textContent; }, SPEAK_FOR);
    },
  };
}
