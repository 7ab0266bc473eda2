// The desk: takes what is to be said and sees to it that it is said, by urgency and in time.

import { openSpeech } from "./speech.js";
import { Tones } from "./tones.js";
import { Waiting, cutsOff } from "./waiting.js";

const clock = () => performance.now() / 1000;

export class Desk {
  #waiting = new Waiting();
  #engine = null;
  #tones = new Tones();
  #now = null;
  #muted = false;
  #asked = null;
  #closed = false;
  #notice;

  /** `notice` is told "tones" (no voice speaks this language here) or "blocked" (the page may make no sound yet). */
  constructor(notice, muted = false) {
    this.#notice = notice;
    this.#muted = muted;
  }

  /** Call while handling a press: sound is allowed from then on. */
  async open(language, rate) {
    this.#tones.prime();
    const speech = await openSpeech(language, rate);
    if (speech === null) this.#notice("tones");
    this.#engine = speech ?? this.#tones;
    this.#engine.prime();
    this.#go();
  }

  get kind() {
    return this.#engine === null || this.#engine === this.#tones ? "tones" : "speech";
  }

  get muted() {
    return this.#muted;
  }

  set muted(muted) {
    this.#muted = muted;
    if (muted) this.hush();
  }

  /** Say what a moment has to say; once a question is answered nobody wants to hear the other answers. */
  take(moment) {
    const question = moment.question ? `${moment.question.key}|${moment.question.chosen != null}` : null;
    if (this.#asked !== null && question !== this.#asked) this.hush();
    this.#asked = question;
    if (moment.says?.length) this.put(moment.says);
  }

  put(lines) {
    if (this.#muted || this.#closed) return;
    this.#waiting.put(lines, clock());
    if (this.#now !== null && lines.some((line) => cutsOff(line, this.#now))) this.#engine.cancel();
    this.#go();
  }

  /** Drop what waits and cut off what is spoken. */
  hush() {
    this.#waiting.clear();
    if (this.#now !== null) this.#engine.cancel();
  }

  /** Say what waits, and take nothing any more. */
  close() {
    this.#closed = true;
  }

  async #go() {
    if (this.#now !== null || this.#engine === null) return;
    while ((this.#now = this.#waiting.take(clock())) !== null) await this.#speak(this.#now);
  }

  async #speak(line) {
    try {
      await this.#engine.speak(line);
    } catch (error) {
      if (error.message === "not-allowed") {
        this.#notice("blocked");
        return;
      }
      if (this.#engine === this.#tones) return;
      this.#engine = this.#tones;
      this.#notice("tones");
      await this.#tones.speak(line);
    }
  }
}
