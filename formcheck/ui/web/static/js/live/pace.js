// How often to send: a picture that only waits at the server is late. It knows no clock: it is told the time, in ms.

const LEARN = 0.2;
const MOST_WAIT = 0.35; // of the time that one takes: more pictures a second are worth that much lateness

export class Pace {
  #takes = 30;
  #free = 0;

  /** Whether a picture sent now would be looked at soon. */
  good(now) {
    return this.#free - now <= MOST_WAIT * this.#takes;
  }

  sent(now) {
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
