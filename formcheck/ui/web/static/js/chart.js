// A measure over sessions, with the measurement error drawn in: nobody shall read noise as progress.

import { h, s } from "./dom.js";
import { day, number, t } from "./i18n.js";

const WIDTH = 420, HEIGHT = 190, LEFT = 44, RIGHT = 16, TOP = 14, BOTTOM = 30;
const SIGNS = { improving: "▲", worse: "▼", no_evidence: "＝" };

/** Return the chart of a trend, what it says, and its numbers as a table. */
export function chart(trend) {
  const points = trend.points.filter((point) => point.value !== null);
  const title = t(`web.measure.${trend.measure}`, {}, trend.title);
  const heading = [trend.exercise_title, title, trend.side ? t(`screen.${trend.side}`) : null].filter(Boolean).join(", ");
  const digits = trend.digits ?? 0;
  const unit = trend.unit ?? "";
  const told = (point) => `${number(point.value, digits)}${unit}`;
  return h("figure", { class: "card chart" },
    h("figcaption", null, h("h3", null, heading), h("p", { class: `verdict ${trend.verdict}` }, h("span", { "aria-hidden": "true" }, SIGNS[trend.verdict] ?? "＝"), " ", verdict(trend, unit))),
    points.length < 2 ? null : drawn(points, trend, heading, unit, digits),
    h("details", null, h("summary", null, t("web.history.numbers")), h("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": heading }, h("table", null,
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("web.history.date")), h("th", { scope: "col" }, heading))),
      h("tbody", null, points.map((point) => h("tr", null, h("th", { scope: "row" }, day(point.when)), h("td", null, told(point)))))))));
}

function verdict(trend, unit) {
  if (trend.points.length < 2) return t("web.history.one_point");
  const words = t(`web.history.${trend.verdict ?? "no_evidence"}`);
  return trend.error == null ? words : `${words} ${t("web.history.error", { error: `${number(trend.error, trend.error % 1 ? 1 : 0)}${unit}` })}`;
}

function drawn(points, trend, heading, unit, digits) {
  const values = points.map((point) => point.value);
  const start = median(values.slice(0, Math.min(3, Math.max(1, Math.floor(values.length / 2)))));
  const error = trend.error ?? 0;
  const axis = scale(Math.min(...values, start - error), Math.max(...values, start + error));
  const times = points.map((point) => Date.parse(point.when));
  const x = (n) => LEFT + ((WIDTH - LEFT - RIGHT) * (times[n] - times[0])) / Math.max(1, times.at(-1) - times[0]);
  const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (value - axis.low)) / (axis.high - axis.low);
  const said = points.map((point) => `${day(point.when)}: ${number(point.value, digits)}${unit}`).join("; ");
  return s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${heading}. ${said}` },
    error ? s("rect", { x: LEFT, y: y(start + error), width: WIDTH - LEFT - RIGHT, height: y(start - error) - y(start + error), class: "band" }) : "",
    axis.ticks.map((value) => [s("path", { d: `M${LEFT} ${y(value)}H${WIDTH - RIGHT}`, class: "grid" }),
      s("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, number(value, axis.digits))]),
    s("polyline", { points: points.map((point, n) => `${x(n)},${y(point.value)}`).join(" "), class: "curve" }),
    points.map((point, n) => s("circle", { cx: x(n), cy: y(point.value), r: 5, class: "point" }, s("title", null, `${day(point.when)}: ${number(point.value, digits)}${unit}`))),
    s("text", { x: LEFT, y: HEIGHT - 8 }, day(points[0].when, { month: "short", day: "numeric" })),
    s("text", { x: WIDTH - RIGHT, y: HEIGHT - 8, "text-anchor": "end" }, day(points.at(-1).when, { month: "short", day: "numeric" })));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Round steps round what is to be drawn. */
function scale(low, high) {
  const room = Math.max(high - low, 1e-6);
  const step = [1, 2, 5, 10, 20, 50, 100].map((n) => n * 10 ** Math.floor(Math.log10(room) - 1)).find((each) => room / each <= 5);
  const from = Math.floor(low / step) * step, to = Math.ceil(high / step) * step;
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, n) => from + n * step);
  return { low: from, high: to, ticks, digits: step < 1 ? 1 : 0 };
}
