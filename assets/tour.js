/* A guided tour: each experiment sets up the pad and a tab, and says what to try.
 */
import { beginExperiment } from "./experiments.js";
import { keepAnswer, openAnswer } from "./stage.js";
import { createTexts } from "./texts.js";

export function mount({ element, props }) {
  const tour = element.querySelector(".tour");
  const { text, fill } = createTexts();
  fill(tour);
  const task = tour.querySelector('[data-testid="task"]');
  const buttons = props.experiments.map((experiment) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text(`tour_${experiment.name}`);
    button.dataset.experiment = experiment.name;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => start(experiment));
    const item = document.createElement("li");
    item.append(button);
    tour.querySelector("ol").append(item);
    return button;
  });

  function start(experiment) {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", button.dataset.experiment === experiment.name);
    }
    task.textContent = text(`tour_${experiment.name}_task`);
    beginExperiment(experiment);
    openAnswer(experiment.tab);
  }
  keepAnswer(props.tabs);
}
