// Takes the newest picture of the video, as a JPEG small enough for the engine, whenever the line is free.

import { jpegs } from "./jpegs.js";

const LONGER_EDGE = 640; // the pose model looks at 256 pixels of a person

export class Frames {
  #video;
  #jpegs = jpegs();
  #send;
  #free;
  #running = false;
  #busy = false;
  #began;

  /** `free()` tells whether a frame is wanted; `send(t, jpeg, ms)` takes it, `t` in s since `began` (s since 1970). */
  constructor(video, began, free, send) {
    this.#video = video;
    this.#began = began;
    this.#free = free;
    this.#send = send;
  }

  start() {
    this.#running = true;
    this.#next();
  }

  stop() {
    this.#running = false;
    this.#jpegs.close();
  }

  /** The time by the session's clock, s. */
  now() {
    // the wall's clock, because a page that is loaded again begins its own anew
    return (performance.timeOrigin + performance.now()) / 1000 - this.#began;
  }

  #next() {
    if (!this.#running) return;
    const go = () => { this.#take(); this.#next(); };
    if (this.#video.requestVideoFrameCallback) this.#video.requestVideoFrameCallback(go);
    else requestAnimationFrame(go);
  }

  async #take() {
    const video = this.#video;
    if (this.#busy || !this.#running || !video.videoWidth || !this.#free()) return;
    this.#busy = true;
    const t = this.now(), begun = performance.now();
    const scale = Math.min(1, LONGER_EDGE / Math.max(video.videoWidth, video.videoHeight));
    const [width, height] = [video.videoWidth, video.videoHeight].map((edge) => Math.round(edge * scale));
    try {
      const jpeg = await this.#jpegs.of(video, width, height);
      if (jpeg && this.#running) this.#send(t, jpeg, performance.now() - begun);
    } catch {
      // no picture just now: the next one comes soon
    } finally {
      this.#busy = false;
    }
  }
}
