// The frame round every page: languages, links between pages, and what is shown while something is missing.

import { Problem, health } from "./api.js";
import { announce, h, show, sign } from "./dom.js";
import { loadTexts, t } from "./i18n.js";
import { trouble } from "./parts.js";
import { set, settings } from "./settings.js";

const PAGES = {
  "/": ["web.home.title", () => import("./pages/home.js")],
  "/live": ["web.live.title", () => import("./pages/live.js")],
  "/videos": ["web.videos.title", () => import("./pages/videos.js")],
  "/history": ["web.history.title", () => import("./pages/history.js")],
  "/guide": ["web.guide.title", () => import("./pages/guide.js")],
};
const SIGNS = { "/live": "person", "/videos": "film", "/history": "chart", "/guide": "book" };
const NAMES = { en: "English", zh: "中文" };
const main = document.getElementById("main");
let leave = null;
let languages = ["en", "zh"];
let showing = 0;

/** Go to a page of this site. */
export function go(path) {
  if (path !== location.pathname + location.search) history.pushState(null, "", path);
  return open(true);
}

async function open(focus = false) {
  const mine = ++showing;
  leave?.();
  leave = null;
  const path = location.pathname in PAGES ? location.pathname : "/";
  const [title, load] = PAGES[path];
  frame(path);
  document.title = path === "/" ? "formcheck" : `${t(title)} – formcheck`;
  try {
    const page = await load();
    const left = await page.render(main, { go, query: new URLSearchParams(location.search) });
    if (mine === showing) leave = left ?? null;
    else left?.();
  } catch (error) {
    if (mine !== showing) return;
    show(main, h("div", { class: "page" }, h("h1", null, t(title)), trouble(error, () => open())));
    if (!(error instanceof Problem)) console.error(error);
  }
  if (focus && mine === showing) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
    announce(document.title);
  }
}

function frame(path) {
  document.getElementById("skip").textContent = t("web.skip");
  const links = Object.entries(PAGES).filter(([to]) => to !== "/").map(([to, [title]]) =>
    h("li", null, h("a", { href: to, "aria-current": to === path ? "page" : null }, sign(SIGNS[to]), h("span", null, t(title)))));
  const select = h("select", { "aria-label": t("web.language"), id: "language", onchange: change },
    languages.map((code) => h("option", { value: code, selected: code === settings.language, lang: code }, NAMES[code] ?? code)));
  show(document.getElementById("top"),
    h("a", { class: "brand", href: "/", "aria-current": path === "/" ? "page" : null }, h("img", { src: "/icon.svg", alt: "", width: "32", height: "32" }), h("span", null, "formcheck")),
    h("nav", { "aria-label": t("web.pages") }, h("ul", null, links)), select);
  show(document.getElementById("foot"), h("p", null, t("web.private")), h("p", null, t("guide.no_device")));
}

async function change(event) {
  set({ language: event.target.value });
  await loadTexts();
  await open();
  document.getElementById("language").focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target || link.download) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || !(to.pathname in PAGES)) return;
  if (to.hash && to.pathname === location.pathname) return;
  event.preventDefault();
  go(to.pathname + to.search + to.hash);
});
addEventListener("popstate", () => open(true));

async function begin() {
  try {
    languages = (await health()).languages;
    if (!languages.includes(settings.language)) set({ language: languages[0] });
    await loadTexts();
  } catch {
    // without texts there are no words but these
    show(main, h("div", { class: "page" }, h("h1", null, "formcheck"),
      h("p", { class: "notice", role: "alert" }, "The program does not answer. Is “formcheck serve” still running? Start it again, then load this page again. / 程序没有响应，请重新运行 formcheck serve，然后刷新本页。"),
      h("button", { class: "primary", onclick: () => location.reload() }, "Try again / 重试")));
    return;
  }
  await open();
}

begin();
