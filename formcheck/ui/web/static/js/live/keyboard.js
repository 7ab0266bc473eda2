// Keys, only while the stage has the focus: a single letter means nothing anywhere else on the page.

const KEYS = { " ": "pause", n: "next", x: "hurts", t: "numb", m: "mute", f: "full" };

/** Turn keys pressed on the stage into orders; returns how to stop. */
export function steer(element, orders) {
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    // space and enter press the button that has the focus
    if (key === " " && event.target.closest("button, a, summary")) return;
    if (orders.answer(key)) event.preventDefault();
    else if (key in KEYS) {
      event.preventDefault();
      orders[KEYS[key]]();
    }
  };
  element.addEventListener("keydown", press);
  return () => element.removeEventListener("keydown", press);
}
