// Every word comes from the server's catalogues, the same that are spoken.

import { texts } from "./api.js";
import { settings } from "./settings.js";

let words = {};

/** Load the texts of the language that is set; without an answer the old ones stay. */
export async function loadTexts() {
  words = await texts(settings.language);
  document.documentElement.lang = { zh: "zh-Hans" }[settings.language] ?? settings.language;
}

/** Return the text under a key, its {places} filled; `fallback` where there is none. */
export function t(key, values = {}, fallback = key) {
  const found = words[key];
  if (typeof found !== "string") return fallback;
  return found.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** Return the texts under a key that has several. */
export function lines(key) {
  return Array.isArray(words[key]) ? words[key] : [];
}

/** Return all keys that begin so, in order. */
export function keys(start) {
  return Object.keys(words).filter((key) => key.startsWith(start));
}

export function capital(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : "";
}

/** The person's own variety of the language, for dates and numbers. */
const locale = () => navigator.languages?.find((each) => each.startsWith(settings.language)) ?? settings.language;

export function number(value, digits = 0) {
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

export function day(when, options = { dateStyle: "medium" }) {
  return new Intl.DateTimeFormat(locale(), options).format(new Date(when));
}

/** Return a time span in words, as exact as it is worth. */
export function span(seconds) {
  if (seconds < 60) return t("web.seconds", { n: number(Math.max(1, Math.round(seconds))) });
  return t("web.minutes", { n: number(Math.round(seconds / 60)) });
}
