// Recorded videos: drop them, follow the queue, read the report.

import { exercises, health, removeVideo, upload, videoFile, videos } from "../api.js";
import { announce, h, show, sign } from "../dom.js";
import { number, span, t } from "../i18n.js";
import { confirmed, framed, loading, told, trouble } from "../parts.js";

const BUSY_MS = 700, IDLE_MS = 5000;
const SIGNS = { waiting: "wait", running: "play", done: "praise", failed: "correct", cancelled: "stop", uploading: "up" };
const MOVING = ["waiting", "running"];
let uploads = []; // they go on while another page is looked at
let sending = false;

export async function render(main) {
  show(main, h("div", { class: "page" }, h("h1", null, t("web.videos.title")), loading()));
  const [all, able] = await Promise.all([exercises(), health()]);
  const rows = new Map();
  const list = h("ul", { class: "rows queue" });
  const empty = h("p", { class: "soft" }, t("web.videos.none"));
  const said = h("div");
  const files = h("input", { type: "file", id: "files", multiple: true, accept: "video/*,.mkv,.gif", class: "unseen", onchange: () => { take([...files.files]); files.value = ""; } });
  const which = h("select", { id: "which" }, h("option", { value: "auto" }, t("web.live.auto")), all.map((each) => h("option", { value: each.key }, each.title)));
  const keep = h("input", { type: "checkbox", id: "keep" });
  const remember = h("input", { type: "checkbox", id: "remember" }); // off: a recording may be of anybody
  const drop = h("label", { class: "drop", for: "files", ondragover: over, ondragleave: () => drop.classList.remove("over"), ondrop: dropped },
    sign("film"), h("span", { class: "strong" }, t("web.videos.drop")), h("span", { class: "soft" }, t("web.videos.kinds")));
  let timer = null, left = false, current = [];

  function over(event) { event.preventDefault(); drop.classList.add("over"); }
  function dropped(event) {
    event.preventDefault();
    drop.classList.remove("over");
    take([...event.dataTransfer.files]);
  }
  function take(chosen) {
    uploads.push(...chosen.map((file) => ({ file, id: `up-${crypto.randomUUID()}`, name: file.name, state: "uploading", progress: 0, abort: new AbortController(), exercise: which.value, keep: keep.checked, remember: remember.checked })));
    draw();
    send();
  }
  async function send() {
    if (sending) return;
    sending = true;
    for (let next; (next = uploads.find((each) => each.state === "uploading")); ) {
      try {
        await upload(next.file, { exercise: next.exercise, keep: next.keep, remember: next.remember, signal: next.abort.signal, onProgress: (share) => { next.progress = share; draw(); } });
        uploads = uploads.filter((each) => each !== next);
      } catch (error) {
        if (error.key === "cancelled") uploads = uploads.filter((each) => each !== next);
        else Object.assign(next, { state: "failed", error });
      }
      await look();
    }
    sending = false;
  }
  async function look() {
    clearTimeout(timer);
    try {
      current = await videos();
      show(said);
    } catch (error) {
      show(said, trouble(error));
    }
    if (left) return;
    draw();
    timer = setTimeout(look, current.some((each) => MOVING.includes(each.state)) ? BUSY_MS : IDLE_MS);
  }
  function draw() {
    if (left) return;
    const wanted = [...uploads, ...current];
    empty.hidden = wanted.length > 0;
    for (const [id, row] of rows) if (!wanted.some((each) => each.id === id)) { row.element.remove(); rows.delete(id); }
    wanted.forEach((each, n) => {
      if (!rows.has(each.id)) rows.set(each.id, new Row(each, { cancel, changed: look }));
      const row = rows.get(each.id);
      row.update(each);
      if (list.children[n] !== row.element) list.insertBefore(row.element, list.children[n] ?? null);
    });
  }
  async function cancel(each) {
    if (each.abort) {
      each.abort.abort();
      if (each.state === "failed") uploads = uploads.filter((other) => other !== each);
      return draw();
    }
    if (each.state === "done" && !(await confirmed(t("web.videos.remove_sure", { name: each.name }), t("web.videos.remove")))) return;
    try {
      await removeVideo(each.id);
    } catch (error) {
      show(said, trouble(error));
    }
    await look();
  }

  show(main, h("div", { class: "page" },
    h("h1", null, t("web.videos.title")), h("p", { class: "lead" }, t("web.videos.lead")),
    files, drop,
    h("div", { class: "row options" },
      h("p", { class: "field" }, h("label", { for: "which" }, t("web.videos.which")), which),
      able.history ? h("p", { class: "field" }, h("label", null, remember, t("web.videos.remember"))) : null,
      h("p", { class: "field" }, h("label", null, keep, t("web.videos.keep")))),
    said, h("section", { "aria-labelledby": "queue" }, h("h2", { id: "queue" }, t("web.videos.queue")), empty, list)));
  await look();
  send();
  return () => { left = true; clearTimeout(timer); };
}

/** One video of the queue. Its elements stay while it changes, so that the focus and an open report do. */
class Row {
  #state = null;
  #bar = h("progress", { max: 1 });
  #told = h("p", { class: "soft told" });
  #which = h("span", { class: "state" });
  #buttons = h("div", { class: "row" });
  #open = h("div", { class: "opened" });

  constructor(video, { cancel }) {
    this.video = video;
    this.cancel = cancel;
    this.element = h("li", { class: "card video" }, h("div", { class: "row apart" }, h("h3", null, video.name), this.#which), this.#bar, this.#told, this.#buttons, this.#open);
    this.#bar.setAttribute("aria-label", video.name);
  }

  update(video) {
    this.video = video;
    const moving = ["uploading", ...MOVING].includes(video.state);
    this.#bar.hidden = !moving;
    if (moving) this.#bar.value = video.progress ?? 0;
    const told = this.#words(video);
    if (this.#told.textContent !== told) this.#told.textContent = told;
    if (this.#state === video.state) return;
    const was = this.#state;
    this.#state = video.state;
    this.element.dataset.state = video.state;
    show(this.#which, sign(SIGNS[video.state] ?? "wait"), t(`web.videos.${video.state}`));
    show(this.#buttons, this.#actions(video));
    if (was && !MOVING.includes(video.state)) announce(`${video.name}: ${t(`web.videos.${video.state}`)}`);
  }

  #words(video) {
    const percent = `${number(100 * (video.progress ?? 0))} %`;
    if (video.state === "uploading") return percent;
    if (video.state === "running") return video.remaining_s == null ? percent : `${percent} · ${t("web.videos.remaining", { time: span(video.remaining_s) })}`;
    return [video.summary, video.error && told(video.error).join(" ")].filter(Boolean).join(" ");
  }

  #actions(video) {
    const word = t(MOVING.includes(video.state) || video.state === "uploading" ? "web.videos.cancel" : "web.videos.remove");
    const remove = h("button", { class: "danger", onclick: () => this.cancel(this.video), "aria-label": `${word}: ${video.name}` }, word);
    if (video.state !== "done") return remove;
    const opener = (key, make) => h("button", { "aria-expanded": "false", onclick: (event) => this.#toggle(event.currentTarget, make) }, t(`web.videos.${key}`));
    return [
      opener("report", () => framed(videoFile(video.id, "report.html"), t("web.videos.report_of", { name: video.name }))),
      opener("film", () => h("video", { src: videoFile(video.id, "annotated.mp4"), controls: true, playsinline: true, class: "film", "aria-label": t("web.videos.film_of", { name: video.name }) })),
      h("a", { class: "button", href: videoFile(video.id, "report.json"), download: "" }, "JSON"), h("a", { class: "button", href: videoFile(video.id, "angles.csv"), download: "" }, "CSV"),
      video.session ? h("a", { class: "button", href: `/history?session=${video.session}` }, sign("chart"), t("web.videos.remembered")) : null,
      video.kept ? h("a", { class: "button", href: videoFile(video.id, "original"), download: "" }, t("web.videos.original")) : null, remove];
  }

  #toggle(button, make) {
    const open = button.getAttribute("aria-expanded") === "true";
    for (const other of this.#buttons.querySelectorAll("[aria-expanded]")) other.setAttribute("aria-expanded", "false");
    show(this.#open, open ? [] : make());
    button.setAttribute("aria-expanded", String(!open));
  }
}
