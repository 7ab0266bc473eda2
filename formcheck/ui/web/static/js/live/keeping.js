// What a tab remembers of its session, so that loading the page again goes on with it.

const NAME = "formcheck.live";
const KEPT_S = 60;
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(NAME);
const ANSWER_WITHIN_MS = 120;
let token = null;

// a tab that was duplicated has the same memory: the one that is at it answers
tabs?.addEventListener("message", ({ data }) => {
  if (data.asked && data.asked === token) tabs.postMessage({ mine: token });
});

/** Remember the session: `{token, began, exercise, plan, language, quick}`. */
export function keep(session) {
  token = session.token;
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ ...session, seen: Date.now() }));
  } catch {
    // a browser that keeps nothing: a reload begins anew
  }
}

export function forget() {
  token = null;
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // nothing was kept
  }
}

/** Stop answering for it: the page is left, and whoever comes back may go on. */
export function release() {
  token = null;
}

/** Return the session that this tab had, where it may still be open and no other tab is at it; else null. */
export async function kept() {
  let session = null;
  try {
    session = JSON.parse(sessionStorage.getItem(NAME));
  } catch {
    return null;
  }
  if (!session || Date.now() - session.seen > 1000 * KEPT_S) return null;
  return (await elsewhere(session.token)) ? null : session;
}

function elsewhere(asked) {
  if (!tabs) return false;
  return new Promise((resolve) => {
    const listen = ({ data }) => data.mine === asked && end(true);
    const end = (found) => { tabs.removeEventListener("message", listen); clearTimeout(late); resolve(found); };
    const late = setTimeout(() => end(false), ANSWER_WITHIN_MS);
    tabs.addEventListener("message", listen);
    tabs.postMessage({ asked });
  });
}
