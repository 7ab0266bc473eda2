// Drawing over the video: positions are the judged picture's pixels, sizes are percent of the shown shorter edge.
// Every line has a dark halo, so that it shows on light and dark scenes.

// Okabe and Ito's colours, told apart with any colour vision; line style and signs say the same
export const RIGHT = "#56c8ff";
export const WRONG = "#ff8a3d";
export const TARGET = "#f0e442";
export const PRAISE = "#4fe0a6";
export const GREY = "#c8cdd7";
export const DIM = "#687286";
export const INK = "#ffffff";
const HALO = "#101218";
const LEAST_EDGE = 290;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const along = ([ax, ay], [bx, by], share) => [ax + (bx - ax) * share, ay + (by - ay) * share];
export const distance = ([ax, ay], [bx, by]) => Math.hypot(bx - ax, by - ay);
/** The point that far from `centre`, `turn` radians clockwise from straight up. */
export const around = ([x, y], radius, turn) => [x + radius * Math.sin(turn), y - radius * Math.cos(turn)];
/** The turn in which `b` lies from `a`. */
export const turnOf = ([ax, ay], [bx, by]) => Math.atan2(bx - ax, ay - by);

export class Sheet {
  /**
   * @param {HTMLCanvasElement} canvas as large as the shown picture
   * @param {[number, number]} size of the judged picture, pixels
   * @param {boolean} mirrored left and right exchanged
   */
  constructor(canvas, size, mirrored) {
    this.context = canvas.getContext("2d");
    this.width = canvas.width;
    this.height = canvas.height;
    this.scale = canvas.width / size[0];
    this.size = size;
    this.mirrored = mirrored;
    this.context.lineCap = this.context.lineJoin = "round";
  }

  clear() {
    this.context.clearRect(0, 0, this.width, this.height);
  }

  px(percent) {
    const edge = Math.min(this.width, this.height, 0.5625 * Math.max(this.width, this.height));
    // on a phone held upright the picture is small, and what is drawn must not be
    return (Math.max(edge, LEAST_EDGE * Math.min(2, devicePixelRatio || 1)) * percent) / 100;
  }

  get line() {
    return Math.max(2, this.px(1.1));
  }

  /** Where a point of the judged picture is on the canvas; null stays null. */
  at(point) {
    if (!point) return null;
    const x = this.mirrored ? this.size[0] - point[0] : point[0];
    return [x * this.scale, point[1] * this.scale];
  }

  path(points, colour, width, { dashed = false, halo = true } = {}) {
    const context = this.context;
    const trace = () => {
      context.beginPath();
      points.forEach(([x, y], n) => (n ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.stroke();
    };
    context.setLineDash(dashed ? [3.2 * width, 2.6 * width] : []);
    if (halo) {
      context.strokeStyle = HALO;
      context.lineWidth = width + Math.max(2, width);
      trace();
    }
    context.strokeStyle = colour;
    context.lineWidth = width;
    trace();
    context.setLineDash([]);
  }

  arc(centre, radius, from, to) {
    const n = Math.max(2, Math.round(Math.abs(to - from) / 0.06));
    return Array.from({ length: n + 1 }, (_, i) => around(centre, radius, from + ((to - from) * i) / n));
  }

  fill(points, colour) {
    const context = this.context;
    context.fillStyle = colour;
    context.beginPath();
    points.forEach(([x, y], n) => (n ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fill();
  }

  dot(point, colour, radius) {
    for (const [r, c] of [[radius * 1.35 + 1, HALO], [radius, colour]]) {
      this.context.fillStyle = c;
      this.context.beginPath();
      this.context.arc(point[0], point[1], r, 0, 2 * Math.PI);
      this.context.fill();
    }
  }

  cross([x, y], colour, radius, width) {
    for (const side of [1, -1]) this.path([[x - radius, y - side * radius], [x + radius, y + side * radius]], colour, width);
  }

  /** A filled arrow that points at `tip`: one shape, so that it stands out from dashes and lines. */
  arrow(tail, tip, colour, width) {
    const length = distance(tail, tip);
    if (length < 1) return;
    const [ux, uy] = [(tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length];
    const head = Math.min(3.2 * width, 0.7 * length);
    const outline = [
      [0, 0.5 * width], [length - head, 0.5 * width], [length - head, 0.6 * head + 0.3 * width], [length, 0],
      [length - head, -0.6 * head - 0.3 * width], [length - head, -0.5 * width], [0, -0.5 * width],
    ].map(([on, aside]) => [tail[0] + ux * on - uy * aside, tail[1] + uy * on + ux * aside]);
    this.path([...outline, outline[0]], HALO, Math.max(2, width / 2));
    this.fill(outline, colour);
  }

  panel(x, y, width, height) {
    this.context.fillStyle = "rgb(16 18 24 / 0.74)";
    this.context.beginPath();
    this.context.roundRect(x, y, width, height, this.px(2.5));
    this.context.fill();
  }

  text(words, [x, y], percent, { colour = INK, weight = 700, align = "center" } = {}) {
    const context = this.context;
    context.font = `${weight} ${this.px(percent)}px ${FONT}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillStyle = colour;
    context.fillText(words, x, y);
  }

  /** Words on a panel of their own, kept within the picture; `mark` is a check mark before them, `aside` how much of it lies left of x. */
  label(words, [x, y], percent, { mark = false, aside = 0.5 } = {}) {
    const size = this.px(percent);
    this.context.font = `700 ${size}px ${FONT}`;
    const room = this.context.measureText(words).width + (mark ? 1.5 * size : 0);
    const [width, height] = [room + size, 1.7 * size];
    const left = Math.min(Math.max(0, x - aside * width), this.width - width);
    const top = Math.min(Math.max(0, y - height / 2), this.height - height);
    this.panel(left, top, width, height);
    if (mark) this.check([left + 1.05 * size, top + height / 2], 0.55 * size);
    this.text(words, [left + width - size / 2, top + height / 2], percent, { align: "right" });
  }

  check([x, y], radius) {
    this.dot([x, y], PRAISE, radius);
    const mark = [[-0.45, 0.05], [-0.1, 0.4], [0.5, -0.35]].map(([dx, dy]) => [x + dx * radius, y + dy * radius]);
    this.path(mark, HALO, Math.max(1.5, radius / 4), { halo: false });
  }
}
