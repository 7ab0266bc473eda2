// The server's JSON API. Every failure becomes a Problem with words for the person and what to do.

import { settings } from "./settings.js";

const ROOT = "/api/v1";

/** Something that did not work: `message` says what, `remedy` what to do next. */
export class Problem extends Error {
  constructor(key, text, remedy = "", values = {}) {
    super(text);
    this.key = key;
    this.remedy = remedy;
    this.values = values;
  }
}

/** Return the problem that an answer tells of. */
export function problem(status, body) {
  const told = body?.error;
  if (told?.text) return new Problem(told.key ?? `status_${status}`, told.text, told.remedy ?? "", told.values ?? {});
  return new Problem(`status_${status}`, `formcheck ${status}`);
}

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(ROOT + path, { cache: "no-store", ...options });
  } catch {
    throw new Problem("unreachable", "", "");
  }
  const body = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw problem(answer.status, body);
  return body;
}

const language = () => encodeURIComponent(settings.language);

export const health = () => call("/health");
export const texts = (code) => call(`/texts?language=${encodeURIComponent(code)}`);
export const exercises = () => call(`/exercises?language=${language()}`);
export const plans = () => call(`/plans?language=${language()}`);
export const addPlan = (file) => call(`/plans?name=${encodeURIComponent(file.name)}&language=${language()}`, { method: "POST", body: file });
export const removePlan = (key) => call(`/plans/${encodeURIComponent(key)}`, { method: "DELETE" });
export const videos = () => call(`/videos?language=${language()}`);
export const removeVideo = (id) => call(`/videos/${encodeURIComponent(id)}`, { method: "DELETE" });
export const videoFile = (id, name) => `${ROOT}/videos/${encodeURIComponent(id)}/${name}`;
export const sessions = () => call(`/history/sessions?language=${language()}`);
export const session = (id) => call(`/history/sessions/${encodeURIComponent(id)}?language=${language()}`);
export const removeSession = (id) => call(`/history/sessions/${encodeURIComponent(id)}`, { method: "DELETE" });
export const sessionReport = (id) => `${ROOT}/history/sessions/${encodeURIComponent(id)}/report`;
export const trends = () => call(`/history/trends?language=${language()}`);
export const exported = (format) => `${ROOT}/history/export?format=${format}`;
export const liveAddress = () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${ROOT}/live`;

/** Send a video; `onProgress` gets the share that has gone, 0..1; abort it by the signal. Resolves to its id. */
export function upload(file, { exercise, keep, remember, signal, onProgress }) {
  const query = new URLSearchParams({ name: file.name, exercise, modified: new Date(file.lastModified).toISOString() });
  if (keep) query.set("keep", "1");
  if (remember) query.set("remember", "1");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (key) => reject(new Problem(key, ""));
    request.open("POST", `${ROOT}/videos?${query}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve(request.response.id) : reject(problem(request.status, request.response)));
    request.onerror = () => fail("unreachable");
    request.onabort = () => fail("cancelled");
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
