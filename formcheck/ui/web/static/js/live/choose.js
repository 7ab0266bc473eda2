// What to do today: a programme, one exercise, or whichever is done; with its guide, the camera and the sound.

import { h, show, sign } from "../dom.js";
import { capital, t } from "../i18n.js";
import { picture, plain } from "../parts.js";
import { set, settings } from "../settings.js";
import { cameras } from "./camera.js";

/** Show it; `begin(what)` is called with `{exercise, plan}` or with the session that is to be gone on with. */
export function choose(main, { exercises, plans, query, open, begin }) {
  const options = [
    ...plans.map((plan) => ({ value: `plan:${plan.key}`, title: t(`web.plan.${plan.key}`, {}, plan.title), note: planNote(plan, exercises), plan })),
    ...exercises.map((exercise) => ({ value: `exercise:${exercise.key}`, title: exercise.title, note: exercise.dose, exercise })),
    { value: "auto", title: t("web.live.auto"), note: t("web.live.auto_note") },
  ];
  const wanted = query.get("plan") ? `plan:${query.get("plan")}` : query.get("exercise") ? `exercise:${query.get("exercise")}` : settings.chosen;
  let chosen = options.find((option) => option.value === wanted) ?? options[0];
  const guide = h("div", { class: "guide", "aria-live": "polite" });
  const camera = h("select", { id: "camera", onchange: () => set({ camera: camera.value }) });

  const select = (option) => {
    chosen = option;
    set({ chosen: option.value });
    show(guide, about(option, exercises));
  };
  const card = (option) => h("label", { class: "card pick" },
    h("input", { type: "radio", name: "what", value: option.value, checked: option === chosen, onchange: () => select(option) }),
    option.exercise ? picture(option.exercise) : h("div", { class: "drawn" }, option.plan ? steps(option.plan) : plain()),
    h("span", { class: "strong" }, option.title), h("span", { class: "soft" }, option.note));
  const start = (event) => {
    event.preventDefault();
    begin({ exercise: chosen.exercise?.key ?? null, plan: chosen.plan?.key ?? null });
  };
  show(main, h("form", { class: "page live", onsubmit: start },
    h("h1", null, t("web.live.headline")),
    open ? h("div", { class: "notice", role: "status" }, sign("wait"), h("div", null, h("p", { class: "strong" }, t("web.live.still_open")),
      h("button", { type: "button", class: "primary", onclick: () => begin(open) }, t("web.live.go_on")))) : null,
    h("fieldset", { class: "picker" }, h("legend", null, t("web.live.what")), h("div", { class: "cards picks" }, options.map(card))),
    h("div", { class: "two" }, guide, h("div", { class: "card settings" },
      h("h2", null, t("web.live.before")),
      h("p", { class: "field" }, h("label", { for: "camera" }, t("web.live.camera")), camera),
      h("p", { class: "field" }, h("label", null, toggle(!settings.muted, (on) => set({ muted: !on })), t("web.live.speak"))),
      h("p", { class: "field" }, h("label", null, toggle(settings.mirrored, (on) => set({ mirrored: on })), t("web.live.mirror"))),
      h("p", { class: "soft" }, t("web.live.place")),
      h("button", { class: "primary large wide", id: "begin" }, sign("play"), t("web.live.begin")),
      h("p", { class: "soft small" }, t("web.live.stays"))))));
  select(chosen);
  list(camera);
  const changed = () => list(camera);
  navigator.mediaDevices?.addEventListener?.("devicechange", changed);
  return () => navigator.mediaDevices?.removeEventListener?.("devicechange", changed);
}

function about({ exercise, plan }, exercises) {
  if (plan) {
    return [h("h2", null, t(`web.plan.${plan.key}`, {}, plan.title)), h("p", null, t("web.live.plan_about")), h("ol", { class: "how" }, plan.steps.map((step) => {
      const known = exercises.find((each) => each.key === step.exercise);
      return h("li", null, h("span", { class: "strong" }, known?.title ?? step.exercise), ` · ${step.dose}`);
    }))];
  }
  if (!exercise) return [h("h2", null, t("web.live.auto")), h("p", null, t("web.live.auto_about"))];
  return [h("h2", null, exercise.title), h("ol", { class: "how" }, exercise.how.map((step) => h("li", null, step))),
    h("dl", { class: "facts" }, h("dt", null, t("guide.dose")), h("dd", null, exercise.dose), h("dt", null, t("guide.where")), h("dd", null, exercise.camera)),
    h("p", null, h("a", { href: `/guide#${exercise.key}` }, capital(t("web.live.more"))))];
}

const planNote = (plan, exercises) => plan.steps.map((step) => exercises.find((each) => each.key === step.exercise)?.title ?? step.exercise).join(" · ");

const steps = (plan) => h("div", { class: "steps-drawn", "aria-hidden": "true" }, plan.steps.map((_, n) => h("i", null, String(n + 1))));

const toggle = (on, change) => h("input", { type: "checkbox", class: "switch", role: "switch", checked: on, onchange: (event) => change(event.target.checked) });

/** Names are known only once a camera has been allowed. */
async function list(select) {
  const found = await cameras().catch(() => []);
  show(select, h("option", { value: "" }, t("web.live.camera_any")), found.map((device, n) =>
    h("option", { value: device.deviceId, selected: device.deviceId === settings.camera }, device.label || t("web.live.camera_n", { n: n + 1 }))));
}
