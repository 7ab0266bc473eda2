// The line to the server: frames up, moments down. At most two frames are under way; a lost line is taken up again.

import { Pace } from "./pace.js";

const IN_FLIGHT = 2;
const PAUSES_MS = [300, 700, 1500, 3000, 5000];
const ANSWER_WITHIN_MS = 5000;
const REFUSED = 1008;
const OVER = [1011, 4001]; // the session has failed, or another tab has it
const FINAL = new Set(["unknown_exercise", "unknown_plan", "unknown_step", "unknown_language", "nothing_broken_off"]);

/**
 * A live session on the server.
 *
 * `start` is the first message (exercise, plan, language, quick). `on` has handlers: started(message), moment(message),
 * over(message), error(message), line("lost" | "back" | "refused").
 */
export class LiveSocket {
  #address;
  #start;
  #on;
  #socket = null;
  #token;
  #flying = [];
  #pace = new Pace();
  #tries = 0;
  #timer = null;
  #ready = false;
  #ended = false;
  #lost = false;
  #final = false;
  #going = false; // with a programme whose session was lost

  constructor(address, start, on, token = null) {
    this.#address = address;
    this.#start = start;
    this.#on = on;
    this.#token = token;
  }

  connect() {
    this.#timer = null;
    const socket = this.#socket = new WebSocket(this.#address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify({ type: "start", ...this.#start, resume: this.#token }));
    socket.onmessage = (event) => socket === this.#socket && this.#take(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.#socket && this.#closed(event.code);
  }

  /** Whether a frame may go up now. */
  get free() {
    const now = performance.now();
    this.#flying = this.#flying.filter((frame) => now - frame.sent < ANSWER_WITHIN_MS);
    return this.#ready && this.#flying.length < IN_FLIGHT && this.#socket.bufferedAmount === 0 && this.#pace.good(now);
  }

  /** Send a frame: when it was taken, s, its JPEG, and how long that took, ms. */
  frame(t, jpeg, ahead) {
    if (!this.#ready || this.#socket.readyState !== WebSocket.OPEN) return;
    const message = new Uint8Array(8 + jpeg.byteLength);
    new DataView(message.buffer).setFloat64(0, t, true);
    message.set(new Uint8Array(jpeg), 8);
    const now = performance.now();
    this.#flying.push({ t, sent: now });
    this.#pace.sent(now, ahead);
    this.#socket.send(message);
  }

  order(order) {
    this.#send({ type: "order", order });
  }

  answer(question, value) {
    this.#send({ type: "answer", question, value });
  }

  /** Leave: the server keeps the session for a minute, for whoever comes back with its token. */
  close() {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#ready = false;
    this.#socket?.close(1000);
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #take(message) {
    if (message.type === "started") {
      this.#token = message.token;
      this.#ready = true;
      this.#tries = 0;
      this.#flying = [];
      this.#pace.reset();
      if (this.#lost && message.resumed) this.#on.line("back");
      this.#lost = false;
      this.#on.started(message);
    } else if (message.type === "moment") {
      // older frames than the one that was judged get no answer
      this.#flying = this.#flying.filter((frame) => frame.t > message.t + 1e-6);
      this.#pace.answered(performance.now(), message.judged_ms, this.#flying.length);
      this.#on.moment(message);
    } else if (message.type === "over") {
      this.#ended = true;
      this.#on.over(message);
      this.close();
    } else if (message.type === "error") {
      this.#fail(message);
    }
  }

  #fail(message) {
    const anew = message.key === "session_lost" || (message.key === "nothing_broken_off" && this.#going);
    if (message.key === "session_lost" || !anew) this.#on.error(message);
    this.#final ||= !anew && FINAL.has(message.key); // asking again would not help
    if (!anew) return;
    // the server has been restarted, or a minute has passed: what was counted is in the history; a programme goes on
    this.#token = null;
    this.#lost = false;
    this.#going = message.key === "session_lost" && Boolean(this.#start.plan);
    this.#send({ type: "start", ...this.#start, resume: null, again: this.#going });
  }

  #closed(code) {
    this.#ready = false;
    if (this.#ended) return;
    if (this.#final || code === REFUSED || OVER.includes(code)) {
      this.#ended = true;
      if (code === REFUSED) this.#on.line("refused");
      return;
    }
    if (!this.#lost) this.#on.line("lost");
    this.#lost = true;
    const pause = PAUSES_MS[Math.min(this.#tries++, PAUSES_MS.length - 1)];
    this.#timer = setTimeout(() => this.connect(), pause);
  }
}
