// What the page shows of a snapshot. Every number says where it comes from when it is pointed at.
const $ = (id) => document.getElementById(id);

const ROLES = {
  connection: "Connections open, over every wire that is listened on.",
  session: "Sessions alive.",
  sse_stream: "Event streams and subscriptions open.",
  task_worker: "Tasks that work.",
  task_kept: "Tasks remembered: working, or kept for their results.",
  tool_executor: "Tool calls running.",
  transport: "Requests in flight over all connections.",
  default: "What has no role of its own.",
};

/** Children of a parent by key: made once, changed in place, taken away when their key is gone. */
class Keyed {
  constructor(parent, make) {
    this.parent = parent;
    this.make = make;
    this.known = new Map();
  }
  show(items, key, fill) {
    const left = new Set(this.known.keys());
    items.forEach((item, index) => {
      const id = key(item);
      left.delete(id);
      let part = this.known.get(id);
      if (!part) {
        part = this.make(item);
        this.known.set(id, part);
      }
      if (this.parent.children[index] !== part.node) this.parent.insertBefore(part.node, this.parent.children[index] ?? null);
      fill(part, item);
    });
    for (const id of left) {
      this.known.get(id).node.remove();
      this.known.delete(id);
    }
  }
}

// --- key figures -----------------------------------------------------------------------------------
class Figure {
  constructor(name, unit) {
    this.series = new Series();
    this.spark = new Spark(26);
    this.value = el("span", {}, "–");
    this.unit = el("small", {}, unit);
    this.note = el("div", {class: "note"});
    this.node = el("div", {class: "figure"}, el("div", {class: "name"}, name), el("div", {class: "value"}, this.value, this.unit), this.note, this.spark.node);
    $("figures").append(this.node);
  }
  show(at, value, shown, note, words, level) {
    this.series.add(at, value);
    this.spark.draw(this.series);
    text(this.value, shown);
    text(this.note, note);
    attr(this.node, "data-level", level ?? null);
    explain(this.node, words);
  }
}

const figures = {
  sessions: new Figure("Sessions", ""),
  connections: new Figure("Connections", ""),
  rate: new Figure("Messages", "a second"),
  latency: new Figure("Request p99", ""),
  memory: new Figure("Memory", "%"),
  files: new Figure("Descriptors", "%"),
};
const rate = new Series();
const p50 = new Series();
const p95 = new Series();
const p99 = new Series();
const rateChart = new Chart($("rate-chart"), [{name: "messages a second", style: "", series: rate}], {label: "Messages received a second over the last five minutes. Arrow keys read a moment.", format: (v) => small(v), area: true});
const latencyChart = new Chart($("latency-chart"), [{name: "p50", style: "", series: p50}, {name: "p95", style: "b", series: p95}, {name: "p99", style: "c", series: p99}], {label: "Latency of requests over the last five minutes. Arrow keys read a moment.", format: duration, log: true});
const stems = new Stems($("gc-chart"));

function worst(levels) {
  return levels.includes("critical") ? "critical" : levels.includes("warning") ? "warning" : null;
}

function markLevel(percent, marks) {
  return percent >= marks[1] ? "critical" : percent >= marks[0] ? "warning" : null;
}

function showFigures(at, s) {
  const status = s.status ?? {};
  const sessions = status.sessions ?? {count: 0, active: 0};
  figures.sessions.show(at, sessions.count, count(sessions.count), `${count(sessions.active)} active`, `Sessions of the handshake era. ${sessions.count} live, ${sessions.active} of them finished their handshake and are in use.`);
  const connections = status.connections ?? {count: 0, servers: {}};
  const servers = Object.entries(connections.servers ?? {});
  figures.connections.show(at, connections.count, count(connections.count), servers.filter(([, n]) => n > 0).map(([name, n]) => `${name} ${count(n)}`).join(" · "), "Connections open, by the wire they came in on.\n" + servers.map(([name, n]) => `${name}: ${n}`).join("\n"));
  const traffic = s.traffic ?? {requests: {}, latency_ms: {count: 0}};
  const perSecond = status.throughput_msg_per_s ?? traffic.msg_per_s ?? 0;
  const outcomes = Object.entries(traffic.requests ?? {}).map(([name, n]) => `${name.replace("_", " ")}: ${count(n)}`);
  const refused = traffic.requests?.refused ?? 0;
  figures.rate.show(at, perSecond, small(perSecond), refused ? `${count(refused)} refused so far` : `${count(traffic.messages ?? 0)} so far`, `JSON-RPC messages received a second, over five seconds.\nRequests since the start: ${outcomes.join(", ")}.`);
  const latency = traffic.latency_ms;
  const measured = latency.count > 0;
  figures.latency.show(at, measured ? latency.p99 : null, measured ? duration(latency.p99) : "–", measured ? `p50 ${duration(latency.p50)}` : "no request lately", measured ? `From the arrival of a request to its answer, ${latency.count} requests of the last ${latency.window_s} seconds.\np50 ${duration(latency.p50)}, p95 ${duration(latency.p95)}, p99 ${duration(latency.p99)}, longest ${duration(latency.max)}.` : "No request in the last seconds: nothing to measure.");
  rate.add(at, perSecond);
  p50.add(at, measured ? latency.p50 : null);
  p95.add(at, measured ? latency.p95 : null);
  p99.add(at, measured ? latency.p99 : null);
  rateChart.draw();
  latencyChart.draw();
}

// --- bars -------------------------------------------------------------------------------------------
function barParts(marks) {
  const fill = el("span", {class: "fill"});
  const peak = el("span", {class: "peak", hidden: ""});
  const lines = marks.map((at) => {
    const line = el("span", {class: "limit"});
    line.style.left = at + "%";
    return line;
  });
  const bar = el("div", {class: "bar", role: "meter", "aria-valuemin": 0, "aria-valuemax": 100}, fill, ...lines, peak);
  const role = el("span", {class: "role"});
  const depth = el("span", {class: "depth"});
  const more = el("span", {class: "more"});
  return {bar, fill, peak, role, depth, more, lines, node: el("div", {class: "queue"}, role, bar, depth, more)};
}

/** Lines of a bar are where the settings of now have them. */
function moveLines(lines, marks) {
  lines.forEach((line, index) => { line.style.left = marks[index] + "%"; });
}

function fillBar(part, name, percent, level, value, cap, more, words) {
  text(part.role, name);
  part.fill.style.width = Math.min(100, percent) + "%";
  attr(part.bar, "data-level", level);
  attr(part.bar, "aria-label", name);
  attr(part.bar, "aria-valuenow", Math.round(percent));
  attr(part.bar, "aria-valuetext", `${value} of ${cap}`);
  part.depth.replaceChildren(value, " ", el("span", {}, "of " + cap));
  text(part.more, more);
  explain(part.node, words);
}

const MARKS = [80, 90, 100];
const queues = new Keyed($("queues"), () => barParts(MARKS));
const scale = MARKS.map(() => el("span", {}));
$("queues").before(el("div", {class: "queue", "aria-hidden": "true"}, el("span"), el("div", {class: "bar scale"}, ...scale)));

const QUEUE = {clear: null, warning: "warning", critical: "critical", full: "critical"};

/** As the server judged it when it looked, or as full as it is now, whichever is worse. */
function queueLevel(queue, watched, marks) {
  return worst([watched ? QUEUE[queue.status] : null, markLevel(queue.utilization, marks)]);
}

function showQueues(s) {
  const all = s.queues?.queues ?? [];
  const marks = s.queues?.marks ?? MARKS;
  const watched = s.queues?.watched ?? true;
  scale.forEach((label, index) => {
    text(label, marks[index] + (index === marks.length - 1 ? " %" : ""));
    label.style.left = marks[index] + "%";
  });
  text($("queues-note"), "held of the cap, by role · " + (watched ? `alert at ${marks[0]} %, degraded at ${marks[1]} %, breaker at ${marks[2]} %` : "the monitor is switched off"));
  queues.show(all, (queue) => queue.role, (part, queue) => {
    const percent = queue.utilization;
    const top = queue.limit ? Math.min(100, (queue.max * 100) / queue.limit) : 0;
    moveLines(part.lines, marks);
    part.peak.hidden = !queue.max;
    part.peak.style.left = `calc(${top}% - 1px)`;
    const refused = queue.rejected ? `${count(queue.rejected)} refused` : "";
    fillBar(part, queue.role, percent, queueLevel(queue, watched, marks), count(queue.depth), count(queue.limit), refused || `peak ${count(queue.max)}`,
      `${ROLES[queue.role] ?? "A role of its own."}\n${count(queue.depth)} of ${count(queue.limit)} are held (${small(percent)} %), at most ${count(queue.max)} ever; ${count(queue.rejected)} refused.` +
      (queue.oldest_message_age_ms === undefined ? "" : `\nThe oldest is ${duration(queue.oldest_message_age_ms)} old.`) +
      (watched ? `\nAt ${marks[0]} % an alert, at ${marks[1]} % the server is degraded, at ${marks[2]} % the breaker of the role opens.` : "\nThe monitor is switched off: there are no alerts."));
  });
}

const resources = new Keyed($("resources"), (item) => barParts(item.marks));

function showResources(at, s) {
  const r = s.resources;
  if (!r) return;
  const memory = r.memory;
  const memoryLevel = markLevel(memory.percent, memory.marks);
  const live = memory.live_mb > 0;
  const memoryWords = `${small(memory.percent)} % of the heap ${live ? "was in use after the last collection" : "is in use, garbage included"}.\nHeap ${small(memory.heap_mb)} of ${small(memory.max_mb)} MB, the whole process ${small(memory.rss_mb)} MB.\nAlert at ${memory.marks[0]} %, degraded at ${memory.marks[1]} %, critical at ${memory.marks[2]} %.`;
  figures.memory.show(at, memory.percent, small(memory.percent), `${small(memory.rss_mb)} MB resident`, memoryWords, memoryLevel);
  const files = r.files;
  const filesLevel = markLevel(files.percent, files.marks);
  const filesWords = `${count(files.open)} of ${count(files.max)} file descriptors are in use.\nAlert at ${files.marks[0]} %; from ${files.marks[1]} % on new connections are refused${files.takes_connections ? "" : ", as they are now"}.`;
  figures.files.show(at, files.percent, small(files.percent), `${count(files.open)} open`, filesWords, filesLevel);
  resources.show([
    {name: "heap", percent: memory.percent, level: memoryLevel, value: small(live ? memory.live_mb : memory.heap_mb), cap: small(memory.max_mb) + " MB", marks: memory.marks, words: memoryWords},
    {name: "descriptors", percent: files.percent, level: filesLevel, value: count(files.open), cap: count(files.max), marks: files.marks, words: filesWords},
  ], (item) => item.name, (part, item) => fillBar(part, item.name, item.percent, item.level, item.value, item.cap, "", item.words));
  text($("process"), `${small(memory.rss_mb)} MB resident · ${small(memory.heap_mb)} MB of heap with garbage · ${count(r.threads)} platform threads`);
  const gc = r.gc;
  stems.draw(gc.last ?? [], gc.alert_ms, gc.breach_ms);
  text($("gc-note"), `ms · alert beyond ${gc.alert_ms}, breach beyond ${gc.breach_ms}`);
  text($("gc-text"), gc.observed ? `${count(gc.pauses)} pauses, p50 ${duration(gc.p50_ms)}, p99 ${duration(gc.p99_ms)}, longest ${duration(gc.max_ms)}; ${count(gc.alerts)} beyond ${gc.alert_ms} ms, ${count(gc.breaches)} beyond ${gc.breach_ms} ms` : `Pauses are not observed: ${gc.reason}.`);
}

// --- control plane ------------------------------------------------------------------------------------
const control = new Keyed($("control").tBodies[0], (type) => {
  const series = new Series();
  const spark = new Spark(24, type.objective_us);
  const cells = Array.from({length: 6}, () => el("td", {class: "n"}));
  const name = el("th", {scope: "row"});
  const trend = el("td", {class: "trend"}, spark.node);
  return {series, spark, cells, name, trend, node: el("tr", {}, name, ...cells.slice(0, 4), trend, ...cells.slice(4))};
});

function showControl(at, s) {
  control.show(s.control?.by_type ?? [], (type) => type.type, (part, type) => {
    const lately = type.dispatch_last_minute ?? type.dispatch;
    const measured = lately.count > 0;
    part.series.add(at, measured ? lately.p99_us : null);
    part.spark.draw(part.series);
    text(part.name, type.type.replaceAll("_", " "));
    const values = [lately.p50_us, lately.p95_us, lately.p99_us];
    values.forEach((value, index) => {
      text(part.cells[index], measured ? duration(value / 1000) : "–");
      attr(part.cells[index], "data-level", measured && value > type.objective_us ? "critical" : null);
    });
    text(part.cells[3], duration(type.objective_us / 1000));
    text(part.cells[4], count(type.delivered));
    text(part.cells[5], count(type.slo_violations));
    attr(part.cells[5], "data-level", type.slo_violations ? "warning" : null);
    const words = measured ? `${count(lately.count)} in the last minute.` : "None in the last minute.";
    explain(part.trend, `${type.type.replaceAll("_", " ")}: p99 of the time from the lane to the handler, from 10 µs to 1 s; the dashed line is the objective, ${duration(type.objective_us / 1000)}. ${words}`);
    explain(part.cells[5], `${count(type.slo_violations)} of ${count(type.delivered)} came later than ${duration(type.objective_us / 1000)}; ${count(type.refused)} were refused, ${count(type.waiting)} wait.`);
  });
}

// --- chips --------------------------------------------------------------------------------------------
function chip() {
  const name = el("span", {class: "name"});
  const state = el("span", {class: "state"});
  return {name, state, node: el("li", {class: "chip"}, name, state)};
}

function fillChip(part, name, state, level, words) {
  text(part.name, name);
  text(part.state, state);
  attr(part.node, "data-level", level);
  explain(part.node, words);
}

const breakers = new Keyed($("breakers"), chip);
const BREAKER = {closed: null, half_open: "warning", open: "critical", forced_open: "critical"};

function showBreakers(s) {
  const all = s.breakers?.breakers ?? [];
  breakers.show(all, (breaker) => breaker.name, (part, breaker) =>
    fillChip(part, breaker.name, breaker.state.replace("_", " ") + (breaker.opened ? ` · opened ${count(breaker.opened)}×` : ""), BREAKER[breaker.state] ?? null,
      `${breaker.name} is ${breaker.state.replace("_", " ")}: ${count(breaker.failure_count)} failures in its window, opened ${count(breaker.opened)} times, ${count(breaker.refused)} calls refused.` +
      (breaker.last_failure_time ? `\nLast failure ${clock(breaker.last_failure_time)}.` : "")));
}

const domains = new Keyed($("domains"), chip);
const DOMAIN = {running: null, draining: "warning", restarting: "warning", starting: "warning"};

function showDomains(s) {
  domains.show(s.domains ?? [], (domain) => domain.bulkhead_id, (part, domain) => {
    const level = domain.state in DOMAIN ? DOMAIN[domain.state] : "critical";
    const state = domain.state.replaceAll("_", " ");
    const restarts = domain.restart_count ? ` · ${count(domain.restart_count)} restart${domain.restart_count > 1 ? "s" : ""}` : "";
    fillChip(part, domain.bulkhead_id, state + (restarts || ` · ${count(domain.active)} at work`), level,
      `${domain.bulkhead_id} is ${state}: ${count(domain.active)} of ${count(domain.max)} requests at work, at most ${count(domain.peak)} ever, ${count(domain.rejected)} refused; ${count(domain.active_connections)}${domain.max_connections === null ? "" : ` of at most ${count(domain.max_connections)}`} connections.` +
      `\n${count(domain.crashes)} crashes, ${count(domain.restart_count)} restarts` + (domain.restart_count ? `, the last in ${duration(domain.last_restart_ms)} after ${domain.last_cause}.` : "."));
  });
}

// --- what needs attention -------------------------------------------------------------------------------
const conditions = new Keyed($("conditions"), () => {
  const mark = el("span", {class: "mark"});
  const words = el("span");
  return {mark, words, node: el("li", {}, mark, words)};
});
let saidBefore = "";

function attention(s) {
  const found = [];
  const covered = new Set();
  for (const check of (s.status?.last_checks ?? []).filter((one) => one.status !== "healthy")) {
    covered.add(check.component);
    found.push({key: check.component, severity: check.status === "critical" ? "critical" : "warning", words: `${check.component}: ${check.reason}`});
  }
  for (const queue of s.queues?.queues ?? []) {
    const level = queueLevel(queue, s.queues.watched ?? true, s.queues.marks ?? MARKS);
    if (level && !covered.has("queue:" + queue.role)) {
      found.push({key: "queue " + queue.role, severity: level, words: `queue ${queue.role}: ${count(queue.depth)} of ${count(queue.limit)} are held, ${small(queue.utilization)} %`});
    }
  }
  for (const breaker of s.breakers?.breakers ?? []) {
    if (breaker.state !== "closed") {
      found.push({key: "breaker " + breaker.name, severity: BREAKER[breaker.state] ?? "warning", words: `breaker ${breaker.name} is ${breaker.state.replace("_", " ")}`});
    }
  }
  const resource = s.resources;
  if (resource && resource.memory.level !== "normal" && !covered.has("memory")) found.push({key: "memory", severity: "warning", words: `memory: ${small(resource.memory.percent)} % of the heap is in use`});
  if (resource && resource.files.level !== "normal" && !covered.has("files")) found.push({key: "files", severity: "warning", words: `descriptors: ${small(resource.files.percent)} % are in use`});
  return found.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === "critical" ? -1 : 1));
}

function showHealth(s) {
  const level = s.status?.status ?? "unknown";
  text($("health"), level);
  attr($("health"), "data-level", level);
  const found = attention(s);
  explain($("health"), found.length ? found.map((one) => one.words).join("\n") : "The worst report of all parts of the server counts; every part is well.");
  const shown = found.length ? found : [{key: "none", severity: "calm", words: "Nothing needs attention."}];
  conditions.show(shown, (one) => one.key, (part, one) => {
    attr(part.node, "data-severity", one.severity);
    text(part.mark, one.severity === "calm" ? "well" : one.severity);
    text(part.words, one.words);
  });
  const keys = shown.map((one) => one.severity + one.key).join();
  if (keys !== saidBefore) {
    text($("say"), `Server ${level}. ` + shown.map((one) => one.words).join(". "));
    saidBefore = keys;
  }
  document.title = (found.length ? `(${found.length}) ` : "") + `${level} · Plumbline`;
}

function showServer(s) {
  const server = s.server;
  if (server) text($("server"), `${server.name} ${server.version} · ${server.state} · up ${duration(server.uptime_s * 1000)}`);
}

// --- notices and sessions -------------------------------------------------------------------------------
const MAX_NOTICES = 100;

function notice(one) {
  const at = el("time", {datetime: one.at}, clock(one.at));
  const item = el("li", {"data-severity": one.severity}, at, el("span", {class: "mark"}, one.severity), el("span", {}, one.subject || one.source), el("span", {}, one.text));
  const facts = Object.entries(one.facts ?? {}).map(([key, value]) => `${key}: ${value}`);
  explain(item, [one.source, ...facts].join("\n"));
  return item;
}

function addNotice(one) {
  const list = $("notices");
  list.querySelector(".empty")?.remove();
  list.prepend(notice(one));
  while (list.children.length > MAX_NOTICES) list.lastElementChild.remove();
}

/** The stream tells the newest of the past first, oldest first. */
function forgetNotices() {
  $("notices").replaceChildren(el("li", {class: "empty"}, "Nothing has happened yet."));
}

const sessions = new Keyed($("sessions").tBodies[0], () => {
  const cells = Array.from({length: 7}, (_, index) => el("td", {class: index > 2 ? "n" : index === 0 ? "id" : ""}));
  return {cells, node: el("tr", {}, ...cells)};
});

function showSessions(answer) {
  const all = answer.sessions ?? [];
  $("sessions").hidden = !all.length;
  $("sessions-none").hidden = all.length > 0;
  text($("sessions-note"), answer.count > all.length ? `the ${all.length} used last of ${count(answer.count)}; names are digests of their ids` : "names are digests of their ids");
  sessions.show(all, (one) => one.session, (part, one) => {
    const now = Date.now();
    [one.session, one.state, one.revision, count(one.message_count), count(one.error_count), duration(Math.max(0, now - Date.parse(one.created_at))), duration(Math.max(0, now - Date.parse(one.last_activity)))].forEach((value, index) => text(part.cells[index], value));
    attr(part.cells[4], "data-level", one.error_count ? "warning" : null);
  });
}

// --- the page -------------------------------------------------------------------------------------------
function guarded(show) {
  try { show(); } catch (failure) { console.error(failure); }
}

function snapshot(data) {
  const at = Date.parse(data.at);
  const s = data.sections;
  for (const show of [() => showServer(s), () => showFigures(at, s), () => showResources(at, s), () => showQueues(s), () => showControl(at, s), () => showBreakers(s), () => showDomains(s), () => showHealth(s)]) guarded(show);
  text($("stamp"), `as of ${clock(at)}`);
}

let slow = 0;

async function lookAround() {
  clearTimeout(slow);
  try {
    showSessions(await read("sessions"));
  } catch { /* the stream says when the server is away */ }
  slow = setTimeout(lookAround, document.hidden ? 30000 : 5000);
}

let linked = false;

const live = new Live({
  event(name, data) {
    if (name === "snapshot") snapshot(data);
    else if (name === "notice") addNotice(data);
  },
  open() {
    if (linked) return;
    linked = true;
    $("door").hidden = true;
    $("main").hidden = false;
    $("lost").hidden = true;
    $("main").removeAttribute("data-old");
    attr($("link"), "data-state", "live");
    text($("link-text"), "live");
    forgetNotices();
    lookAround();
  },
  lost(since, wait) {
    linked = false;
    clearTimeout(slow);
    attr($("link"), "data-state", "lost");
    text($("link-text"), "lost");
    $("main").setAttribute("data-old", "");
    $("lost").hidden = false;
    const seconds = Math.ceil(wait / 1000);
    text($("lost-text"), `Connection lost ${duration(Math.round((Date.now() - since) / 1000) * 1000)} ago: what you see is old. ${seconds ? `Trying again in ${seconds} s.` : "Trying again…"}`);
  },
  refused() {
    store.drop(TOKEN);
    openDoor("The server does not know this token.");
  },
});

function openDoor(why) {
  $("main").hidden = true;
  $("lost").hidden = true;
  attr($("link"), "data-state", "wait");
  text($("link-text"), "not connected");
  $("door").hidden = false;
  text($("door-wrong"), why);
  $("token").focus();
}

$("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  store.set(TOKEN, $("token").value.trim());
  $("token").value = "";
  text($("door-wrong"), "");
  live.run();
});
$("retry").addEventListener("click", () => live.retry());
addEventListener("online", () => live.retry());
addEventListener("resize", () => { rateChart.draw(); latencyChart.draw(); stems.redraw(); });

const THEMES = ["auto", "light", "dark"];
const WORDS = {auto: "as the system has them", light: "light", dark: "dark"};
function theme(name) {
  attr(document.documentElement, "data-theme", name === "auto" ? null : name);
  text($("theme"), name);
  attr($("theme"), "aria-label", "Colours: " + WORDS[name]);
  store.set("plumbline-theme", name);
}
$("theme").addEventListener("click", () => theme(THEMES[(THEMES.indexOf($("theme").textContent) + 1) % THEMES.length]));

theme(THEMES.includes(store.get("plumbline-theme")) ? store.get("plumbline-theme") : "auto");
takeTokenFromAddress();
if (store.get(TOKEN)) live.run();
else openDoor("");
