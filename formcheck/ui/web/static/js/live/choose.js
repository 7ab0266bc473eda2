// What to do today: a programme, one exercise, or whichever is done; with its guide, the camera and the sound.

import { addPlan, removePlan } from "../api.js";
import { announce, h, show, sign } from "../dom.js";
import { capital, day, t } from "../i18n.js";
import { confirmed, picture, plain, trouble } from "../parts.js";
import { set, settings } from "../settings.js";
import { cameras } from "./camera.js";

/** Show it; `begin(what)` is called with `{exercise, plan, again}` or with the session that is to be gone on with. */
export function choose(main, { exercises, plans, query, open, begin, refresh }) {
  const options = [
    ...plans.map((plan) => ({ value: `plan:${plan.key}`, title: titleOf(plan), note: planNote(plan), plan })),
    ...exercises.map((exercise) => ({ value: `exercise:${exercise.key}`, title: exercise.title, note: exercise.dose, exercise })),
    { value: "auto", title: t("web.live.auto"), note: t("web.live.auto_note") },
  ];
  const wanted = query.get("plan") ? `plan:${query.get("plan")}` : query.get("exercise") ? `exercise:${query.get("exercise")}` : settings.chosen;
  let chosen = options.find((option) => option.value === wanted) ?? options[0];
  const guide = h("div", { class: "guide", "aria-live": "polite" });
  const camera = h("select", { id: "camera", onchange: () => set({ camera: camera.value }) }, h("option", { value: "" }, t("web.live.camera_any")));
  const start = h("button", { class: "primary large wide", id: "begin" });
  const anew = h("button", { type: "button", class: "wide", id: "anew", onclick: () => go(false) }, t("web.live.anew"));

  const go = (again) => begin({ exercise: chosen.exercise?.key ?? null, plan: chosen.plan?.key ?? null, again });
  const select = (option) => {
    chosen = option;
    set({ chosen: option.value });
    show(guide, about(option, { refresh }));
    const left = option.plan?.broken_off;
    show(start, sign("play"), left ? t("web.live.from", { exercise: option.plan.steps[left.next - 1].title }) : t("web.live.begin"));
    anew.hidden = !left;
  };
  const card = (option) => h("label", { class: "card pick" },
    h("input", { type: "radio", name: "what", value: option.value, checked: option === chosen, onchange: () => select(option) }),
    option.exercise ? picture(option.exercise) : h("div", { class: "drawn" }, option.plan ? steps(option.plan) : plain()),
    h("span", { class: "strong" }, option.title), h("span", { class: "soft" }, option.note));
  const submit = (event) => {
    event.preventDefault();
    go(Boolean(chosen.plan?.broken_off));
  };
  show(main, h("form", { class: "page live", onsubmit: submit },
    h("h1", null, t("web.live.headline")),
    open ? h("div", { class: "notice", role: "status" }, sign("wait"), h("div", null, h("p", { class: "strong" }, t("web.live.still_open")),
      h("button", { type: "button", class: "primary", onclick: () => begin(open) }, t("web.live.go_on")))) : null,
    h("fieldset", { class: "picker" }, h("legend", null, t("web.live.what")), h("div", { class: "cards picks" }, options.map(card))),
    adding(refresh),
    h("div", { class: "two" }, guide, h("div", { class: "card settings" },
      h("h2", null, t("web.live.before")),
      h("p", { class: "field" }, h("label", { for: "camera" }, t("web.live.camera")), camera),
      h("p", { class: "field" }, h("label", null, toggle(!settings.muted, (on) => set({ muted: !on })), t("web.live.speak"))),
      h("p", { class: "field" }, h("label", null, toggle(settings.mirrored, (on) => set({ mirrored: on })), t("web.live.mirror"))),
      h("p", { class: "soft" }, t("web.live.place")),
      start, anew,
      h("p", { class: "soft small" }, t("web.live.stays"))))));
  select(chosen);
  list(camera);
  const changed = () => list(camera);
  navigator.mediaDevices?.addEventListener?.("devicechange", changed);
  return () => navigator.mediaDevices?.removeEventListener?.("devicechange", changed);
}

/** A plan of one's own: a file from whoever prescribes. */
function adding(refresh) {
  const said = h("div");
  const file = h("input", { type: "file", id: "plan-file", accept: ".toml", class: "unseen", onchange: async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    try {
      const plan = await addPlan(chosen);
      announce(t("web.live.plan_added", { title: plan.title }));
      await refresh(`plan:${plan.key}`);
    } catch (error) {
      show(said, trouble(error));
    }
  } });
  return h("div", { class: "add-plan" }, file, h("label", { class: "button", for: "plan-file" }, sign("up"), t("web.live.add_plan")), h("span", { class: "soft small" }, t("web.live.add_plan_note")), said);
}

function about({ exercise, plan }, { refresh }) {
  if (plan) {
    const left = plan.broken_off;
    const remove = async () => {
      if (!(await confirmed(t("web.live.remove_plan_sure", { title: titleOf(plan) }), t("web.live.remove_plan")))) return;
      await removePlan(plan.key);
      await refresh("");
    };
    return [h("h2", null, titleOf(plan)),
      left ? h("p", { class: "notice" }, sign("wait"), h("span", null, t("web.live.broken_off", { when: day(left.when, { timeStyle: "short" }), exercise: plan.steps[left.next - 1].title }))) : null,
      h("p", null, t("web.live.plan_about")),
      h("ol", { class: "how" }, plan.steps.map((step) => h("li", null, h("span", { class: "strong" }, step.title), ` · ${step.dose}`, step.notes ? h("p", { class: "soft" }, step.notes) : null))),
      plan.own ? h("p", null, h("button", { type: "button", class: "danger", onclick: remove }, t("web.live.remove_plan"))) : null];
  }
  if (!exercise) return [h("h2", null, t("web.live.auto")), h("p", null, t("web.live.auto_about"))];
  return [h("h2", null, exercise.title), h("ol", { class: "how" }, exercise.how.map((step) => h("li", null, step))),
    h("dl", { class: "facts" }, h("dt", null, t("guide.dose")), h("dd", null, exercise.dose), h("dt", null, t("guide.where")), h("dd", null, exercise.camera)),
    h("p", null, h("a", { href: `/guide#${exercise.key}` }, capital(t("web.live.more"))))];
}

const titleOf = (plan) => (plan.own ? plan.title : t(`web.plan.${plan.key}`, {}, plan.title));

const planNote = (plan) => plan.steps.map((step) => step.title).join(" · ");

const steps = (plan) => h("div", { class: "steps-drawn", "aria-hidden": "true" }, plan.steps.map((_, n) => h("i", null, String(n + 1))));

const toggle = (on, change) => h("input", { type: "checkbox", class: "switch", role: "switch", checked: on, onchange: (event) => change(event.target.checked) });

/** Names are known only once a camera has been allowed. */
async function list(select) {
  const found = await cameras().catch(() => []);
  show(select, h("option", { value: "" }, t("web.live.camera_any")), found.map((device, n) =>
    h("option", { value: device.deviceId, selected: device.deviceId === settings.camera }, device.label || t("web.live.camera_n", { n: n + 1 }))));
}
