// What this browser remembers: taste, not health. A browser that keeps nothing works all the same.

const NAME = "formcheck";
const DEFAULTS = { language: (navigator.language ?? "en").startsWith("zh") ? "zh" : "en", muted: false, mirrored: true, rate: 1, camera: "", chosen: "" };

function read() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return { ...DEFAULTS };
  }
}

export const settings = read();

/** Change settings, and keep them. */
export function set(changes) {
  Object.assign(settings, changes);
  try {
    localStorage.setItem(NAME, JSON.stringify(settings));
  } catch {
    // private windows: remembered until the page is left
  }
}
