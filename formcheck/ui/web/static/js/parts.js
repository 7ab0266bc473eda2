// Small pieces that several pages share.

import { h, s, drawing, sign } from "./dom.js";
import { t } from "./i18n.js";

/** What went wrong, and what to do: in the person's language where there are words for it, else as the server says. */
export function told({ key = "unknown", message = "", text = message, remedy = "", values = {} }) {
  return [t(`web.trouble.${key}`, values, text || t("web.trouble.unknown")), t(`web.remedy.${key}`, values, remedy)];
}

/** The same as a notice, with a way to try again. */
export function trouble(error, again = null) {
  const [text, remedy] = told(error.key ? error : {});
  return h("div", { class: "notice wrong", role: "alert" }, sign("correct"), h("div", null,
    h("p", { class: "strong" }, text), remedy ? h("p", null, remedy) : null,
    again ? h("button", { onclick: again }, t("web.again")) : null));
}

/** The drawing of an exercise that the server has made, or a plain one. */
export function picture(exercise, which = -1) {
  const made = exercise.drawings?.length ? drawing(exercise.drawings.at(which)) : null;
  if (made) {
    // beside the exercise's name it says nothing more
    made.setAttribute("aria-hidden", "true");
    made.removeAttribute("aria-labelledby");
    made.querySelector("title")?.remove();
  }
  return h("div", { class: "drawn" }, made ?? plain());
}

/** Somebody on a mat, for whatever has no drawing. */
export function plain() {
  return s("svg", { viewBox: "0 0 240 120", "aria-hidden": "true" },
    s("path", { d: "M10 98H230", class: "mat" }),
    s("path", { d: "M72 84L128 86", class: "arm" }), s("path", { d: "M66 78L124 52L172 40L182 88L194 88", class: "limb" }), s("circle", { cx: 46, cy: 80, r: 13, class: "head" }));
}

/** A page that the server has made, in a frame: it may run its own script and reach nothing else. */
export function framed(address, title) {
  return h("div", { class: "framed" },
    h("iframe", { src: address, title, sandbox: "allow-scripts", loading: "lazy" }),
    h("p", null, h("a", { href: address, target: "_blank", rel: "noopener" }, t("web.own_tab"))));
}

/** Ask before something cannot be undone; resolves to whether it was confirmed. */
export function confirmed(question, action) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "ask-first", "aria-labelledby": "ask-first" },
      h("h2", { id: "ask-first" }, question),
      h("form", { method: "dialog", class: "row" },
        h("button", { value: "", autofocus: true }, t("web.cancel")), h("button", { value: "yes", class: "danger" }, action)));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue === "yes"); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export const loading = () => h("p", { class: "loading", role: "status" }, t("web.loading"));
