/* The pen until pen.js has loaded: records the pointer events at the pad and draws them, for pen.js to replay.
 * An inline script of the page, not a module: modules load later.
 */
{
  const KINDS = ["pointerdown", "pointermove", "pointerup", "pointercancel"];
  const WIDTH = 0.075; // of the pad: BRUSH in strokes.js, which has not loaded yet

  /** @type {{event: PointerEvent, box: DOMRect}[]} */
  let noted = [];
  /** @type {HTMLCanvasElement | null} */
  let canvas = null; // while it is drawn on
  let pointerId = -1;
  let last = [0, 0]; // where the pen was, in pixels of the canvas

  const begins = (/** @type {PointerEvent} */ { type, isPrimary, button, target }) => type === "pointerdown"
    && isPrimary && button === 0 && target instanceof HTMLCanvasElement && target.dataset.testid === "sketchpad";

  function draw(/** @type {HTMLCanvasElement} */ on, /** @type {number[]} */ to, /** @type {number} */ width) {
    const context = /** @type {CanvasRenderingContext2D} */ (on.getContext("2d"));
    context.strokeStyle = getComputedStyle(on).color;
    context.lineWidth = WIDTH * width;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(last[0], last[1]);
    context.lineTo(to[0], to[1]);
    context.stroke();
  }

  function note(/** @type {Event} */ event) {
    if (!(event instanceof PointerEvent)) return;
    if (begins(event)) {
      canvas = /** @type {HTMLCanvasElement} */ (event.target);
      ({ pointerId } = event);
    }
    const isSecond = event.type === "pointerdown" && event.pointerType === "touch" && !event.isPrimary;
    if (!canvas || (event.pointerId !== pointerId && !isSecond)) return;
    const box = canvas.getBoundingClientRect();
    if (!noted.length) [canvas.width, canvas.height] = [box.width, box.height];
    noted.push({ event, box });
    if (isSecond) return;
    const to = [event.clientX - box.left, event.clientY - box.top];
    if (event.type === "pointerdown") last = to;
    draw(canvas, to, box.width);
    last = to;
    if (event.type === "pointerup" || event.type === "pointercancel") canvas = null;
  }

  for (const kind of KINDS) addEventListener(kind, note, true);

  /** @type {any} */ (window).takeEarlyPen = () => {
    for (const kind of KINDS) removeEventListener(kind, note, true);
    const taken = noted;
    noted = [];
    canvas = null;
    return taken;
  };
}
