// The line of a chart, drawn by uPlot: its colours and type are the page's, its size is that of its place.

import uPlot from "../vendor/uplot/uPlot.esm.js";
import { h } from "./dom.js";
import { day, number } from "./i18n.js";

const DAY_S = 86400;
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const TOP = 24, LABEL = 74;
const drawn = new Map();

// what has left the page is let go of: uPlot listens to the window
const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => {
  const here = drawn.get(target);
  const size = { width: target.clientWidth, height: target.clientHeight };
  if (!target.isConnected) {
    here.line?.destroy();
    drawn.delete(target);
    sizes.unobserve(target);
  } else if (!size.width || !size.height) return;
  else if (here.line) here.line.setSize(size);
  else here.line = new uPlot({ ...here.options(), ...size }, here.data, target);
}));
for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(query).addEventListener("change", () => drawn.forEach(({ line }) => line?.redraw()));
}

/**
 * Return a place in which the points are drawn, with a band of the error round the start.
 * `told` says a value in words; `label` is what the drawing says to who cannot see it.
 */
export function plot({ points, start, error, unit, told, label }) {
  const place = h("div", { class: "plot", role: "img", "aria-label": label });
  const times = points.map((point) => Date.parse(point.when) / 1000), values = points.map((point) => point.value);
  const room = Math.max((times.at(-1) - times[0]) * 0.05, 60);
  const from = times[0] - room, to = times.at(-1) + room;
  const flat = (value) => [from, ...times, to].map(() => value);
  // values that cannot be under nought have no room drawn for it
  const low = Math.max(start - error, Math.min(0, ...values));
  const range = uPlot.rangeNum(Math.min(low, ...values), Math.max(start + error, ...values), 0.08, true);
  const data = [[from, ...times, to], flat(start - error), flat(start + error), [null, ...values, null]];
  const options = () => styled(place, { times, unit, range, span: [from, to], said: (n) => `${day(points[n].when)}: ${told(values[n])}` });
  drawn.set(place, { line: null, data, options });
  sizes.observe(place);
  return place;
}

function styled(place, { times, unit, range, span, said }) {
  const style = getComputedStyle(place);
  const colour = (name) => () => style.getPropertyValue(name);
  const size = Math.round(parseFloat(style.fontSize));
  const axis = { font: `${size}px ${style.fontFamily}`, stroke: colour("--soft"), ticks: { show: false } };
  const reading = h("p", { class: "reading" });
  const read = (line) => { reading.textContent = line.cursor.idxs[3] == null ? "" : said(line.cursor.idxs[3] - 1); };
  return {
    scales: { x: { time: true, range: () => span }, y: { range: () => range } },
    series: [{}, { points: { show: false } }, { points: { show: false } },
      { stroke: colour("--accent"), width: 2.5, points: { show: true, size: 10, width: 2.5, stroke: colour("--accent"), fill: colour("--card") } }],
    bands: [{ series: [2, 1], fill: colour("--band") }],
    axes: [
      { ...axis, grid: { show: false }, size: size * 2, gap: 8, splits: (line) => apart(times, line), values: (line, shown) => dates(shown, times) },
      { ...axis, grid: { stroke: colour("--rule"), width: 1 }, gap: 8, incrs: STEPS, space: 34,
        values: (line, shown, n, space, step) => shown.map((value) => `${number(value, step < 1 ? 1 : 0)}${unit}`),
        size: (line, shown) => 10 + size * 0.62 * Math.max(2, ...(shown ?? []).map((each) => each.length)) },
    ],
    padding: [TOP, 18, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, hover: { skip: [null] }, points: { size: (line, n) => (n === 3 ? 12 : 0), fill: colour("--accent"), stroke: colour("--accent") } },
    hooks: { init: [(line) => line.root.append(reading)], setCursor: [read] },
  };
}

/** Return those sessions whose dates have room: the first, the last, and what fits between. */
function apart(times, line) {
  const far = (a, b) => (Math.abs(b - a) / (line.scales.x.max - line.scales.x.min)) * line.bbox.width / uPlot.pxRatio >= LABEL;
  const last = times.at(-1), kept = [times[0]];
  for (const time of times.slice(1, -1)) if (far(kept.at(-1), time) && far(time, last)) kept.push(time);
  return far(times[0], last) ? [...kept, last] : [last];
}

function dates(shown, times) {
  const oneDay = times.at(-1) - times[0] < DAY_S && day(times[0] * 1000) === day(times.at(-1) * 1000);
  const parts = oneDay ? { hour: "numeric", minute: "2-digit" } : { month: "short", day: "numeric" };
  return shown.map((time) => day(time * 1000, parts));
}
