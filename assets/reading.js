/* What the network read, shown: the verdict, ten bars, a sentence and the 28×28 it was given. */
const SPOKEN_AFTER = 400; // ms without a new sentence

/* A share as a whole number of percent; 100 only for what is certain. */
function percent(share) {
  return share > 0.995 && share < 1 ? ">99" : String(Math.round(100 * share));
}

function createReading(element) {
  const find = (name) => element.querySelector(`[data-testid="${name}"]`);
  const verdict = find("verdict");
  const sentence = element.querySelector(".sentence");
  const spoken = find("summary");
  const pixels = find("pixels").getContext("2d");
  const image = pixels.createImageData(28, 28);
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.dataset.digit = digit;
    bar.innerHTML = '<span class="digit"></span><span class="track"><span class="fill"></span>'
      + '</span><span class="number"></span>';
    bar.querySelector(".digit").textContent = digit;
    find("bars").append(bar);
    return { bar, number: bar.querySelector(".number") };
  });
  let spokenTimer = 0;

  function showBars(probabilities, best) {
    bars.forEach(({ bar, number }, digit) => {
      const probability = probabilities ? probabilities[digit] : 0;
      bar.dataset.probability = probability;
      bar.style.setProperty("--probability", probability);
      bar.classList.toggle("best", digit === best);
      number.textContent = probabilities ? percent(probability) : "";
    });
  }

  function showPixels(base64) {
    const grey = base64 ? atob(base64) : "";
    for (let i = 0; i < 784; i++) {
      image.data.fill(grey.charCodeAt(i) || 0, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    pixels.putImageData(image, 0, 0);
  }

  // At once for the eye; for the ear only after a rest, or it would talk all the time.
  function tell(text) {
    if (sentence.textContent === text) return;
    sentence.textContent = text;
    clearTimeout(spokenTimer);
    spokenTimer = setTimeout(() => { spoken.textContent = text; }, SPOKEN_AFTER);
  }

  function sentenceFor({ digit, is_digit: isDigit, probabilities }) {
    const order = probabilities.map((_, d) => d).sort((a, b) => probabilities[b] - probabilities[a]);
    if (!isDigit) return `Not a digit it knows. Nearest: ${digit}.`;
    const sure = percent(probabilities[digit]).replace(">", "over ");
    const doubt = probabilities[digit] < 0.9 ? `, or perhaps ${order[1]}` : "";
    return `It reads ${digit}, ${sure}\u00a0% sure${doubt}.`;
  }

  return {
    showBlank() {
      element.classList.add("blank");
      verdict.textContent = "";
      showBars(null, null);
      showPixels("");
      tell("Any digit from 0 to 9.");
    },
    show(reading) {
      element.classList.remove("blank");
      verdict.textContent = reading.is_digit ? reading.digit : "?";
      showBars(reading.probabilities, reading.is_digit ? reading.digit : null);
      showPixels(reading.pixels);
      tell(sentenceFor(reading));
    },
  };
}
