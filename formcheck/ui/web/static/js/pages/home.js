// The first page: what there is to do here.

import { h, show, sign } from "../dom.js";
import { t } from "../i18n.js";
import { plain } from "../parts.js";

const CARDS = [["/live", "person", "live"], ["/videos", "film", "videos"], ["/history", "chart", "history"], ["/guide", "book", "guide"]];

export async function render(main) {
  show(main, h("div", { class: "page home" },
    h("div", { class: "hero" },
      h("div", null, h("h1", null, t("web.home.headline")), h("p", { class: "lead" }, t("web.home.lead")),
        h("div", { class: "row" },
          h("a", { class: "button primary large", href: "/live?plan=low-back" }, sign("play"), t("web.home.begin")),
          h("a", { class: "button large", href: "/guide" }, t("web.home.how")))),
      h("div", { class: "drawn" }, plain())),
    h("ul", { class: "cards four" }, CARDS.map(([to, picture, key]) => h("li", null,
      h("a", { class: "card", href: to }, sign(picture), h("h2", null, t(`web.${key}.title`)), h("p", null, t(`web.home.${key}`))))))));
}
