// The browser's own speech, with a voice that speaks on this machine.

const LANGUAGES = { zh: ["zh-CN", "cmn", "zh"], en: ["en-GB", "en-US", "en"] };
const VOICES_WITHIN_MS = 1500;

/** Return a voice for the language, or null. Voices that send the words to a server are never used. */
export function choose(voices, language) {
  const local = voices.filter((voice) => voice.localService);
  for (const code of LANGUAGES[language] ?? [language]) {
    const found = local.filter((voice) => voice.lang.replace("_", "-").toLowerCase().startsWith(code.toLowerCase()));
    if (found.length) return found.find((voice) => voice.default) ?? found[0];
  }
  return null;
}

/** Return the speech for a language, or null where this browser has none. */
export async function openSpeech(language, rate) {
  const synthesis = window.speechSynthesis;
  if (!synthesis || typeof SpeechSynthesisUtterance === "undefined") return null;
  if (!synthesis.getVoices().length) {
    await new Promise((resolve) => {
      synthesis.addEventListener?.("voiceschanged", resolve, { once: true });
      setTimeout(resolve, VOICES_WITHIN_MS);
    });
  }
  const voice = choose(synthesis.getVoices(), language);
  return voice ? new Speech(synthesis, voice, rate) : null;
}

export class Speech {
  #synthesis;
  #voice;
  #rate;

  constructor(synthesis, voice, rate) {
    this.#synthesis = synthesis;
    this.#voice = voice;
    this.#rate = rate;
  }

  prime() {
    this.#synthesis.resume();
  }

  /** Speak a line; resolves when it has ended or was cut off, rejects where the engine has failed. */
  speak(line) {
    return new Promise((resolve, reject) => {
      const spoken = new SpeechSynthesisUtterance(line.text);
      spoken.voice = this.#voice;
      spoken.lang = this.#voice.lang;
      spoken.rate = this.#rate;
      // some engines never tell that they have ended: no line takes this long
      const late = setTimeout(() => { this.#synthesis.cancel(); resolve(); }, 4000 + 400 * line.text.length / this.#rate);
      const end = (done) => { clearTimeout(late); done(); };
      spoken.onend = () => end(resolve);
      spoken.onerror = (event) => end(() => (["canceled", "interrupted"].includes(event.error) ? resolve() : reject(new Error(event.error))));
      this.#synthesis.speak(spoken);
    });
  }

  cancel() {
    this.#synthesis.cancel();
  }
}
