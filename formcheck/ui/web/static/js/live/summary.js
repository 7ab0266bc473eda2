// How it went: in words, in numbers, and where the whole report is.

import { sessionReport } from "../api.js";
import { announce, h, show, sign } from "../dom.js";
import { capital, number, t } from "../i18n.js";

export function summary(main, { report, summary: words, outcome, notices, history_session: kept }, { exercises, again }) {
  const titles = new Map(exercises.map((exercise) => [exercise.key, exercise]));
  const parts = (report?.segments?.length ? report.segments : report ? [report] : []).filter((part) => part.exercise);
  const heading = h("h1", { tabindex: "-1" }, t("web.summary.title"));
  const stopped = ["red_flag", "pain_rise", "pain_above", "numb"].includes(outcome);
  show(main, h("div", { class: "page summary" }, heading,
    h("div", { class: `notice ${stopped ? "wrong" : ""}` }, sign(stopped ? "correct" : "praise"),
      h("div", null, (words ?? []).map((line) => h("p", null, capital(line))))),
    (notices ?? []).map((text) => h("div", { class: "notice wrong" }, sign("correct"), h("p", null, text))),
    h("div", { class: "cards" }, parts.map((part) => done(part, titles.get(part.exercise)))),
    h("div", { class: "row" },
      h("button", { class: "primary", onclick: again }, sign("play"), t("web.summary.again")),
      kept == null ? null : h("a", { class: "button", href: `/history?session=${encodeURIComponent(kept)}` }, sign("chart"), t("web.summary.report")),
      kept == null ? null : h("a", { class: "button", href: sessionReport(kept), target: "_blank", rel: "noopener" }, t("web.own_tab"))),
    kept == null ? h("p", { class: "soft" }, t("web.summary.not_kept")) : null));
  heading.focus();
  announce((words ?? []).join(" "));
}

/** One exercise: how many, how many good, and what to mind next time. */
function done(part, exercise) {
  const { totals } = part;
  const holds = totals.holds > 0 || exercise?.kind === "holds";
  const n = holds ? totals.holds : totals.reps, good = holds ? totals.good_holds : totals.good_reps;
  const faults = new Map();
  for (const each of [...part.reps, ...part.holds]) for (const fault of each.faults) faults.set(fault.key, (faults.get(fault.key) ?? 0) + 1);
  const say = (key) => exercise?.faults.find((fault) => fault.key === key)?.say ?? key;
  return h("section", { class: "card", "aria-label": exercise?.title ?? part.exercise },
    h("h2", null, exercise?.title ?? part.exercise),
    h("p", { class: "count" }, h("span", { class: "number" }, String(n)), " ",
      h("span", { class: "unit" }, t(`screen.${holds ? "hold" : "rep"}${n === 1 ? "" : "s"}`)), " ", h("span", { class: "soft" }, n ? `· ${t("screen.good", { n: good })}` : "")),
    holds ? h("p", null, held(totals.held_s)) : null,
    faults.size ? h("ul", { class: "found" }, [...faults].sort((a, b) => b[1] - a[1]).map(([key, count]) =>
      h("li", null, sign("correct"), h("span", null, capital(say(key))), h("b", null, `${count} ×`)))) : n ? h("p", { class: "well" }, sign("praise"), t("web.summary.clean")) : null);
}

const held = (seconds) => ["left", "right"].filter((side) => seconds?.[side]).map((side) =>
  `${t(`screen.${side}`)}: ${t("web.seconds", { n: number(seconds[side]) })}`).join(" · ");
