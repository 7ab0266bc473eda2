// Exercising in front of the camera: choose, do it, look back.

import { exercises, plans } from "../api.js";
import { h, show } from "../dom.js";
import { choose } from "../live/choose.js";
import { forget, kept } from "../live/keeping.js";
import { stage } from "../live/stage.js";
import { summary } from "../live/summary.js";
import { loading } from "../parts.js";
import { set } from "../settings.js";

export async function render(main, { query }) {
  show(main, h("div", { class: "page" }, loading()));
  const [all, open] = await Promise.all([exercises(), kept()]);
  let leave = null, gone = false;

  const chosen = async () => {
    leave?.();
    leave = null;
    const [programmes, still] = await Promise.all([plans(), kept()]);
    if (!gone) leave = choose(main, { exercises: all, plans: programmes, query, open: still, begin, refresh });
  };
  const refresh = (value) => {
    query = new URLSearchParams();
    set({ chosen: value });
    return chosen();
  };
  const begin = async (what) => {
    leave?.();
    leave = null;
    leave = await stage(main, { what, exercises: all, wanted: () => !gone, onOver: over, onLeave: chosen });
  };
  const over = (message) => {
    leave?.();
    leave = null;
    forget();
    summary(main, message, { exercises: all, again: chosen });
  };

  // a page that was loaded again in mid-set goes on by itself: who lies on the mat cannot press anything
  const again = performance.getEntriesByType("navigation")[0]?.type === "reload";
  if (open && again) await begin(open);
  else await chosen();
  return () => { gone = true; leave?.(); };
}
