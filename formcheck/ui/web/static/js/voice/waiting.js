// What waits to be spoken: the most urgent first, among equals the one that came first, none that has become stale.
// The rules are those of the program's own desk. It knows no clock: it is told the time, in seconds.

export const URGENCY = { safety: 0, stage: 1, count: 2, cue: 3, breath: 4, praise: 5 };

/** Return an urgency as its rank, however it is told. */
export function rank(urgency) {
  return typeof urgency === "number" ? urgency : URGENCY[String(urgency).toLowerCase()] ?? URGENCY.cue;
}

export class Waiting {
  #lines = [];

  get length() {
    return this.#lines.length;
  }

  /** Let lines of one moment wait; older ones with the same key go, for only the newer are still true. */
  put(lines, now) {
    const keys = new Set(lines.map((line) => line.key));
    this.#lines = this.#lines.filter((each) => !keys.has(each.line.key));
    this.#lines.push(...lines.map((line) => ({ line, since: now })));
  }

  /** Return the line to be spoken now, or null; what is no longer worth it is dropped. */
  take(now) {
    this.#lines = this.#lines.filter((each) => now - each.since <= each.line.fresh_s);
    if (!this.#lines.length) return null;
    const first = this.#lines.reduce((a, b) => (rank(b.line.urgency) < rank(a.line.urgency) ? b : a));
    this.#lines.splice(this.#lines.indexOf(first), 1);
    return first.line;
  }

  clear() {
    this.#lines = [];
  }
}

/** Whether a new line may cut off the one that is spoken: only safety may, and not other safety. */
export function cutsOff(line, spoken) {
  return rank(line.urgency) === URGENCY.safety && rank(spoken.urgency) !== URGENCY.safety;
}
