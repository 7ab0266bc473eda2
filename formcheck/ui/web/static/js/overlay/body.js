// The body: what is right, and what is not. The side toward the camera, and the leg that works.

import { INK, RIGHT, WRONG } from "./sheet.js";

export const NOSE = 0, EAR = 7, SHOULDER = 11, ELBOW = 13, WRIST = 15, HIP = 23, KNEE = 25, ANKLE = 27, TOE = 31;
const STRETCHES = [
  ["arm", SHOULDER, ELBOW], ["arm", ELBOW, WRIST], ["head", EAR, SHOULDER], ["trunk", SHOULDER, HIP],
  ["thigh", HIP, KNEE], ["shin", KNEE, ANKLE], ["shin", ANKLE, TOE],
];

/** Return a part's place on the canvas: of the side toward the camera, of the working leg below the hip. */
export function part(sheet, moment, which) {
  if (which === NOSE) return sheet.at(moment.points[NOSE]);
  const near = moment.side === "right" ? 1 : 0;
  const of = which >= HIP && moment.works_far ? 1 - near : near;
  return sheet.at(moment.points[which + of]);
}

export function drawBody(sheet, moment) {
  const wrong = new Set(moment.certain ? moment.concerned ?? [] : []);
  const width = sheet.line;
  const at = (which) => part(sheet, moment, which);
  for (const [name, from, to] of [...STRETCHES, ["head", NOSE, EAR]]) {
    const [a, b] = [at(from), at(to)];
    if (!a || !b) continue;
    const bad = wrong.has(name);
    const thin = ["arm", "head"].includes(name) && !bad;
    sheet.path([a, b], bad ? WRONG : RIGHT, thin ? width / 2 : width, { dashed: bad });
  }
  for (const which of [SHOULDER, HIP, KNEE, ANKLE]) {
    const point = at(which);
    if (point) sheet.dot(point, INK, Math.max(2, 0.9 * width));
  }
  for (const [name, which] of [["head", EAR], ["shin", ANKLE]]) {
    const point = wrong.has(name) ? at(which) : null;
    if (point) sheet.cross(point, WRONG, 2 * width, width / 2);
  }
}
