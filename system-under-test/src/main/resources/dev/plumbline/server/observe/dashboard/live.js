// The way to the server: one stream of events, fetched with the token in a header, never in a URL.
const TOKEN = "plumbline-control-token";
const SILENCE_MS = 8000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;

const memory = new Map();
const store = {
  get(key) {
    try { return sessionStorage.getItem(key); } catch { return memory.get(key) ?? null; }
  },
  set(key, value) {
    try { sessionStorage.setItem(key, value); } catch { memory.set(key, value); }
  },
  drop(key) {
    memory.delete(key);
    try { sessionStorage.removeItem(key); } catch { /* kept nowhere */ }
  },
};

/** A token in the fragment is taken and removed from the address at once. */
function takeTokenFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    store.set(TOKEN, given);
    history.replaceState(null, "", location.pathname);
  }
}

class Refused extends Error {}

function authorized(signal) {
  return {headers: {Authorization: "Bearer " + (store.get(TOKEN) ?? "")}, cache: "no-store", signal};
}

async function read(section) {
  const answer = await fetch("/" + section, authorized());
  if (!answer.ok) throw new Error(section + ": " + answer.status);
  return answer.json();
}

class Live {
  /** told: {event(name, data), open(), lost(sinceMs, waitMs), refused()} */
  constructor(told) {
    this.told = told;
    this.wait = FIRST_WAIT_MS;
    this.seen = Date.now();
    this.wake = () => {};
  }

  async run() {
    for (;;) {
      try {
        await this.follow();
      } catch (failure) {
        if (failure instanceof Refused) {
          this.told.refused();
          return;
        }
      }
      const wait = this.wait * (0.5 + Math.random() / 2);
      this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
      await this.pause(wait);
    }
  }

  async pause(ms) {
    const end = Date.now() + ms;
    let woken = false;
    while (!woken && Date.now() < end) {
      this.told.lost(this.seen, end - Date.now());
      woken = await new Promise((done) => {
        this.wake = () => done(true);
        setTimeout(() => done(false), Math.min(1000, Math.max(0, end - Date.now())));
      });
    }
    this.told.lost(this.seen, 0);
  }

  retry() {
    this.wait = FIRST_WAIT_MS;
    this.wake();
  }

  async follow() {
    const abort = new AbortController();
    let watch = setTimeout(() => abort.abort(), SILENCE_MS);
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => abort.abort(), SILENCE_MS);
    };
    try {
      const answer = await fetch("/events", authorized(abort.signal));
      if (answer.status === 401 || answer.status === 403) throw new Refused();
      if (!answer.ok || !answer.body) throw new Error("events: " + answer.status);
      await this.events(answer.body.pipeThrough(new TextDecoderStream()).getReader(), alive);
    } finally {
      clearTimeout(watch);
      abort.abort();
    }
  }

  /** https://html.spec.whatwg.org/multipage/server-sent-events.html, parsing an event stream. */
  async events(reader, alive) {
    let rest = "";
    let name = "message";
    let data = [];
    for (;;) {
      const {done, value} = await reader.read();
      if (done) throw new Error("the stream ended");
      alive();
      const lines = (rest + value).split(/\r\n|\n|\r/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === "") {
          if (data.length) this.hear(name, data.join("\n"));
          name = "message";
          data = [];
        } else if (line.startsWith("event:")) {
          name = line.slice(6).trim();
        } else if (line.startsWith("data:")) {
          data.push(line.slice(5).replace(/^ /, ""));
        }
      }
    }
  }

  hear(name, data) {
    this.seen = Date.now();
    this.wait = FIRST_WAIT_MS;
    this.told.open();
    this.told.event(name, JSON.parse(data));
  }
}
