// What was done, and how it goes: sessions, trends, pain; the report of each; delete and export.

import { exported, removeSession, session, sessionReport, sessions, trends } from "../api.js";
import { chart } from "../chart.js";
import { announce, h, show, sign } from "../dom.js";
import { day, number, t } from "../i18n.js";
import { confirmed, framed, loading, trouble } from "../parts.js";

const FORMATS = ["csv", "json", "fhir"];

export async function render(main, { query, go }) {
  show(main, h("div", { class: "page" }, h("h1", null, t("web.history.title")), loading()));
  const id = query.get("session");
  if (id) return one(main, id, go);
  const [all, lines] = await Promise.all([sessions(), trends()]);
  const refresh = () => render(main, { query, go });
  show(main, h("div", { class: "page" },
    h("h1", null, t("web.history.title")),
    all.length ? [progress(lines), listed(all, refresh), saving()] : nothing()));
  return null;
}

function nothing() {
  return h("div", { class: "card empty" }, h("p", { class: "lead" }, t("web.history.empty")), h("a", { class: "button primary", href: "/live" }, sign("play"), t("web.home.begin")));
}

/** Pain first; then each exercise's measures. */
function progress(all) {
  const shown = all.filter((trend) => trend.points.length);
  if (!shown.length) return null;
  const pain = (trend) => !trend.exercise || trend.measure === "pain";
  return h("section", { "aria-labelledby": "progress" }, h("h2", { id: "progress" }, t("web.history.progress")),
    h("p", { class: "soft" }, t("web.history.band")),
    h("div", { class: "charts" }, [...shown.filter(pain), ...shown.filter((trend) => !pain(trend))].map(chart)));
}

function listed(all, refresh) {
  return h("section", { "aria-labelledby": "sessions" }, h("h2", { id: "sessions" }, t("web.history.sessions")),
    h("ul", { class: "rows" }, newest(all).map((each) => h("li", { class: "card session" },
      h("div", null, h("h3", null, h("a", { href: `/history?session=${encodeURIComponent(each.id)}` }, day(each.started, { dateStyle: "full", timeStyle: "short" }))),
        h("p", null, done(each)), h("p", { class: "soft" }, pain(each))),
      h("button", { class: "danger", "aria-label": `${t("web.history.delete")}: ${day(each.started, { dateStyle: "medium", timeStyle: "short" })}`, onclick: () => remove(each, refresh) }, t("web.history.delete"))))));
}

const newest = (all) => [...all].sort((a, b) => Date.parse(b.started) - Date.parse(a.started));

function done(each) {
  const sets = (each.sets ?? []).map((one) => {
    const unit = t(`screen.${one.kind === "holds" ? "hold" : "rep"}${one.done === 1 ? "" : "s"}`);
    return `${one.title ?? one.exercise ?? "–"}: ${number(one.done)} ${unit}, ${t("screen.good", { n: one.good })}`;
  });
  return sets.join(" · ") || t("web.history.nothing_done");
}

function pain(each) {
  const told = Array.isArray(each.pain) ? each.pain : [];
  const of = (asked) => told.filter((score) => score.asked === asked).at(-1)?.score;
  const [before, end] = [of("before"), of("end") ?? of("after")];
  if (before == null && end == null) return "";
  return before != null && end != null ? t("web.history.pain", { before, end }) : t("web.history.pain_once", { score: before ?? end });
}

async function remove(each, after) {
  if (!(await confirmed(t("web.history.delete_sure", { day: day(each.started) }), t("web.history.delete")))) return;
  try {
    await removeSession(each.id);
    announce(t("web.history.deleted"));
    await after();
  } catch (error) {
    document.querySelector(".page").prepend(trouble(error));
  }
}

function saving() {
  return h("section", { "aria-labelledby": "export" }, h("h2", { id: "export" }, t("web.history.export")), h("p", { class: "soft" }, t("web.history.export_about")),
    h("div", { class: "row" }, FORMATS.map((format) => h("a", { class: "button", href: exported(format), download: "" }, t(`web.history.${format}`)))));
}

async function one(main, id, go) {
  const each = await session(id);
  const title = day(each.started, { dateStyle: "full", timeStyle: "short" });
  show(main, h("div", { class: "page" },
    h("p", null, h("a", { href: "/history" }, `‹ ${t("web.history.all")}`)),
    h("div", { class: "row apart" }, h("h1", null, title), h("button", { class: "danger", onclick: () => remove(each, () => go("/history")) }, t("web.history.delete"))),
    h("p", { class: "lead" }, done(each)), h("p", { class: "soft" }, pain(each)),
    framed(sessionReport(id), t("web.history.report_of", { day: title }))));
  return null;
}
