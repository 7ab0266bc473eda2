// A measure over sessions, with the measurement error drawn in: nobody shall read noise as progress.

import { h } from "./dom.js";
import { day, number, t } from "./i18n.js";
import { plot } from "./plot.js";

const SIGNS = { improving: "▲", worse: "▼", no_evidence: "＝" };

/** Return the chart of a trend, what it says, and its numbers as a table. */
export function chart(trend) {
  const points = trend.points.filter((point) => point.value !== null);
  const title = t(`web.measure.${trend.measure}`, {}, trend.title);
  const heading = [trend.exercise_title, title, trend.side ? t(`screen.${trend.side}`) : null].filter(Boolean).join(", ");
  const unit = trend.unit ?? "";
  const told = (value) => `${number(value, trend.digits ?? 0)}${unit}`;
  return h("figure", { class: "card chart" },
    h("figcaption", null, h("h3", null, heading), h("p", { class: `verdict ${trend.verdict}` }, h("span", { "aria-hidden": "true" }, SIGNS[trend.verdict] ?? "＝"), " ", verdict(trend, unit))),
    points.length < 2 ? null : plot({ points, start: trend.first, error: trend.error ?? 0, unit, told, label: `${heading}. ${points.map((point) => `${day(point.when)}: ${told(point.value)}`).join("; ")}` }),
    h("details", null, h("summary", null, t("web.history.numbers")), h("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": heading }, h("table", null,
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("web.history.date")), h("th", { scope: "col" }, heading))),
      h("tbody", null, points.map((point) => h("tr", null, h("th", { scope: "row" }, day(point.when)), h("td", null, told(point.value)))))))));
}

function verdict(trend, unit) {
  if (trend.points.length < 2) return t("web.history.one_point");
  const words = t(`web.history.${trend.verdict ?? "no_evidence"}`);
  return trend.error == null ? words : `${words} ${t("web.history.error", { error: `${number(trend.error, trend.error % 1 ? 1 : 0)}${unit}` })}`;
}
