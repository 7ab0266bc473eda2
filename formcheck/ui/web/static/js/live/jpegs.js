// Pictures of a video as JPEGs: in a worker where the browser can, else in the page.

const QUALITY = 0.85;

/** Return what makes them: `of(video, width, height)` resolves to an ArrayBuffer, or null where it did not work. */
export function jpegs() {
  const able = typeof VideoFrame !== "undefined" && typeof OffscreenCanvas !== "undefined" && typeof Worker !== "undefined";
  return able ? new InWorker() : new InPage();
}

class InWorker {
  #worker = new Worker(new URL("./encoder.js", import.meta.url), { type: "module" });
  #done = null;
  #plain = null;

  constructor() {
    this.#worker.onmessage = ({ data }) => this.#end(data);
    this.#worker.onerror = () => { this.#plain = new InPage(); this.#end(null); };
  }

  of(video, width, height) {
    if (this.#plain) return this.#plain.of(video, width, height);
    const picture = new VideoFrame(video); // the picture itself, not a copy
    return new Promise((resolve) => {
      this.#done = resolve;
      this.#worker.postMessage({ picture, width, height, quality: QUALITY }, [picture]);
    });
  }

  close() {
    this.#worker.terminate();
    this.#end(null);
  }

  #end(jpeg) {
    this.#done?.(jpeg);
    this.#done = null;
  }
}

class InPage {
  #canvas = document.createElement("canvas");

  async of(video, width, height) {
    if (this.#canvas.width !== width || this.#canvas.height !== height) Object.assign(this.#canvas, { width, height });
    this.#canvas.getContext("2d", { willReadFrequently: true, alpha: false }).drawImage(video, 0, 0, width, height);
    const blob = await new Promise((resolve) => this.#canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return blob ? blob.arrayBuffer() : null;
  }

  close() {}
}
