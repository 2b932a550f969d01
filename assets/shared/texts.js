/**
 * Every text of the page, in the visitor's language: Gradio's dictionary, chosen as Gradio does.
 * @param {Record<string, string>} [more] that do not travel with the page
 */
export function createTexts(more = {}) {
  const languages = /** @type {any} */ (window).gradio_config?.i18n_translations ?? {};
  const wanted = (navigator.languages ?? []).flatMap((tag) => [tag, tag.split("-")[0]]);
  const language = wanted.find((tag) => tag in languages) ?? "en";
  /** @type {Record<string, string>} */
  const texts = { ...languages.en, ...languages[language], ...more };

  /** @param {string} key @param {Record<string, unknown>} [values] for its places */
  function text(key, values = {}) {
    return (texts[key] ?? key).replace(/ (?=[%:;?!»])/g, "\u00a0")
      .replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /**
   * Fills in `data-text` (content), `data-label` (for screen readers) and `data-hint` (tooltip).
   * @param {HTMLElement} element
   */
  function fill(element) {
    element.lang = language;
    const all = (/** @type {string} */ selector) => /** @type {NodeListOf<HTMLElement>} */ (
      element.querySelectorAll(selector));
    for (const one of all("[data-text]")) {
      one.textContent = text(one.dataset.text ?? "");
    }
    for (const one of all("[data-label]")) {
      one.setAttribute("aria-label", text(one.dataset.label ?? ""));
    }
    for (const one of all("[data-hint]")) one.title = text(one.dataset.hint ?? "");
  }

  /** @type {Map<number, Intl.NumberFormat>} */
  const formats = new Map(); // to make one takes longer than to draw a map

  /** @param {number} value @param {number} [digits] at most, after the point */
  function number(value, digits = 1) {
    let format = formats.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
      formats.set(digits, format);
    }
    return format.format(value).replace(/^-(?=[0.,]*$)/, "").replace("-", "−"); // no -0
  }

  /**
   * A share of 1 as percent, always with the same number of places.
   * @param {number} share @param {number} [digits]
   */
  function percent(share, digits = 1) {
    return (100 * share).toLocaleString(
      language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  return { text, fill, number, percent, language };
}
