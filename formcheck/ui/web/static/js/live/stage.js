// The stage: the video with what is drawn over it, what is read from the mat, and what can be pressed.

import { liveAddress } from "../api.js";
import { announce, h, show, sign } from "../dom.js";
import { t } from "../i18n.js";
import { paint } from "../overlay/paint.js";
import { told } from "../parts.js";
import { set, settings } from "../settings.js";
import { Desk } from "../voice/desk.js";
import { Awake, CameraProblem, closeCamera, openCamera } from "./camera.js";
import { Frames } from "./frames.js";
import { Hud } from "./hud.js";
import { keep, release } from "./keeping.js";
import { steer } from "./keyboard.js";
import { Asker } from "./question.js";
import { LiveSocket } from "./socket.js";
import { view } from "./view.js";

const REMEMBER_MS = 5000;

/** Open the camera and do `what` (`{exercise, plan}`, or a kept session); returns how to leave. */
export async function stage(main, { what, exercises, wanted, onOver, onLeave }) {
  const said = [];
  let notice = (...each) => said.push(each);
  const desk = new Desk((kind) => notice(t(`web.voice.${kind}`), kind === "blocked"), settings.muted);
  const opened = desk.open(settings.language, settings.rate); // while the press still counts
  show(main, h("div", { class: "page" }, h("h1", null, t("web.live.headline")), h("p", { class: "loading", role: "status" }, t("web.camera.opening"))));
  let stream;
  try {
    stream = await openCamera(settings.camera);
  } catch (error) {
    if (!(error instanceof CameraProblem)) throw error;
    desk.close();
    return wanted() ? cameraProblem(main, error.reason, { what, exercises, wanted, onOver, onLeave }) : () => {};
  }
  if (!wanted()) { // somebody went to another page while the browser asked
    closeCamera(stream);
    return () => {};
  }
  const session = { began: Date.now() / 1000, language: settings.language, quick: false, ...what };
  const awake = new Awake();
  const hud = new Hud(exercises);
  const asker = new Asker((question, value) => socket.answer(question, value));
  let last = null, left = false, paused = false, remembered = 0;

  const orders = {
    pause: () => order(paused ? "resume" : "pause"),
    next: () => order("next"), end: () => order("end"), hurts: () => order("hurts"), numb: () => order("numb"),
    mute: () => { set({ muted: !settings.muted }); desk.muted = settings.muted; shown.muted(settings.muted); },
    mirror: () => { set({ mirrored: !settings.mirrored }); shown.mirrored(settings.mirrored); draw(); },
    full: () => shown.full(),
    answer: (press) => {
      const option = last?.question?.options.find((each) => each.press?.toLowerCase() === press);
      if (option) socket.answer(last.question.key, option.value);
      return Boolean(option);
    },
  };
  const shown = view({ hud, asker, orders, programme: Boolean(session.plan) });
  show(main, shown.element);
  notice = shown.notice;
  said.forEach((each) => notice(...each));
  shown.video.srcObject = stream;
  shown.element.focus();
  shown.mirrored(settings.mirrored);
  shown.muted(settings.muted);

  const order = (name) => {
    socket.order(name);
    if (["hurts", "numb"].includes(name)) desk.hush();
  };
  const draw = () => {
    if (last === null || !shown.fit()) return;
    paint(shown.canvas, last, { mirrored: settings.mirrored, t });
  };
  const judged = (message) => {
    last = message;
    paused = last.stage === "paused";
    remember();
    message.notices?.forEach((text) => shown.notice(text, true));
    desk.take(last);
    hud.update(last);
    asker.update(last.question ?? null);
    shown.stage(last);
    draw();
    document.dispatchEvent(new CustomEvent("formcheck:painted", { detail: { t: last.t, now: frames.now(), took_ms: last.took_ms } }));
  };
  const remember = () => {
    if (performance.now() - remembered < REMEMBER_MS) return;
    remembered = performance.now();
    keep(session);
  };
  const say = (key) => desk.put([{ key, text: t(key), urgency: 1, fresh_s: 5 }]);
  const socket = new LiveSocket(liveAddress(),
    { exercise: session.exercise, plan: session.plan, language: session.language, quick: session.quick, rate: settings.rate, first: session.first ?? null, again: session.again ?? false },
    {
      started: (message) => { session.token = message.token; keep(session); shown.line(null); },
      moment: judged,
      over: (message) => { desk.put(message.says ?? []); end(); onOver(message); },
      error: (message) => failed(message),
      line: (state) => {
        shown.line(state === "back" ? null : t(`web.line.${state}`));
        say(`web.line.${state}`);
        if (state === "back") announce(t("web.line.back"));
      },
    }, session.token ?? null);
  const frames = new Frames(shown.video, session.began, () => socket.free, (at, jpeg, ahead) => socket.frame(at, jpeg, ahead));
  const keys = steer(shown.element, orders);
  const resized = new ResizeObserver(draw);
  resized.observe(shown.video);

  const failed = (message) => {
    if (message.key === "frame_broken") return; // the next one may be better
    const lost = message.key === "session_lost";
    shown.notice(told(message).join(" "), !lost);
    if (lost) say("web.line.anew");
  };
  const unplugged = async () => {
    if (left) return;
    hud.tell(t("web.camera.lost")); // the server notices that no picture comes, and says so
    while (!left) {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      try {
        stream = await openCamera(settings.camera);
      } catch {
        continue;
      }
      if (left) return closeCamera(stream);
      watch();
      shown.video.srcObject = stream;
      await shown.video.play().catch(() => {});
      return;
    }
  };
  const watch = () => stream.getVideoTracks().forEach((track) => track.addEventListener("ended", unplugged, { once: true }));

  const end = () => {
    if (left) return;
    left = true;
    frames.stop();
    socket.close();
    keys();
    resized.disconnect();
    awake.release();
    closeCamera(stream);
    shown.close();
    desk.close();
    release();
  };
  shown.onLeave(() => { desk.hush(); end(); onLeave(); });
  watch();
  awake.hold();
  await shown.video.play().catch(() => {});
  socket.connect();
  frames.start();
  opened.catch(() => {});
  return () => { if (!left) desk.hush(); end(); };
}

/** Say why there is no picture, and how to get one. */
function cameraProblem(main, reason, again) {
  let leave = null;
  const retry = async () => { leave = await stage(main, again); };
  show(main, h("div", { class: "page" }, h("h1", null, t("web.camera.none_open")),
    h("div", { class: "notice wrong", role: "alert" }, sign("lost"), h("div", null,
      h("p", { class: "strong" }, t(`web.camera.${reason}`)), h("p", null, t(`web.camera.${reason}_remedy`)))),
    h("div", { class: "row" }, h("button", { class: "primary", onclick: retry }, t("web.again")),
      h("button", { onclick: again.onLeave }, t("web.back")))));
  return () => leave?.();
}
