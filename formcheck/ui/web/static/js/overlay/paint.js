// The whole overlay of one moment.

import { drawBody } from "./body.js";
import { drawGauge, drawRing } from "./dials.js";
import { drawAdvice, drawDown, drawLeg, drawLine } from "./guides.js";
import { Sheet } from "./sheet.js";

/** Draw a moment over the shown video; the canvas lies exactly over the picture. */
export function paint(canvas, moment, { mirrored, t }) {
  const sheet = new Sheet(canvas, moment.size ?? [canvas.width, canvas.height], mirrored);
  sheet.clear();
  if (!moment.points || !moment.size) return;
  const exercising = moment.stage === "set" && moment.certain;
  const guide = exercising ? moment.exercise?.guide : null;
  const seen = moment.points.some(Boolean);
  if (seen && guide === "line") drawLine(sheet, moment);
  if (seen && guide === "leg") drawLeg(sheet, moment);
  if (seen) drawBody(sheet, moment);
  if (seen && guide === "line") drawAdvice(sheet, moment, t);
  if (seen && exercising) drawDown(sheet, moment);
  if (!seen || !moment.phase) return;
  if (guide === "gauge") drawGauge(sheet, moment, corner(sheet, 40), t);
  if (guide === "leg" && moment.hold) drawRing(sheet, moment.hold, corner(sheet, 31), t);
}

/** The upper right corner: the counter has the left one. */
function corner(sheet, width) {
  return [sheet.width - sheet.px(width) - sheet.px(2.5), sheet.px(2.5)];
}
