/* In a frame, such as a Space's on huggingface.co. There the outer page scrolls, and iframe-resizer makes the
 * frame as high as its content: the screen's edges, to which notices, the tour and the docked pad keep, would
 * be somewhere else. So the page scrolls within its body (skeleton.html), and Gradio, which is asked to cover
 * what the visitor sees, makes the frame just as high as that. A script of the page itself, no module: Gradio
 * must know at once.
 */
if (window.parent !== window) {
  const LEAST = 320; // CSS pixels of a frame that Gradio fits to what is seen
  const PATIENCE = 2000; // ms
  const page = document.documentElement;
  page.classList.add("framed");
  page.dataset.gradioCover = "";
  // Where the outer page does not tell what is seen, the frame becomes as high as its content after all.
  addEventListener("gradio:iframe-resizer-ready", () => {
    let isTold = false;
    /** @type {any} */ (window).parentIFrame?.getPageInfo(() => { isTold = true; }); // until Gradio asks
    setTimeout(() => {
      if (isTold || innerHeight >= LEAST) return;
      page.classList.replace("framed", "unseen");
      delete page.dataset.gradioCover;
    }, PATIENCE);
  });
}
