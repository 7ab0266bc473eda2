// The clock of a hold, and the gauge of the pelvic tilt.

import { DIM, GREY, INK, PRAISE, TARGET, around } from "./sheet.js";

const TURN = 2 * Math.PI;
const ENOUGH_DEG = 6; // a smaller tilt is small for anybody
const END_DEG = 20;
const MAGNIFIED = (4 * Math.PI) / 180; // a tilt is small: 20 degrees of it turn the needle by 80

/** A ring that fills; a check mark where it is enough, two bars where the clock stands. */
export function drawRing(sheet, hold, [x, y], t) {
  const [width, height] = [sheet.px(31), sheet.px(31)];
  sheet.panel(x, y, width, height);
  const centre = [x + width / 2, y + height / 2], radius = 0.38 * height, thick = sheet.px(2.2);
  const full = hold.target ?? 30, done = Math.min(1, hold.held / full);
  sheet.path(sheet.arc(centre, radius, 0, TURN), DIM, thick / 3, { halo: false });
  if (done > 0.01) sheet.path(sheet.arc(centre, radius, 0, TURN * done), done >= 1 ? PRAISE : TARGET, thick, { halo: false });
  const low = hold.enough ?? null;
  if (low !== null && low < full) {
    const mark = (TURN * low) / full;
    sheet.path([-1.2, 0.9].map((reach) => around(centre, radius + reach * thick, mark)), INK, sheet.px(0.6), { halo: false });
  }
  sheet.text(String(Math.floor(hold.held)), [centre[0], centre[1] - 0.08 * height], 11, { weight: 800 });
  const below = [centre[0], centre[1] + 0.16 * height];
  if (done >= 1) sheet.check(below, sheet.px(2.8));
  else if (!hold.running) for (const side of [-1.5, 1.5]) {
    const middle = below[0] + side * sheet.px(0.9);
    sheet.path([-2, 2].map((dy) => [middle, below[1] + sheet.px(dy)]), INK, sheet.px(1.3), { halo: false });
  }
  else sheet.text(t("screen.of_seconds", { seconds: Math.round(full) }), below, 3.8, { colour: GREY, weight: 500 });
}

/** Zero is this person's own rest; the wedge round the needle is how well the tilt is known. */
export function drawGauge(sheet, moment, [x, y], t) {
  const [width, height] = [sheet.px(40), sheet.px(31)];
  sheet.panel(x, y, width, height);
  const heels = (moment.head_right ? -1 : 1) * (sheet.mirrored ? -1 : 1);
  const { value = null, error = null } = moment.tilt ?? {};
  const pivot = [x + width / 2, y + 0.66 * height], radius = 0.5 * height, thin = Math.max(1, sheet.px(0.5));
  const turn = (tilt) => heels * MAGNIFIED * Math.min(END_DEG, Math.max(-END_DEG, tilt));
  if (value !== null && error !== null) sheet.fill([pivot, ...sheet.arc(pivot, radius, turn(value - error), turn(value + error))], DIM);
  sheet.path(sheet.arc(pivot, radius, turn(-ENOUGH_DEG), turn(ENOUGH_DEG)), GREY, thin, { halo: false });
  for (const end of [-1, 1]) sheet.path(sheet.arc(pivot, radius, turn(end * ENOUGH_DEG), turn(end * END_DEG)), TARGET, 4 * thin, { halo: false });
  for (const tilt of [-ENOUGH_DEG, 0, ENOUGH_DEG]) {
    sheet.path([0.86, 1.1].map((share) => around(pivot, radius * share, turn(tilt))), INK, thin, { halo: false });
  }
  if (value !== null) sheet.path([pivot, around(pivot, 0.97 * radius, turn(value))], INK, 2 * thin);
  sheet.dot(pivot, INK, 2 * thin);
  for (const [end, name] of [[-1, "flat"], [1, "arch"]]) {
    sheet.text(t(`screen.${name}`), [x + width * (0.5 + 0.36 * heels * end), y + 0.12 * height], 3.8, { weight: 600 });
  }
  const well = value !== null && Math.abs(value) >= ENOUGH_DEG && !moment.wrong.length;
  const said = [x + width / 2, y + 0.86 * height];
  sheet.text(reading(value, error, t), said, 4.4, { weight: 600 });
  if (well) sheet.check([x + 0.09 * width, said[1]], sheet.px(2));
}

function reading(value, error, t) {
  if (value === null) return t("screen.cannot_tell");
  const degrees = Math.round(value);
  const told = `${Math.abs(degrees)}°${error === null ? "" : ` ±${Math.max(1, Math.round(error))}`}`;
  return degrees === 0 ? told : t(degrees > 0 ? "screen.arch_by" : "screen.flat_by", { degrees: told });
}
