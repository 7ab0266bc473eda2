// What is read from the mat: the counter, what is to be corrected, the stage. Texts are set only where they change.

import { h, show, sign, write } from "../dom.js";
import { capital, t } from "../i18n.js";

const SIGNS = { countdown: "wait", rest: "wait", paused: "pause", over: "flag", setup: "correct" };

export class Hud {
  #exercises;
  #dots = [];
  #title = h("p", { class: "title" });
  #number = h("span", { class: "number" }, "0");
  #unit = h("span", { class: "unit" });
  #row = h("p", { class: "dots", role: "img" });
  #doing = h("p", { class: "doing" });
  #left = h("p", { class: "left" });
  #sign = h("span", { class: "which", "aria-hidden": "true" });
  #words = h("span", { class: "words", role: "status", "aria-live": "polite" });
  #which = null;

  constructor(exercises) {
    this.#exercises = new Map(exercises.map((exercise) => [exercise.key, exercise]));
    this.counter = h("div", { class: "counter", hidden: true }, this.#title,
      h("p", { class: "count" }, this.#number, " ", this.#unit), this.#row, this.#doing, this.#left);
    this.said = h("div", { class: "said", hidden: true }, this.#sign, this.#words);
    this.big = h("div", { class: "big", hidden: true, "aria-hidden": "true" });
  }

  update(moment) {
    const { exercise, stage } = moment;
    write(this.#title, exercise ? exercise.title + (moment.certain ? "" : "?") : "");
    this.counter.hidden = !exercise || (!moment.certain && stage !== "set"); // nobody knows yet what it will be
    this.counter.classList.toggle("only-title", stage !== "set" && stage !== "paused");
    if (exercise) this.#count(moment, exercise);
    this.#say(...banner(moment));
    this.#large(moment);
  }

  /** Something of the page's own: the connection, the camera. */
  tell(text, which = "lost") {
    this.#say(text, which);
    this.big.hidden = true;
  }

  #count(moment, exercise) {
    const holds = exercise.kind === "holds", n = moment.done;
    write(this.#number, moment.certain ? String(n) : "");
    write(this.#unit, moment.certain ? t(`screen.${holds ? "hold" : "rep"}${n === 1 ? "" : "s"}`) : t("screen.not_sure"));
    write(this.#doing, moment.certain ? doing(moment, holds) : "");
    const left = moment.left;
    write(this.#left, !left ? "" : left.left || left.right ? t("screen.to_go", left) : t("screen.all_done"));
    this.#marks(moment, exercise);
  }

  /** One mark for each that is done, good or not, and an open one for each still to do. */
  #marks(moment, exercise) {
    this.#dots = moment.marks ?? Array.from({ length: moment.done }, (_, n) => n < moment.good);
    const most = exercise.kind === "reps" ? doseOf(moment.dose ?? this.#exercises.get(exercise.key)?.dose) : 0;
    const wanted = `${this.#dots.map(Number).join("")}|${most}|${moment.certain}`;
    if (this.#row.dataset.wanted === wanted) return;
    this.#row.dataset.wanted = wanted;
    const open = Math.max(0, most - this.#dots.length);
    show(this.#row, moment.certain ? [
      ...this.#dots.map((good) => h("i", { class: good ? "good" : "faulty" })), ...Array.from({ length: open }, () => h("i"))] : []);
    this.#row.setAttribute("aria-label", t("screen.good", { n: moment.good }));
  }

  #say(text, which) {
    this.said.hidden = !text;
    write(this.#words, text ?? "");
    if (this.#which !== which) show(this.#sign, which ? sign(which) : []);
    this.#which = which;
    this.said.dataset.kind = which ?? "";
  }

  #large({ stage, countdown, question }) {
    const hidden = question || countdown == null || !["countdown", "rest"].includes(stage);
    this.big.hidden = Boolean(hidden);
    if (!hidden) write(this.big, String(countdown));
  }
}

/** Return what is to be read now, and its sign: a correction, praise, a hint, the stage. */
function banner(moment) {
  const { stage } = moment;
  if (moment.question) return [null, null];
  if (stage !== "set") {
    if (moment.hint) return [capital(moment.hint), stage === "setup" ? "correct" : "wait"];
    if (stage === "setup") return [t("screen.stage.ready"), "praise"];
    return [t(`screen.stage.${stage}`, {}, ""), SIGNS[stage] ?? "wait"];
  }
  if (!moment.points?.some(Boolean)) return [t("screen.not_seen"), "lost"];
  if (!moment.certain) return [null, null];
  if (moment.cue) return [moment.cue.praise ? t("screen.praise") : capital(moment.cue.text), moment.cue.praise ? "praise" : "correct"];
  if (moment.hint) return [capital(moment.hint), "correct"];
  return moment.phase ? [null, null] : [t("screen.not_in_position"), "wait"];
}

function doing({ phase, hold, exercise }, holds) {
  if (hold && !hold.running && phase !== "down") return t("screen.clock_stands");
  const now = hold?.running ? "hold" : holds && !hold && phase === "hold" ? "up" : phase;
  const side = holds && hold ? ` · ${t(`screen.${hold.side}`)}` : "";
  return (now ? t(`screen.phase.${exercise.guide ?? "none"}.${now}`) : t("screen.out_of_it")) + side;
}

/** How many repetitions are asked for at most, from the words of the dose; 0 where it has none. */
function doseOf(text) {
  const found = String(text ?? "").match(/\d+/g)?.map(Number) ?? [];
  return Math.min(20, Math.max(0, ...found));
}
