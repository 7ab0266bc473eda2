// What the stage is made of.

import { h, show, sign, write } from "../dom.js";
import { t } from "../i18n.js";

/** Return the stage's elements, and how they are changed. */
export function view({ hud, asker, orders, programme }) {
  const video = h("video", { playsinline: true, autoplay: true, "aria-hidden": "true" });
  video.muted = true;
  const canvas = h("canvas", { "aria-hidden": "true" });
  const line = h("div", { class: "line-state", role: "status", hidden: true }, sign("lost"), h("span"));
  const notice = h("div", { class: "notice", role: "status", hidden: true });
  const button = (name, picture, extra = {}) => h("button", { type: "button", onclick: orders[name], id: `do-${name}`, ...extra }, sign(picture), h("span", null, t(`web.do.${name}`)));
  const pause = button("pause", "pause");
  const mute = button("mute", "sound", { "aria-pressed": "false" });
  const mirror = button("mirror", "mirror", { "aria-pressed": "false" });
  const leave = h("button", { type: "button", id: "leave" }, t("web.do.leave"));
  const picture = h("div", { class: "picture" }, video, canvas, hud.big);
  const screen = h("div", { class: "screen" }, picture, hud.counter, hud.said, line, asker.element);
  const element = h("section", { class: "stage", tabindex: "-1", "aria-label": t("web.live.stage") },
    h("h1", { class: "unseen" }, t("web.live.stage")),
    screen,
    notice,
    h("div", { class: "controls", role: "toolbar", "aria-label": t("web.live.controls") },
      h("div", { class: "group" }, pause, programme ? button("next", "next") : null, button("end", "flag")),
      h("div", { class: "group" }, button("hurts", "pain", { class: "stop" }), button("numb", "numb", { class: "stop" })),
      h("div", { class: "group quiet" }, mute, mirror, button("full", "full"), leave)),
    h("p", { class: "keys soft" }, t("web.live.keys")));
  let paused = null;
  let ratio = "";

  return {
    element, video, canvas,
    /** Make the canvas as large as the shown picture; false while there is none. */
    fit() {
      if (!video.videoWidth) return false;
      const wanted = `${video.videoWidth} / ${video.videoHeight}`;
      if (ratio !== wanted) screen.style.setProperty("--ratio", ratio = wanted);
      const dense = Math.min(2, devicePixelRatio || 1);
      const [width, height] = [video.clientWidth, video.clientHeight].map((edge) => Math.round(edge * dense));
      if (!width || !height) return false;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      return true;
    },
    stage(moment) {
      element.dataset.stage = moment.stage;
      element.classList.toggle("asking", Boolean(moment.question));
      if (paused === (moment.stage === "paused")) return;
      paused = moment.stage === "paused";
      show(pause, sign(paused ? "play" : "pause"), h("span", null, t(paused ? "web.do.resume" : "web.do.pause")));
    },
    mirrored(on) {
      picture.classList.toggle("mirrored", on);
      mirror.setAttribute("aria-pressed", String(on));
    },
    muted(on) {
      mute.setAttribute("aria-pressed", String(on));
      mute.replaceChild(sign(on ? "muted" : "sound"), mute.firstChild);
    },
    line(text) {
      line.hidden = !text;
      write(line.lastChild, text ?? "");
    },
    notice(text, stays) {
      notice.hidden = false;
      show(notice, sign("wait"), h("p", null, text), h("button", { type: "button", onclick: () => { notice.hidden = true; element.focus(); } }, t("web.close")));
      if (!stays) setTimeout(() => { notice.hidden = true; }, 12000);
    },
    async full() {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await element.requestFullscreen?.().catch(() => {});
    },
    onLeave(handler) {
      leave.addEventListener("click", handler);
    },
    close() {
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
      video.srcObject = null;
    },
  };
}
