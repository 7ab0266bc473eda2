// Tones in place of words: what kind of message it is shows in their number, direction and rhythm.

import { rank } from "./waiting.js";

// from and to, Hz; how long and how long silent after it, s: the same as the program's own
const PATTERNS = [
  [[988, 988, 0.16, 0.02], [659, 659, 0.16, 0.02], [988, 988, 0.16, 0.02], [659, 659, 0.16, 0.02]],
  [[440, 440, 0.25, 0.05], [660, 660, 0.35, 0]],
  [[880, 880, 0.10, 0]],
  [[587, 587, 0.14, 0.05], [392, 392, 0.22, 0]],
  [[260, 390, 0.45, 0], [390, 260, 0.45, 0]],
  [[523, 523, 0.09, 0.02], [659, 659, 0.09, 0.02], [784, 784, 0.20, 0]],
];
const EDGE_S = 0.012;
const LOUD = 0.3;

export class Tones {
  #context = null;
  #gain = null;

  /** Get ready; browsers allow sound only after the person has pressed something. */
  prime() {
    this.#context ??= typeof AudioContext === "undefined" ? null : new AudioContext();
    this.#context?.resume().catch(() => {});
  }

  /** Play a line's tones; resolves when they have ended. */
  async speak(line) {
    this.prime();
    const context = this.#context;
    if (context === null) return;
    const gain = this.#gain = context.createGain();
    gain.connect(context.destination);
    let at = context.currentTime + 0.02;
    for (const [from, to, seconds, silent] of PATTERNS[rank(line.urgency)] ?? PATTERNS[3]) {
      const tone = context.createOscillator();
      const edge = context.createGain();
      tone.frequency.setValueAtTime(from, at);
      tone.frequency.linearRampToValueAtTime(to, at + seconds);
      edge.gain.setValueAtTime(0, at);
      edge.gain.linearRampToValueAtTime(LOUD, at + EDGE_S);
      edge.gain.setValueAtTime(LOUD, at + seconds - EDGE_S);
      edge.gain.linearRampToValueAtTime(0, at + seconds);
      tone.connect(edge).connect(gain);
      tone.start(at);
      tone.stop(at + seconds);
      at += seconds + silent;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000 * (at - context.currentTime)));
  }

  cancel() {
    this.#gain?.disconnect();
  }
}
