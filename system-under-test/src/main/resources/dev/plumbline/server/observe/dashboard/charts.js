"use strict";
// Elements, tooltips and three small kinds of picture. Text is set as text: nothing is ever parsed as HTML.
const SVG = "http://www.w3.org/2000/svg";

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  return dress(node, attributes, children);
}

function svg(name, attributes, ...children) {
  return dress(document.createElementNS(SVG, name), attributes, children);
}

function dress(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function text(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

function attr(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

// --- numbers -------------------------------------------------------------------------------------
const number = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
const precise = new Intl.NumberFormat("en", {maximumSignificantDigits: 3});

function count(value) {
  return value >= 1e6 ? precise.format(value / 1e6) + " M" : number.format(value);
}

function small(value) {
  return value >= 100 ? number.format(value) : precise.format(value);
}

function clock(at) {
  return new Date(at).toLocaleTimeString("en-GB");
}

function duration(ms) {
  if (ms === 0) return "0 s";
  if (ms < 1) return precise.format(ms * 1000) + " µs";
  if (ms < 1000) return small(ms) + " ms";
  const s = ms / 1000;
  if (s < 90) return small(s) + " s";
  if (s < 5400) return number.format(s / 60) + " min";
  return s < 129600 ? number.format(s / 3600) + " h" : number.format(s / 86400) + " d";
}

// --- explanations: on the mouse, on the keyboard, on a tap -------------------------------------------
const tip = document.getElementById("tip");
let tipFor = null;

function explain(node, words) {
  node.dataset.explain = words;
  if (!node.hasAttribute("tabindex")) node.tabIndex = 0;
  if (tipFor === node) text(tip, words);
}

function showTip(node, x, y) {
  tipFor = node;
  node.setAttribute("aria-describedby", "tip");
  tip.textContent = node.dataset.explain;
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(x - box.width / 2, innerWidth - box.width - 8)) + "px";
  tip.style.top = (y + box.height + 16 > innerHeight ? y - box.height - 12 : y + 12) + "px";
}

function hideTip() {
  if (tipFor) tipFor.removeAttribute("aria-describedby");
  tipFor = null;
  tip.hidden = true;
}

function explained(event) {
  return event.target instanceof Element ? event.target.closest("[data-explain]") : null;
}

document.addEventListener("pointermove", (event) => {
  const node = explained(event);
  if (node) showTip(node, event.clientX, event.clientY + 6);
  else if (tipFor && document.activeElement !== tipFor) hideTip();
});
document.addEventListener("focusin", (event) => {
  const node = explained(event);
  if (!node || !node.matches(":focus-visible")) return;
  const box = node.getBoundingClientRect();
  showTip(node, box.left + box.width / 2, Math.min(box.bottom, innerHeight - 80));
});
document.addEventListener("focusout", hideTip);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
addEventListener("scroll", hideTip, {passive: true});

// --- the last five minutes -----------------------------------------------------------------------
const KEPT = 300;

class Series {
  constructor() { this.points = []; }
  add(at, value) {
    this.points.push({at, value});
    if (this.points.length > KEPT) this.points.shift();
  }
  get last() { return this.points.length ? this.points[this.points.length - 1].value : 0; }
}

function path(points, x, y) {
  let d = "";
  let pen = "M";
  for (const point of points) {
    if (point.value === null) { pen = "M"; continue; }
    d += pen + x(point.at).toFixed(1) + " " + y(point.value).toFixed(1);
    pen = "L";
  }
  return d;
}

/** A line without axes; with a goal it is logarithmic and fixed, so that rows can be compared. */
class Spark {
  constructor(height, goal) {
    this.height = height;
    this.goal = goal;
    this.line = svg("path", {class: "series"});
    this.area = svg("path", {class: "area"});
    this.node = svg("svg", {viewBox: `0 0 ${KEPT} ${height}`, height, preserveAspectRatio: "none", "aria-hidden": "true"}, this.area, this.line);
    if (goal) {
      const at = this.log(goal);
      this.node.append(svg("line", {class: "goal", x1: 0, x2: KEPT, y1: at, y2: at}));
    }
  }
  log(value) {
    const span = Math.log10(1e6 / 10); // 10 µs to 1 s
    return this.height - 1 - (this.height - 2) * Math.min(1, Math.max(0, Math.log10(Math.max(value, 10) / 10) / span));
  }
  draw(series) {
    const points = series.points.map((point, index) => ({at: index + KEPT - series.points.length, value: point.value}));
    const top = Math.max(1e-9, ...points.map((point) => point.value || 0)) * 1.15;
    const y = this.goal ? (value) => this.log(value) : (value) => this.height - 1 - (value / top) * (this.height - 2);
    const d = path(points, (at) => at, y);
    attr(this.line, "d", d);
    const first = points.find((point) => point.value !== null);
    attr(this.area, "d", d && !this.goal && first ? `${d}L${KEPT - 1} ${this.height}L${first.at} ${this.height}Z` : "");
  }
}

/** Lines over time with a scale; the pointer, or the arrow keys, read a moment. */
class Chart {
  constructor(parent, lines, options) {
    this.lines = lines;
    this.options = options;
    this.height = 150;
    this.cursorAt = null;
    this.grid = svg("g");
    this.paths = lines.map((line) => svg("path", {class: "series " + line.style}));
    this.area = svg("path", {class: "area"});
    this.cursor = svg("line", {class: "cursor", y1: 0, y2: this.height, visibility: "hidden"});
    this.node = svg("svg", {height: this.height, tabindex: "0", role: "img", "aria-label": options.label}, this.grid, this.area, ...this.paths, this.cursor);
    parent.append(this.node);
    if (lines.length > 1) {
      parent.append(el("div", {class: "legend"}, ...lines.map((line) => el("span", {}, el("i", {class: line.style}), line.name))));
    }
    this.node.addEventListener("pointermove", (event) => this.point(event.offsetX - this.left));
    this.node.addEventListener("pointerleave", () => this.point(null));
    this.node.addEventListener("blur", () => this.point(null));
    this.node.addEventListener("keydown", (event) => this.key(event));
  }
  get left() { return 38; }
  get width() { return Math.max(80, this.node.clientWidth - this.left); }
  key(event) {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (!step) return;
    event.preventDefault();
    const pixels = this.width / (KEPT - 1);
    this.point(Math.min(this.width, Math.max(0, (this.cursorAt ?? this.width) + step * pixels * 5)));
    const box = this.node.getBoundingClientRect();
    if (this.node.dataset.explain) showTip(this.node, box.left + this.left + this.cursorAt, box.bottom - 20);
  }
  point(x) {
    this.cursorAt = x;
    this.read();
  }
  read() {
    const points = this.lines[0].series.points;
    const index = this.cursorAt === null ? -1 : Math.round((this.cursorAt / this.width) * (KEPT - 1)) - (KEPT - points.length);
    const there = index >= 0 && index < points.length;
    attr(this.cursor, "visibility", there ? "visible" : "hidden");
    if (!there) {
      this.node.dataset.explain = this.options.label;
      return;
    }
    attr(this.cursor, "x1", this.left + this.cursorAt);
    attr(this.cursor, "x2", this.left + this.cursorAt);
    const values = this.lines.map((line) => {
      const value = line.series.points[index]?.value;
      return `${line.name}: ${value === null || value === undefined ? "nothing to measure" : this.options.format(value)}`;
    });
    this.node.dataset.explain = [clock(points[index].at), ...values].join("\n");
    if (tipFor === this.node) tip.textContent = this.node.dataset.explain;
  }
  scale() {
    const values = this.lines.flatMap((line) => line.series.points.map((point) => point.value)).filter((value) => value !== null && value > 0);
    const most = values.length ? Math.max(...values) : 1;
    const inner = this.height - 18;
    if (this.options.log) {
      const low = Math.floor(Math.log10(values.length ? Math.max(0.01, Math.min(...values)) : 0.1));
      const high = Math.max(low + 1, Math.ceil(Math.log10(most)));
      const ticks = [];
      for (let power = low; power <= high; power++) ticks.push(10 ** power);
      return {ticks, y: (value) => 8 + inner * (1 - (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low))};
    }
    const step = 10 ** Math.floor(Math.log10(most)) * ([1, 2, 5].find((m) => (10 ** Math.floor(Math.log10(most)) * m * 4) >= most) || 5);
    const top = Math.max(step, Math.ceil(most / step) * step);
    const ticks = [];
    for (let value = 0; value <= top + step / 2; value += step) ticks.push(value);
    return {ticks, y: (value) => 8 + inner * (1 - value / top)};
  }
  draw() {
    if (!this.node.clientWidth) return;
    const {ticks, y} = this.scale();
    const right = this.left + this.width;
    this.grid.replaceChildren(...ticks.flatMap((value) => [
      svg("line", {class: "axis", x1: this.left, x2: right, y1: y(value), y2: y(value)}),
      svg("text", {class: "tick", x: this.left - 6, y: y(value) + 4, "text-anchor": "end"}, this.options.log && value < 1 ? String(value).replace(/^0/, "") : count(value)),
    ]));
    this.lines.forEach((line, index) => {
      const points = line.series.points.map((point, i) => ({at: i + KEPT - line.series.points.length, value: point.value}));
      const x = (at) => this.left + (at / (KEPT - 1)) * this.width;
      const d = path(points, x, y);
      attr(this.paths[index], "d", d);
      if (this.options.area && points.length) attr(this.area, "d", d ? `${d}L${right} ${y(0)}L${x(points[0].at)} ${y(0)}Z` : "");
    });
    this.read();
  }
}

/** One stem for each pause of the collector, newest on the right, on a square root scale. */
class Stems {
  constructor(parent) {
    this.height = 96;
    this.redraw = () => {};
    this.node = svg("svg", {height: this.height, tabindex: "0", role: "img", "aria-label": "Pauses of the collector"});
    parent.append(this.node);
  }
  draw(pauses, alert, breach) {
    this.redraw = () => this.draw(pauses, alert, breach);
    const width = this.node.clientWidth;
    if (!width) return;
    const most = Math.max(breach * 1.2, ...pauses.map((pause) => pause.ms));
    const y = (ms) => this.height - 4 - (this.height - 14) * Math.sqrt(ms / most);
    const gap = (width - 38) / 60;
    const parts = [["goal", alert], ["goal hard", breach]].flatMap(([style, ms]) => [
      svg("line", {class: style, x1: 38, x2: width, y1: y(ms), y2: y(ms)}),
      svg("text", {class: "tick", x: 32, y: y(ms) + 4, "text-anchor": "end"}, String(ms)),
    ]);
    parts.push(svg("line", {class: "axis", x1: 38, x2: width, y1: this.height - 4, y2: this.height - 4}));
    pauses.forEach((pause, index) => {
      const level = pause.ms > breach ? "critical" : pause.ms > alert ? "warning" : "calm";
      const stem = svg("rect", {class: "stem", "data-level": level, x: 38 + (60 - pauses.length + index) * gap, width: Math.max(2, gap * 0.6), y: y(pause.ms), height: Math.max(1, this.height - 4 - y(pause.ms)), rx: 1});
      stem.dataset.explain = `${clock(pause.at)}: ${duration(pause.ms)}\n${pause.name}`;
      parts.push(stem);
    });
    this.node.replaceChildren(...parts);
  }
}
