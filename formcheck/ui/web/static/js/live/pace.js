// How often to send: a picture that only waits at the server is late. It knows no clock: it is told the time, in ms.

const LEARN = 0.2;
const MOST_WAIT = 0.35; // of the time that one takes: more pictures a second are worth that much lateness

export class Pace {
  #takes = 30;
  #ahead = 10;
  #free = 0;

  /** Whether a picture taken now would be looked at soon after it has come there. */
  good(now) {
    return this.#free - now - this.#ahead <= MOST_WAIT * this.#takes;
  }

  /** One has gone, so long after it was taken. */
  sent(now, ahead) {
    this.#ahead += LEARN * (Math.min(ahead, this.#takes) - this.#ahead);
    this.#free = Math.max(this.#free, now) + this.#takes;
  }

  /** One has been answered, which took so long to judge; so many are still under way. */
  answered(now, took, under) {
    if (took != null) this.#takes += LEARN * (took - this.#takes);
    this.#free = now + under * this.#takes;
  }

  /** Nothing is under way any more. */
  reset() {
    this.#free = 0;
  }
}
