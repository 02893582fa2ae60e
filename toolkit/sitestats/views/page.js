"use strict";
// The page of a site's visits: figures by day, kind of visitor, source, country and device lie in the element `data`;
// choices add up those that fit. All text is set as text (textContent): nothing from a log can become anything else.
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const numbers = new Intl.NumberFormat(data.lang);
const DAY = 86400000;
const PATHS = ["pages", "entry_pages", "exit_pages", "files", "not_found"];
const WHO = {all: null, human: ["human"], programs: ["search", "bot"], ai: ["ai"], uncertain: ["uncertain"]};
const PROGRAMS = ["search", "ai", "bot"];

// ---- elements: names and attributes are ours, text is text

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function draw(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function say(code, values = {}) {
  return (words[code] ?? code).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const count = (n) => numbers.format(n);
const percent = (part, whole) => (whole ? `${numbers.format(Math.round((100 * part) / whole))}\u00a0%` : "–");

// A share with one decimal below ten.
function share(part, whole) {
  const digits = part && 10 * part < whole ? 1 : 0;
  return `${new Intl.NumberFormat(data.lang, {maximumFractionDigits: digits}).format((100 * part) / whole)}\u00a0%`;
}

function bytes(size) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  while (size >= 1000 && unit < 4) [size, unit] = [size / 1000, unit + 1];
  const digits = unit && size < 100 ? 1 : 0;
  return `${new Intl.NumberFormat(data.lang, {maximumFractionDigits: digits}).format(size)} ${units[unit]}`;
}

function duration(seconds) {
  const whole = Math.round(seconds);
  return whole < 60 ? say("seconds", {n: whole}) : say("minutes", {n: count(Math.floor(whole / 60)), s: whole % 60});
}

const ordinal = (day) => Date.parse(`${day}T00:00:00Z`) / DAY;
const iso = (place) => new Date(place * DAY).toISOString().slice(0, 10);
const shown = (day, long) => {
  const [year, month, date] = day.split("-");
  return long ? `${date}/${month}/${year}` : `${date}/${month}`;
};
const monthShown = (day) => `${day.slice(5, 7)}/${day.slice(0, 4)}`;

// ---- figures

// Each cube's rows, once unpacked: the place of the key, the places of the dimensions, the values.
for (const panel of Object.values(data.panels)) {
  for (const cube of panel.cubes) {
    const sizes = cube.dimensions.map((name) => data.labels[name].length);
    const wide = panel.values.length + (cube.dimensions.includes("source") ? 2 : 1);
    cube.unpacked = [];
    cube.rows.forEach((packed, key) => {
      let cell = 0;
      for (let at = 0; at < packed.length; at += wide + 1) {
        cell += packed[at];
        let rest = cell;
        const places = [];
        for (let dim = sizes.length - 1; dim >= 0; dim--) {
          places[dim] = rest % sizes[dim];
          rest = Math.floor(rest / sizes[dim]);
        }
        cube.unpacked.push([key, places, packed.slice(at + 1, at + 1 + wide)]);
      }
    });
    delete cube.rows;
  }
}

const whole = {from: data.from, to: data.to, who: "all", source: -1, country: -1, device: -1, words: ""};
let chosen = {...whole};

// Which places of each dimension are looked at; a dimension without a choice isn't named.
function looked(period) {
  const found = {};
  if (period.from > data.first || period.to < data.last) {
    found.day = data.labels.day.map((day) => day >= period.from && day <= period.to);
    found.month = data.labels.month.map((day) => day >= period.from.slice(0, 8) && day <= period.to);
  }
  if (WHO[chosen.who]) found.who = data.labels.who.map((who) => WHO[chosen.who].includes(who));
  for (const name of ["source", "country", "device"]) {
    if (chosen[name] >= 0) found[name] = data.labels[name].map((_, place) => place === chosen[name]);
  }
  return found;
}

const time = (name) => name === "day" || name === "month";

// The values of a panel by its key (or by a dimension) for what is chosen: visitors last. null: can't be split so.
function figures(name, by = "key", period = chosen) {
  const panel = data.panels[name];
  const filter = looked(period);
  const needed = Object.keys(filter).filter((dim) => dim !== "month");
  const fits = (dim, cube) => (dim === "day" ? cube.dimensions.some(time) : cube.dimensions.includes(dim));
  const usable = panel.cubes.filter((cube) => needed.every((dim) => fits(dim, cube)));
  const cube = by === "time"
    ? usable.find((one) => one.dimensions.includes("day")) ?? usable.find((one) => one.dimensions.includes("month"))
    : usable.find((one) => by === "key" || one.dimensions.includes(by));
  if (!cube) return null;
  const tests = cube.dimensions.map((dim) => filter[dim] ?? null);
  const group = by === "time" ? cube.dimensions.findIndex(time) : cube.dimensions.indexOf(by);
  const many = panel.values.length;
  // somebody who came from two sources is one visitor of all of them together, and one of each
  const visitors = filter.source || !cube.dimensions.includes("source") ? many : many + 1;
  const found = new Map();
  for (const [key, places, values] of cube.unpacked) {
    if (tests.some((test, dim) => test && !test[places[dim]])) continue;
    const at = by === "key" ? key : places[group];
    let sums = found.get(at);
    if (!sums) found.set(at, (sums = new Array(many + 1).fill(0)));
    for (let value = 0; value < many; value++) sums[value] += values[value];
    sums[many] += values[visitors];
  }
  found.step = by === "time" ? cube.dimensions[group] : "";
  return found;
}

function totals(period = chosen) {
  const all = figures("all", "key", period);
  const visits = figures("visits", "key", period);
  if (!all || !visits) return null;
  const [hits, pages, size, visitors] = all.get(0) ?? [0, 0, 0, 0];
  const [sessions, bounced, read, seconds] = visits.get(0) ?? [0, 0, 0, 0];
  return {hits, pages, size, visitors, sessions, bounced, read, seconds};
}

// As many days (or months) again before the chosen ones; null where the page doesn't hold them.
function before() {
  if (data.step === "day") {
    const wide = ordinal(chosen.to) - ordinal(chosen.from) + 1;
    const period = {from: iso(ordinal(chosen.from) - wide), to: iso(ordinal(chosen.from) - 1)};
    return period.from >= data.first ? period : null;
  }
  const at = (day) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1;
  const day = (place) => `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, "0")}-01`;
  const wide = at(chosen.to) - at(chosen.from) + 1;
  const from = day(at(chosen.from) - wide);
  return from >= data.first ? {from, to: iso(ordinal(day(at(chosen.from))) - 1)} : null;
}

// ---- names

const countries = (() => {
  try {
    return new Intl.DisplayNames([data.lang], {type: "region"});
  } catch {
    return null;
  }
})();

function country(code) {
  if (code === " ") return say("other_countries");
  if (!code) return say("unknown");
  try {
    return countries?.of(code) ?? code;
  } catch {
    return code;
  }
}

const NAMES = {
  who: (label) => say(`who_${label}`),
  source: (label, place) => (label === " " ? say("other_sources") : data.sourceNames[place] || say("medium_direct")),
  country,
  device: (label) => say(`device_${label}`),
};
const named = (dim, place) => NAMES[dim](data.labels[dim][place], place);

// ---- controls

function option(value, text, selected) {
  return make("option", {value, selected}, text);
}

function labelled(text, control) {
  return make("label", {}, make("span", {}, text), control);
}

// The places of a dimension that there is anything of.
function present(name) {
  const used = new Set();
  for (const cube of data.panels.all.cubes) {
    const dim = cube.dimensions.indexOf(name);
    if (dim >= 0) for (const [, places] of cube.unpacked) used.add(places[dim]);
  }
  return [...used].sort((a, b) => a - b);
}

function selecting(name, text) {
  const places = present(name);
  const control = make(
    "select", {name, on: {change: () => choose({[name]: Number(control.value)})}},
    option(-1, say("all")), ...places.map((place) => option(place, named(name, place))),
  );
  return labelled(text, control);
}

function periods() {
  if (data.step === "day") {
    const day = (name, text) => {
      const control = make("input", {
        type: "date", name, min: data.first, max: data.last, value: chosen[name], required: true,
        on: {change: () => control.validity.valid && choose({[name]: control.value})},
      });
      return labelled(text, control);
    };
    return [day("from", say("from")), day("to", say("to"))];
  }
  const end = (day) => {
    const next = new Date(`${day}T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1);
    return iso(next / DAY - 1);
  };
  const month = (name, text, value) => {
    const control = make(
      "select", {name, on: {change: () => choose({[name]: control.value})}},
      ...data.labels.month.map((day) => option(value(day), monthShown(day), value(day) === chosen[name])),
    );
    return labelled(text, control);
  };
  return [month("from", say("from"), (day) => day), month("to", say("to"), end)];
}

function whoever() {
  const there = present("who").map((place) => data.labels.who[place]);
  const buttons = Object.keys(WHO).map((who) => {
    const control = make("input", {
      type: "radio", name: "who", value: who, checked: who === chosen.who,
      disabled: Boolean(WHO[who]) && !WHO[who].some((one) => there.includes(one)), on: {change: () => choose({who})},
    });
    return make("label", {}, control, make("span", {}, say(`choice_${who}`)));
  });
  return make("fieldset", {class: "whoever"}, make("legend", {}, say("whose")), ...buttons);
}

const search = make("input", {
  type: "search", name: "words", autocomplete: "off", spellcheck: "false", "aria-describedby": "search-note",
  on: {input: () => choose({words: search.value})},
});

const form = make("form", {class: "choose", "aria-label": say("choose"), on: {submit: (event) => event.preventDefault()}});
const summary = make("p", {class: "summary", "aria-live": "polite"});
const cards = make("dl", {class: "cards"});
const remark = make("div", {});
const body = make("div", {class: "panels"});

function controls() {
  form.replaceChildren(
    whoever(),
    make("div", {class: "row"}, ...periods(), selecting("source", say("source")), selecting("country", say("country")),
      selecting("device", say("device")), labelled(say("search"), search)),
    make("p", {class: "note", id: "search-note"}, say("search_note")),
    make("button", {type: "button", class: "more", on: {click: () => reset()}}, say("reset")),
  );
}

function choose(change) {
  chosen = {...chosen, ...change};
  if (chosen.from > chosen.to) {
    if ("from" in change) chosen.to = data.step === "day" ? chosen.from : data.to;
    else chosen.from = data.step === "day" ? chosen.to : data.from;
  }
  for (const control of form.elements) {
    if (control.type === "radio") control.checked = control.value === chosen.who;
    else if (control.name in chosen && control !== document.activeElement) control.value = chosen[control.name];
  }
  show();
}

function reset() {
  chosen = {...whole};
  controls();
  search.value = "";
  show();
}

// ---- the parts of the page

function sentence() {
  const dated = (day) => (data.step === "day" ? shown(day, true) : monthShown(day));
  const ends = [...new Set([dated(chosen.from), dated(chosen.to)])];
  const span = ends.join(" – ");
  const parts = [span, say(`choice_${chosen.who}`)];
  for (const name of ["source", "country", "device"]) {
    if (chosen[name] >= 0) parts.push(`${say(name)}: ${named(name, chosen[name])}`);
  }
  return parts.join(" · ");
}

function showCards() {
  const now = totals();
  remark.replaceChildren(...(now ? [] : [cannot()]));
  if (!now) {
    cards.replaceChildren();
    return;
  }
  const period = before();
  const then = period && totals(period);
  const card = (code, value, of, note = "") => {
    const earlier = then && of ? say("before", {n: of(then)}) : "";
    const beside = [note, earlier].filter(Boolean).join(" · ");
    return make("div", {}, make("dt", {}, say(`card_${code}`)), make("dd", {class: "value"}, value),
      beside ? make("dd", {class: "note"}, beside) : null);
  };
  const stay = (one) => (one.sessions ? duration(one.seconds / one.sessions) : "–");
  cards.replaceChildren(
    card("visitors", count(now.visitors), (one) => count(one.visitors)),
    card("sessions", count(now.sessions), (one) => count(one.sessions)),
    card("pages", count(now.pages), (one) => count(one.pages)),
    card("stay", stay(now), stay),
    card("bounced", percent(now.bounced, now.read), (one) => percent(one.bounced, one.read)),
    card("hits", count(now.hits), (one) => count(one.hits), bytes(now.size)),
  );
}

function section(code, ...children) {
  const id = `part-live-${code}`;
  return make("section", {"aria-labelledby": id, "data-panel": code}, make("h2", {id}, say(`panel_${code}`)), ...children);
}

function cannot() {
  const names = Object.keys(looked(chosen)).filter((name) => name !== "month").map((name) => say(`dimension_${name}`));
  return make("p", {class: "note"}, say("cannot", {names: names.join(", ")}));
}

// Columns of a chart with what they stand for in a table that unfolds.
function columns(code, rows, told, note, extra = []) {
  const highest = Math.max(0, ...rows.map((row) => row[1]));
  const chart = draw("svg", {viewBox: `0 0 ${10 * rows.length} 100`, preserveAspectRatio: "none", role: "img",
    "aria-label": say("highest", {n: told(highest)})});
  rows.forEach(([label, value], place) => {
    const tall = highest ? (100 * value) / highest : 0;
    chart.append(draw("rect", {class: "hit", x: 10 * place, y: 0, width: 10, height: 100},
      draw("title", {}, `${label}: ${told(value)}`)));
    chart.append(draw("rect", {class: "fill", x: 10 * place + 1, y: 100 - tall, width: 8, height: tall}));
  });
  chart.append(draw("line", {class: "base", x1: 0, x2: 10 * rows.length, y1: 100, y2: 100}));
  const table = make("table", {}, make("thead", {}, make("tr", {},
    make("th", {scope: "col"}, say(`column_${code === "hours" ? "hour" : "day"}`)),
    make("th", {scope: "col", class: "number"}, note))),
  make("tbody", {}, ...rows.map(([label, value]) => make("tr", {}, make("th", {scope: "row"}, label),
    make("td", {class: "number"}, told(value))))));
  const ends = [rows[0][0], ...(rows.length > 1 ? [rows[rows.length - 1][0]] : [])];
  const drawn = make("div", {}, chart, make("p", {class: "ends"}, ...ends.map((end) => make("span", {}, end))));
  drawn.style.maxWidth = `${4 * rows.length}rem`;
  return make("figure", {class: "course"}, ...extra, make("p", {class: "highest"}, say("highest", {n: told(highest)})),
    drawn, make("details", {}, make("summary", {}, say("show_table")), make("div", {class: "scroll"}, table)));
}

let measure = "visitors";
const MEASURES = {visitors: ["all", 3], sessions: ["visits", 0], pages: ["all", 1], hits: ["all", 0], size: ["all", 2]};

function days() {
  const [panel, at] = MEASURES[measure];
  const found = figures(panel, "time");
  const picker = make("select", {"aria-label": say("measure"), on: {change: () => {
    measure = picker.value;
    show();
    body.querySelector("[data-panel=days] select").focus();
  }}}, ...Object.keys(MEASURES).map((name) => option(name, say(`card_${name}`), name === measure)));
  if (!found) return section("days", picker, cannot());
  const labels = data.labels[found.step];
  const values = new Map([...found].map(([place, sums]) => [labels[place], sums[at]]));
  const rows = [];
  if (found.step === "day") {
    const from = Math.max(ordinal(chosen.from), ordinal(data.first));
    for (let day = from; day <= Math.min(ordinal(chosen.to), ordinal(data.last)); day++) {
      rows.push([shown(iso(day)), values.get(iso(day)) ?? 0]);
    }
  } else {
    for (const day of labels) {
      if (day >= chosen.from.slice(0, 8) && day <= chosen.to) rows.push([monthShown(day), values.get(day) ?? 0]);
    }
  }
  return section("days", columns("days", rows, measure === "size" ? bytes : count, say(`card_${measure}`), [picker]));
}

function hours() {
  const found = figures("hours");
  if (!found) return section("hours", cannot());
  const keys = new Map(data.panels.hours.keys.map(([hour], place) => [hour, place]));
  const rows = Array.from({length: 24}, (_, hour) => [say("hour", {n: hour}), found.get(keys.get(hour))?.[0] ?? 0]);
  return section("hours", columns("hours", rows, count, say("card_hits")));
}

const sorting = {};
const opened = new Set();

// A table of rows {label, note, values, pick}: sorted by its headings, ten rows first, the others when asked for.
function table(code, rows, heads, left = 0) {
  const order = sorting[code] ?? {at: 0, down: true};
  const sign = order.down ? -1 : 1;
  const text = (a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
  rows.sort((a, b) => (order.at < 0 ? sign * text(a, b) : sign * (a.values[order.at] - b.values[order.at]) || text(a, b)));
  const most = Math.max(1, ...rows.map((row) => row.values[0]));
  const head = (name, at) => {
    const now = order.at === at ? (order.down ? "descending" : "ascending") : null;
    const act = () => {
      sorting[code] = {at, down: order.at === at ? !order.down : at >= 0};
      show();
      body.querySelectorAll(`[data-panel=${code}] thead button`)[at + 1].focus();
    };
    const mark = now ? make("span", {"aria-hidden": "true"}, order.down ? "\u00a0↓" : "\u00a0↑") : null;
    return make("th", {scope: "col", "aria-sort": now, class: at >= 0 ? "number" : null},
      make("button", {type: "button", class: "sort", on: {click: act}}, name, mark));
  };
  const all = opened.has(code);
  const visible = all ? rows : rows.slice(0, 10);
  const line = (row) => {
    const label = row.pick
      ? make("button", {type: "button", class: "pick", title: say("pick"), on: {click: () => choose(row.pick)}}, row.label)
      : row.label;
    const bar = draw("svg", {viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false"},
      draw("rect", {class: "fill", width: (100 * row.values[0]) / most, height: 4}));
    return make("tr", {}, make("th", {scope: "row"}, label, row.note ? make("span", {class: "aside"}, ` ${row.note}`) : null,
      bar), ...row.values.map((value) => make("td", {class: "number"}, count(value))));
  };
  const made = make("table", {class: "ranked"},
    make("thead", {}, make("tr", {}, head(say("name"), -1), ...heads.map((name, at) => head(say(`column_${name}`), at)))),
    make("tbody", {}, ...visible.map(line)));
  const more = rows.length > 10 ? make("button", {type: "button", class: "more", "aria-expanded": String(all), on: {click: () => {
    if (all) opened.delete(code);
    else opened.add(code);
    show();
    body.querySelector(`[data-panel=${code}] .more`).focus();
  }}}, all ? say("fewer") : say("more", {n: count(rows.length - 10)})) : null;
  const rest = left ? make("p", {class: "note"}, say("left", {n: count(left)})) : null;
  return [rows.length ? made : make("p", {class: "note"}, say("nothing")), more, rest].filter(Boolean);
}

function matches(path) {
  let at = 0;
  for (const part of chosen.words.toLowerCase().split("*")) {
    at = path.toLowerCase().indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return true;
}

const LABELS = {
  sources: ([name, medium]) => ({label: name || say("medium_direct"), note: name ? say(`medium_${medium}`) : "",
    pick: pickSource(name)}),
  campaigns: ([name, source]) => ({label: name, note: source}),
  referrers: ([host, medium]) => ({label: host, note: say(`medium_${medium}`)}),
  programs: ([name, , reason]) => ({label: name || say("unnamed"), note: say(`reason_${reason}`)}),
  statuses: ([code]) => ({label: String(code), note: words[`status_${Math.floor(code / 100)}`] ?? ""}),
};

// What came of each goal; a goal that wasn't reached by anybody chosen is shown with nothing.
function goals() {
  if (!data.goals.length) return null;
  const found = figures("goals");
  const all = figures("visits");
  if (!found || !all) return section("goals", cannot());
  const sessions = all.get(0)?.[0] ?? 0;
  const places = new Map(data.panels.goals.keys.map(([goal], place) => [goal, place]));
  const rows = data.goals.map((goal, at) => {
    const [conversions, , visitors] = found.get(places.get(at)) ?? [0, 0, 0];
    const notes = [sessions ? say("of_visits", {n: share(conversions, sessions)}) : ""];
    if (goal.value !== null) notes.push(say("worth", {n: count(goal.value * conversions)}));
    return {label: goal.name, note: notes.filter(Boolean).join(" · "), values: [conversions, visitors]};
  });
  return section("goals", ...table("goals", rows, ["conversions", "visitors"]));
}

function pickSource(name) {
  const place = data.labels.source.indexOf(name.toLowerCase());
  return place < 0 ? null : {source: place};
}

// `shown`: the places of the values that the table has columns for.
function ranked(code, heads, places) {
  const panel = data.panels[code];
  const found = figures(code);
  if (!found) return section(code, cannot());
  const label = LABELS[code] ?? (([name]) => ({label: name || say("unknown")}));
  const rows = [];
  for (const [key, sums] of found) {
    if (PATHS.includes(code) && chosen.words && !matches(panel.keys[key][0])) continue;
    rows.push({...label(panel.keys[key]), values: places.map((place) => sums[place])});
  }
  if (!rows.length && !panel.left && !panel.keys.length) return null;
  return section(code, ...table(code, rows, heads, panel.left));
}

function picked(dim, place) {
  if (dim !== "who") return {[dim]: place};
  const who = data.labels.who[place];
  return who in WHO ? {who} : null;
}

function split(code, dim) {
  const found = figures("all", dim);
  if (!found) return section(code, cannot());
  const rows = [...found].map(([place, [hits, , , visitors]]) => ({
    label: named(dim, place), note: "", values: [hits, visitors], pick: picked(dim, place),
  }));
  return section(code, ...table(code, rows, ["hits", "visitors"]));
}

function show() {
  const now = totals();
  const empty = now?.hits === 0;
  const told = empty ? say("nothing") : now ? say("people", {n: count(now.visitors)}) : "";
  summary.textContent = [sentence(), told].filter(Boolean).join(" · ");
  showCards();
  const parts = empty ? [] : [
    days(),
    goals(),
    make("div", {class: "two"}, ...[
      ranked("sources", ["sessions", "visitors"], [0, 3]),
      ranked("pages", ["hits", "visitors"], [0, 1]),
      ranked("campaigns", ["sessions", "visitors"], [0, 1]),
      ranked("referrers", ["hits", "visitors"], [0, 1]),
      ranked("entry_pages", ["sessions"], [0]),
      ranked("exit_pages", ["sessions"], [0]),
      hours(),
      split("kinds", "who"),
      split("countries", "country"),
      split("devices", "device"),
      ranked("browsers", ["hits", "visitors"], [0, 1]),
      ranked("systems", ["hits", "visitors"], [0, 1]),
      ranked("programs", ["hits", "visitors"], [0, 1]),
      ranked("not_found", ["hits", "visitors"], [0, 1]),
      ranked("files", ["hits", "visitors"], [0, 1]),
      ranked("statuses", ["hits"], [0]),
    ].filter(Boolean)),
  ];
  body.replaceChildren(...parts.filter(Boolean));
}

controls();
show();
document.getElementById("fixed").remove();
document.getElementById("live").replaceChildren(form, summary, cards, remark, body);
})();
