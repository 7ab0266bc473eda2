// How each exercise is done, filmed and judged: the same words that are spoken.

import { exercises } from "../api.js";
import { drawing, h, show, sign } from "../dom.js";
import { capital, keys, lines, t } from "../i18n.js";

const FLAGS = ["bladder", "saddle", "weakness", "both_legs", "fever", "fall", "bones"];
const PAIN = { rise: 2, above: 5 };

export async function render(main) {
  const all = await exercises();
  show(main, h("div", { class: "page" },
    h("h1", null, t("guide.title")),
    h("nav", { class: "contents", "aria-label": t("guide.contents") }, h("ul", { class: "chips" },
      all.map((each) => h("li", null, h("a", { href: `#${each.key}`, class: "chip" }, each.title))))),
    safety(), all.map(section), filming(),
    h("section", { "aria-labelledby": "warmth" }, h("h2", { id: "warmth" }, t("guide.warmth")), list(lines("guide.warmth_lines")))));
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function safety() {
  const flags = FLAGS.filter((key) => keys("safety.flag.").includes(`safety.flag.${key}`));
  return h("section", { class: "card safety", "aria-labelledby": "safety" },
    h("h2", { id: "safety" }, sign("correct"), t("guide.safety")), h("p", null, t("guide.safety_first")),
    h("dl", null, flags.map((key) => [h("dt", null, t(`safety.flag.${key}`)), h("dd", null, t(`safety.contact.${key}`))])),
    list([t("guide.safety_pain", PAIN), t("guide.safety_numb"), t("guide.safety_worse")]));
}

function section(exercise) {
  return h("section", { "aria-labelledby": exercise.key, class: "exercise" },
    h("div", { class: "row apart" }, h("h2", { id: exercise.key }, exercise.title),
      h("a", { class: "button", href: `/live?exercise=${encodeURIComponent(exercise.key)}` }, sign("play"), t("web.guide.try"))),
    exercise.drawings?.length ? h("div", { class: "draw" }, exercise.drawings.map((text, n) =>
      h("figure", { class: "card drawn" }, drawing(text), h("figcaption", null, exercise.captions?.[n] ?? "")))) : null,
    h("div", { class: "two" },
      h("div", null, h("h3", null, t("guide.how")), h("ol", { class: "how" }, exercise.how.map((step) => h("li", null, step)))),
      h("dl", { class: "facts" }, h("dt", null, t("guide.dose")), h("dd", null, exercise.dose), h("dt", null, t("guide.where")), h("dd", null, exercise.camera))),
    h("details", { class: "card" }, h("summary", null, t("guide.checks")),
      h("dl", null, exercise.faults.map((fault) => [h("dt", null, capital(fault.say)), h("dd", null, fault.why)])),
      h("h3", null, t("guide.cannot_see")), list(exercise.cannot_see.map(capital))));
}

function filming() {
  return h("section", { "aria-labelledby": "camera" }, h("h2", { id: "camera" }, t("guide.camera")), list(lines("guide.camera_lines")));
}

const list = (each) => h("ul", { class: "plain-list" }, each.map((line) => h("li", null, line)));
