// Where to move: the line to reach, the leg's angle, arrows with the degrees that are missing.

import { ANKLE, HIP, KNEE, SHOULDER, part } from "./body.js";
import { INK, TARGET, along, around, distance, turnOf } from "./sheet.js";

const MOVING = ["up", "hold", "down"];

/** The value that the exercise is about, in degrees; null where nobody knows. */
const charted = (moment) => moment.values?.[moment.exercise.charted] ?? null;

/** Dashed through the three parts; it goes under the body, so that a body in line simply covers it. */
export function drawLine(sheet, moment) {
  const corners = moment.line?.map((point) => sheet.at(point));
  if (corners && MOVING.includes(moment.phase)) sheet.path([corners[0], corners[2]], TARGET, sheet.line / 2, { dashed: true });
}

/** At the top: how far off the line the body is and which way to go, or that it is in line. */
export function drawAdvice(sheet, moment, t) {
  const corners = moment.line?.map((point) => sheet.at(point));
  if (!corners || !MOVING.includes(moment.phase)) return;
  const faulty = moment.at_fault.includes(moment.exercise.charted);
  const off = missing(moment);
  const [a, hip, b] = corners;
  if (off === null || !(moment.phase === "hold" || faulty)) return;
  const trunk = distance(a, hip);
  // on the head's side: there the line falls away and the air is free
  const aside = Boolean(moment.head_right) !== sheet.mirrored ? 0.2 : 0.8;
  const label = (point) => [point[0], point[1] - Math.max(5 * sheet.line, 0.4 * trunk)];
  if (off === 0) {
    if (!faulty) sheet.label(t("screen.in_line"), label(hip), 5.2, { mark: true, aside });
    return;
  }
  const upper = distance(a, hip), lower = distance(hip, b), whole = Math.max(1, distance(a, b));
  let up = [(b[1] - a[1]) / whole, -(b[0] - a[0]) / whole];
  if (up[1] > 0) up = [-up[0], -up[1]];
  let reach = ((off * Math.PI) / 180) * ((upper * lower) / Math.max(1, upper + lower));
  reach = Math.sign(reach) * Math.max(Math.abs(reach), 5 * sheet.line);
  const tip = [hip[0] + up[0] * reach, hip[1] + up[1] * reach];
  sheet.arrow(hip, tip, TARGET, 1.4 * sheet.line);
  const words = t(off > 0 ? "screen.higher" : "screen.lower", { degrees: Math.abs(Math.round(off)) });
  sheet.label(words, label(off > 0 ? tip : hip), 5.2, { aside });
}

/** Degrees from the target; 0 within what is right, null where nobody knows. */
function missing(moment) {
  const value = charted(moment), { target, allowed } = moment.exercise;
  if (value === null || target == null || !allowed) return null;
  const [low, high] = allowed;
  return (low === null || value >= low) && (high === null || value <= high) ? 0 : target - value;
}

/** Hips that have left the mat are told to go down. */
export function drawDown(sheet, moment) {
  const hip = part(sheet, moment, HIP), shoulder = part(sheet, moment, SHOULDER);
  if (!hip || !shoulder || !moment.at_fault.includes("hips_lift_deg")) return;
  const trunk = distance(hip, shoulder);
  sheet.arrow([hip[0], hip[1] - 0.55 * trunk], [hip[0], hip[1] - 0.1 * trunk], TARGET, 1.4 * sheet.line);
}

/** The working leg's angle at the hip, from level or from the trunk, while the leg is drawn up. */
export function drawLeg(sheet, moment) {
  const [hip, knee, ankle, shoulder] = [HIP, KNEE, ANKLE, SHOULDER].map((which) => part(sheet, moment, which));
  const value = charted(moment);
  if (!hip || !knee || value === null || !MOVING.includes(moment.phase)) return;
  const toTrunk = moment.exercise.charted === "hip_angle_deg";
  if (toTrunk && !shoulder) return;
  const feet = (moment.head_right ? -1 : 1) * (sheet.mirrored ? -1 : 1);
  const base = toTrunk ? turnOf(hip, shoulder) : (feet * Math.PI) / 2;
  const thigh = nearest(turnOf(hip, knee), base);
  const length = distance(hip, knee);
  const radius = Math.min(sheet.px(16), Math.max(sheet.px(5), 0.45 * length));
  const thin = Math.max(2, sheet.line / 2);
  if (!toTrunk) sheet.path([hip, around(hip, 1.5 * radius, base)], INK, thin);
  sheet.path(sheet.arc(hip, radius, base, thigh), TARGET, thin);
  const high = toTrunk ? moment.exercise.allowed?.[1] : null;
  if (high != null) {
    const asked = base + (Math.sign(thigh - base) * high * Math.PI) / 180;
    sheet.path([hip, around(hip, length, asked)], TARGET, thin, { dashed: true });
    if (value > high && moment.hold) sheet.arrow(knee, around(hip, length, asked), TARGET, sheet.line);
  }
  if (ankle && moment.at_fault.includes("knee_extension_deg")) {
    const straight = around(knee, distance(knee, ankle), turnOf(hip, knee));
    sheet.path([knee, straight], TARGET, thin, { dashed: true });
    if (moment.hold) sheet.arrow(ankle, straight, TARGET, sheet.line);
  }
  sheet.label(`${Math.round(value)}°`, along(hip, around(hip, radius + sheet.px(7), (base + thigh) / 2), 1), 5.2);
}

/** The same turn, less than half a turn away from `base`. */
function nearest(turn, base) {
  const off = (turn - base) % (2 * Math.PI);
  return base + (off > Math.PI ? off - 2 * Math.PI : off < -Math.PI ? off + 2 * Math.PI : off);
}
