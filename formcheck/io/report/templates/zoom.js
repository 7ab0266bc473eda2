"use strict";
// Zooms the time axis. Lines and bands are stretched, words and marks are moved, so that nothing is distorted.
for (const svg of document.querySelectorAll("svg[data-zoom]")) {
  const [left, right, begin, end] = svg.dataset.zoom.split(" ").map(Number), width = right - left, most = Math.max(1, (end - begin) / 2);
  const figure = svg.closest("figure"), times = svg.querySelector(".times"), tick = times.querySelector("text");
  let scale = 1, from = 0; // how much larger, and the share of the recording at the left edge
  const show = () => {
    scale = Math.min(Math.max(scale, 1), most);
    from = Math.min(Math.max(from, 0), 1 - 1 / scale);
    const place = x => left + (x - left - from * width) * scale;
    for (const part of svg.querySelectorAll(".stretched")) part.setAttribute("transform", `matrix(${scale} 0 0 1 ${place(0)} 0)`);
    for (const part of svg.querySelectorAll(".moved")) {
      const x = Number(part.dataset.x), to = place(x);
      part.setAttribute("transform", `translate(${to - x} 0)`);
      part.style.visibility = to < left - 1 || to > right + 1 ? "hidden" : "visible";
    }
    if (!tick) return;
    const shown = (end - begin) / scale, first = begin + from * (end - begin);
    const step = [0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800].find(s => shown / s <= 10) || 3600;
    times.replaceChildren();
    for (let n = Math.ceil(first / step - 1e-6); n * step <= first + shown + 1e-6; n++) {
      const word = tick.cloneNode(), last = (n + 1) * step > first + shown + 1e-6;
      word.setAttribute("x", left + width * (n * step - first) / shown);
      word.textContent = (step < 1 ? (n * step).toFixed(1) : n * step) + (last ? " s" : "");
      times.append(word);
    }
  };
  const zoom = (factor, at = 0.5) => { const middle = from + at / scale; scale = Math.min(Math.max(scale * factor, 1), most); from = middle - at / scale; show(); };
  const go = share => { from += share / scale; show(); };
  const deeds = { in: () => zoom(1.6), out: () => zoom(1 / 1.6), back: () => go(-0.3), on: () => go(0.3), all: () => { scale = 1; show(); } };
  figure.querySelector(".zoom").hidden = false;
  figure.querySelector(".zoom").addEventListener("click", event => deeds[event.target.dataset.do]?.());
  const keys = { "+": "in", "=": "in", "-": "out", "0": "all" };
  svg.parentNode.addEventListener("keydown", event => {
    const arrows = scale > 1 ? { ArrowLeft: "back", ArrowRight: "on" } : {}, deed = keys[event.key] || arrows[event.key];
    if (deed && !event.ctrlKey && !event.metaKey) { event.preventDefault(); deeds[deed](); }
  });
  const share = event => { const box = svg.getBoundingClientRect(); return ((event.clientX - box.left) / box.width * svg.viewBox.baseVal.width - left) / width; };
  svg.addEventListener("wheel", event => {
    if (!event.ctrlKey) return; // plain scrolling stays the page's
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, share(event));
  }, { passive: false });
  svg.addEventListener("dblclick", event => zoom(2, share(event)));
  let held = null;
  svg.addEventListener("pointerdown", event => { if (scale > 1 && event.pointerType === "mouse") { held = [share(event), from]; svg.setPointerCapture(event.pointerId); } });
  svg.addEventListener("pointermove", event => { if (held) { from = held[1] - (share(event) - held[0]) / scale; show(); } });
  for (const over of ["pointerup", "pointercancel"]) svg.addEventListener(over, () => { held = null; });
}
