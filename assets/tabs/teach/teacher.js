/* The page's side of the worker in which a network is taught. */

/**
 * @param {(report: import("./worker.js").Report) => void} onReport
 * @param {(error: Error) => void} onEnd the worker could not be loaded, or has failed
 */
export function createTeacher(onReport, onEnd) {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  let calls = 0;

  /** @param {Error} error */
  function end(error) {
    worker.terminate();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  worker.addEventListener("message", ({ data }) => {
    if (data.report) {
      onReport(data.report);
      return;
    }
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error === undefined) one?.resolve(data.answer);
    else one?.reject(new Error(data.error));
  });
  worker.addEventListener("error", (event) => {
    const error = new Error(event.message || "The worker could not be loaded.");
    end(error);
    onEnd(error);
  });

  return {
    /**
     * @param {string} call a name in the worker's calls
     * @param {unknown} [argument]
     * @returns {Promise<any>}
     */
    call(call, argument) {
      calls += 1;
      const id = calls;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, call, argument });
      });
    },
    /* Gives back all that it took; what it was asked is rejected. */
    end: () => end(new Error("ended")),
  };
}
