// Elements made in one call, so that nothing is ever put together as markup from strings.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string" && !(element instanceof SVGElement)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Return a new HTML element: its attributes (`onclick` and the like are listeners), then its children. */
export function h(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function s(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

const SIGNS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
  next: "M5 5v14l9-7zM15.5 5H19v14h-3.5z",
  stop: "M6 6h12v12H6z",
  full: "M4 4h6v2.4H6.4V10H4zM14 4h6v6h-2.4V6.400H14zM4 14h2.400v3.600H10V20H4zM17.600 14H20v6h-6v-2.400h3.600z",
  sound: "M4 9.500h3.500L12 5.500v13l-4.500-4H4zM14.500 8.200a5 5 0 0 1 0 7.600l-1.200-1.500a3 3 0 0 0 0-4.600zM16.900 5.300a9 9 0 0 1 0 13.400l-1.300-1.500a7 7 0 0 0 0-10.400z",
  muted: "M4 9.500h3.500L12 5.500v13l-4.500-4H4zM14 9.400l1.400-1.400 2.100 2.100 2.100-2.100L21 9.400l-2.100 2.100L21 13.600 19.600 15l-2.100-2.100-2.100 2.100-1.400-1.400 2.100-2.100z",
  mirror: "M11 3h2v18h-2zM9 7v10l-6-5zM15 7v10l6-5z",
  correct: "M12 2.500L1.800 20.800h20.400zM11 9h2v6h-2zM11 16.600h2v2h-2z",
  praise: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM10.600 16.600l-4.200-4.200 1.500-1.500 2.700 2.700 5.600-5.600 1.500 1.500z",
  lost: "M12 6c5 0 8.600 3.700 10 6-.5.900-1.500 2.200-2.900 3.300L17 13.200a5 5 0 0 0-6.200-6.200L10 6.200C10.600 6.100 11.300 6 12 6zM3.300 2L22 20.700 20.600 22l-3.700-3.700A11 11 0 0 1 12 18c-5 0-8.600-3.700-10-6 .7-1.200 2-2.900 4-4.200L2 3.400z",
  wait: "M5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM12 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM19 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  pain: "M13.500 2L4 13.500h6L8.500 22 19 9.500h-6.500z",
  numb: "M3 7c3-3 6 3 9 0s6 3 9 0v3c-3 3-6-3-9 0s-6-3-9 0zM3 14c3-3 6 3 9 0s6 3 9 0v3c-3 3-6-3-9 0s-6-3-9 0z",
  up: "M12 4l8 9h-5v7H9v-7H4z",
  down: "M12 20l-8-9h5V4h6v7h5z",
  level: "M3 8h18v3H3zM3 13h18v3H3z",
  film: "M3 5h18v14H3zM5 7v2h2V7zM5 11v2h2v-2zM5 15v2h2v-2zM17 7v2h2V7zM17 11v2h2v-2zM17 15v2h2v-2zM9 7v10h6V7z",
  chart: "M3 19h18v2H3zM4 14l5-5 4 3 6-7 1.600 1.400L13.200 15 9.200 12l-3.700 3.500z",
  book: "M4 4h7a2 2 0 0 1 1 .3A2 2 0 0 1 13 4h7v15h-7l-1 1-1-1H4zM6 6v11h5V6zM13 6v11h5V6z",
  person: "M4 17h16v2.500H4zM5.500 10.500a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM8 14.500l6.500-5 3.500 5.500h-2.500l-1.600-2.400-3.400 2.600z",
  flag: "M5 3h2v18H5zM8.500 4L20 8.500 8.500 13z",
};

/** Return a sign: a shape that says what kind of thing this is without its colour. */
export function sign(name, label) {
  const named = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return s("svg", { viewBox: "0 0 24 24", class: `sign sign-${name}`, ...named }, s("path", { d: SIGNS[name], "fill-rule": "evenodd" }));
}

/** Show these children and no others. */
export function show(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Set a text only where it differs: a screen reader speaks what is set. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Tell a screen reader something, at the next pause or (`urgent`) at once. */
export function announce(text, urgent = false) {
  const region = document.getElementById(urgent ? "assertive" : "polite");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

/** Return a drawing that the server has made, as an element: parsed apart, nothing in it is run. */
export function drawing(text) {
  const parsed = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
  if (!parsed || parsed.querySelector("script, foreignObject")) return null;
  return document.importNode(parsed, true);
}
