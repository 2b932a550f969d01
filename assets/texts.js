/* Every text of the page, in the visitor's language: Gradio's dictionary, chosen as Gradio does. */
export function createTexts() {
  const languages = /** @type {any} */ (window).gradio_config?.i18n_translations ?? {};
  const wanted = (navigator.languages ?? []).flatMap((tag) => [tag, tag.split("-")[0]]);
  const language = wanted.find((tag) => tag in languages) ?? "en";
  const texts = { ...languages.en, ...languages[language] };

  function text(key, values = {}) {
    return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name])
      .replaceAll(" %", "\u00a0%");
  }

  /* Fills in `data-text` (content), `data-label` (for screen readers) and `data-hint` (tooltip). */
  function fill(element) {
    element.lang = language;
    for (const one of element.querySelectorAll("[data-text]")) {
      one.textContent = text(one.dataset.text);
    }
    for (const one of element.querySelectorAll("[data-label]")) {
      one.setAttribute("aria-label", text(one.dataset.label));
    }
    for (const one of element.querySelectorAll("[data-hint]")) one.title = text(one.dataset.hint);
  }

  function number(value, digits = 1) {
    return value.toLocaleString(language, { maximumFractionDigits: digits }).replace("-", "−");
  }

  /* A share of 1 as percent, always with the same number of places. */
  function percent(share, digits = 1) {
    return (100 * share).toLocaleString(
      language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  return { text, fill, number, percent };
}
