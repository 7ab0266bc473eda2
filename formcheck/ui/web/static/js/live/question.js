// Safety questions and the pain scale: large buttons; what is being counted aloud is marked.

import { h, show, sign } from "../dom.js";
import { t } from "../i18n.js";

export class Asker {
  #shown = null;
  #counted = null;
  #buttons = new Map();
  #answer;

  /** `answer(question key, value)` is called for a pressed button. */
  constructor(answer) {
    this.#answer = answer;
    this.element = h("div", { class: "ask", role: "group", "aria-labelledby": "asked", hidden: true });
  }

  /** Show a question as it stands, or null for none. Buttons stay the same elements as long as the question does. */
  update(question) {
    const shown = question ? `${question.key}|${question.waiting}|${valueOf(question.chosen)}` : null;
    if (shown !== this.#shown) this.#build(question);
    this.#shown = shown;
    const counted = question ? valueOf(question.counted) : null;
    for (const [value, button] of this.#buttons) {
      button.classList.toggle("counted", value === counted);
      if (value === counted) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      if (value === counted && counted !== this.#counted) button.scrollIntoView({ block: "nearest" });
    }
    this.#counted = counted;
  }

  #build(question) {
    this.#buttons.clear();
    const had = this.element.contains(document.activeElement);
    this.element.hidden = !question;
    if (!question) {
      show(this.element);
      if (had) this.element.closest(".stage")?.focus();
      return;
    }
    const scale = question.options.every((option) => typeof option.value === "number");
    const chosen = question.chosen == null ? null : question.options.find((option) => option.value === valueOf(question.chosen));
    const asked = h("h2", { id: "asked", tabindex: "-1" }, question.waiting ? t("programme.waiting") : question.text);
    show(this.element, asked,
      chosen ? h("p", { class: "understood" }, sign("wait"), chosen.text || String(chosen.value)) : null,
      h("div", { class: scale ? "scale" : "answers" }, question.options.map((option) => this.#button(question, option, scale))),
      scale ? h("p", { class: "ends" }, h("span", null, t("web.live.no_pain")), h("span", null, t("web.live.worst_pain"))) : null);
    // a screen reader and the keyboard are taken to what is asked
    asked.focus({ preventScroll: true });
  }

  #button(question, option, scale) {
    const words = scale ? String(option.value) : option.text;
    const button = h("button", { type: "button", onclick: () => this.#answer(question.key, option.value) },
      scale ? null : h("kbd", { "aria-hidden": "true" }, option.press?.toUpperCase() ?? ""), h("span", null, words));
    this.#buttons.set(option.value, button);
    return button;
  }
}

/** A counted or chosen answer comes as the option or as its value. */
function valueOf(option) {
  return option !== null && typeof option === "object" ? option.value : option ?? null;
}
