// ---- what stands in the page, from its top to its end

const PATHS = ["pages", "entry_pages", "exit_pages", "files", "not_found", "goal_entries", "found_pages"];
const summary = make("p", {class: "summary", "aria-live": "polite"});
const cards = make("dl", {class: "cards"});
const remark = make("div", {});
const body = make("div", {class: "panels"});

function sentence() {
  const dated = (day) => (data.step === "day" ? shown(day, true) : monthShown(day));
  const ends = [...new Set([dated(chosen.from), dated(chosen.to)])];
  const chosenParts = [ends.join(" – "), say(`choice_${chosen.who}`)];
  for (const name of ["source", "country", "device"]) {
    if (chosen[name] >= 0) chosenParts.push(`${say(name)}: ${named(name, chosen[name])}`);
  }
  return chosenParts.join(" · ");
}

function showCards(now) {
  remark.replaceChildren(...(now ? [] : [cannot()]));
  if (!now) {
    cards.replaceChildren();
    return;
  }
  const period = before();
  const then = period && totals(period);
  const card = (code, value, of, beside = "") => {
    const earlier = then && of ? say("before", {n: of(then)}) : "";
    const notes = [beside, earlier].filter(Boolean).join(" · ");
    return make("div", {}, make("dt", {}, say(`card_${code}`)), make("dd", {class: "value"}, value),
      notes ? make("dd", {class: "note"}, notes) : null);
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

let measure = "visitors";
const MEASURES = {visitors: ["all", 3], sessions: ["visits", 0], pages: ["all", 1], hits: ["all", 0], size: ["all", 2]};

function days() {
  const [panel, at] = MEASURES[measure];
  const found = figures(panel, "time");
  const picker = make("select", {"aria-label": say("measure"), "data-key": "measure", on: {change: () => {
    measure = picker.value;
    PARTS.days();
  }}}, ...Object.keys(MEASURES).map((name) => option(name, say(`card_${name}`), name === measure)));
  if (!found) return [picker, cannot()];
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
  return [columns("days", rows, measure === "size" ? bytes : count, say(`card_${measure}`), [picker])];
}

function hours() {
  const found = figures("hours");
  if (!found) return [cannot()];
  const keys = new Map(data.panels.hours.keys.map(([hour], place) => [hour, place]));
  const rows = Array.from({length: 24}, (_, hour) => [say("hour", {n: hour}), found.get(keys.get(hour))?.[0] ?? 0]);
  return [columns("hours", rows, count, say("card_hits"))];
}

function matches(path) {
  const text = path.toLowerCase();
  let at = 0;
  for (const piece of chosen.words.toLowerCase().split("*")) {
    at = text.indexOf(piece, at);
    if (at < 0) return false;
    at += piece.length;
  }
  return true;
}

const sought = (code, path) => !PATHS.includes(code) || !chosen.words || matches(path);

function pickSource(name) {
  const place = data.labels.source.indexOf(name.toLowerCase());
  return place < 0 ? null : {source: place};
}

const LABELS = {
  sources: ([name, medium]) => ({label: name || say("medium_direct"), note: name ? say(`medium_${medium}`) : "",
    pick: pickSource(name)}),
  campaigns: ([name, source]) => ({label: name, note: source}),
  referrers: ([host, medium]) => ({label: host, note: say(`medium_${medium}`)}),
  programs: ([name, , reason]) => ({label: name || say("unnamed"), note: say(`reason_${reason}`)}),
  statuses: ([code]) => ({label: String(code), note: words[`status_${Math.floor(code / 100)}`] ?? ""}),
};
const labelOf = (code, key) => (LABELS[code] ? LABELS[code](key) : {label: key[0] || say("unknown")});

// `places`: those of the values that the table has columns for.
function ranked(code, heads, places) {
  const panel = data.panels[code];
  const found = figures(code);
  if (!found) return [cannot()];
  const rows = [];
  for (const [key, sums] of found) {
    if (!sought(code, panel.keys[key][0])) continue;
    rows.push({...labelOf(code, panel.keys[key]), values: places.map((place) => sums[place])});
  }
  if (!rows.length && !panel.left && !panel.keys.length) return null;
  return table(code, rows, counted(...heads), panel.left);
}

function picked(dim, place) {
  if (dim !== "who") return {[dim]: place};
  const who = data.labels.who[place];
  return who in WHO ? {who} : null;
}

function split(code, dim) {
  const found = figures("all", dim);
  if (!found) return [cannot()];
  const rows = [...found].map(([place, [hits, , , visitors]]) => ({
    label: named(dim, place), note: "", values: [hits, visitors], pick: picked(dim, place),
  }));
  return table(code, rows, counted("hits", "visitors"));
}

// What came of each goal; a goal that wasn't reached by anybody chosen is shown with nothing.
function goals() {
  if (!data.goals.length) return null;
  const found = figures("goals");
  const all = figures("visits");
  if (!found || !all) return [cannot()];
  const sessions = all.get(0)?.[0] ?? 0;
  const places = new Map(data.panels.goals.keys.map(([goal], place) => [goal, place]));
  const rows = data.goals.map((goal, at) => {
    const [conversions, , visitors] = found.get(places.get(at)) ?? [0, 0, 0];
    const notes = [sessions ? say("of_visits", {n: share(conversions, sessions)}) : ""];
    if (goal.value !== null) notes.push(say("worth", {n: count(goal.value * conversions)}));
    return {label: goal.name, note: notes.filter(Boolean).join(" · "), values: [conversions, visitors]};
  });
  return table("goals", rows, counted("conversions", "visitors"));
}

let goal = 0;

// The visits of each source (or of each first page) beside those of them in which a goal was reached.
function goalsBy(code, visits) {
  if (!data.goals.length) return null;
  const picker = make("select", {"aria-label": say("panel_goals"), "data-key": "goal", on: {change: () => {
    goal = Number(picker.value);
    for (const one of ["goal_sources", "goal_entries"]) PARTS[one]();
  }}}, ...data.goals.map((one, place) => option(place, one.name, place === goal)));
  const beside = data.goals.length > 1 ? picker : note(data.goals[0].name);
  const done = figures(code);
  const came = figures(visits);
  if (!done || !came) return [beside, cannot()];
  const rows = new Map();
  const row = (key) => {
    const text = JSON.stringify(key);
    if (!rows.has(text)) rows.set(text, {...labelOf(visits, key), values: [0, null, null]});
    return rows.get(text).values;
  };
  for (const [place, [sessions]] of came) row(data.panels[visits].keys[place])[1] = sessions;
  for (const [place, [conversions]] of done) {
    const [of, ...key] = data.panels[code].keys[place];
    if (of === goal) row(key)[0] = conversions;
  }
  for (const {values} of rows.values()) values[2] = values[1] === null ? null : (100 * values[0]) / values[1];
  const listed = [...rows.values()].filter((one) => sought(code, one.label));
  const heads = [...counted("conversions", "sessions"), {name: "rate", tell: (hundredths) => share(hundredths, 100)}];
  return [beside, ...table(code, listed, heads, data.panels[code].left)];
}

const place = new Intl.NumberFormat(data.lang, {minimumFractionDigits: 1, maximumFractionDigits: 1, roundingMode: "halfEven"});
const position = (thousandths, impressions) => (impressions ? thousandths / impressions / 1000 : null);

// What people searched for when Google showed them the site. Google tells it by day, and of nothing else.
function searches(code) {
  const panel = data.panels[code];
  if (!panel) return null;
  const {who, ...filter} = looked(chosen);
  const found = figures(code, "key", chosen, filter);
  if (!found) return [cannot("searches_whole")];
  const rows = [];
  for (const [key, [clicks, impressions, thousandths]] of found) {
    const [label] = panel.keys[key];
    if (sought(code, label)) rows.push({label, note: "", values: [clicks, impressions, position(thousandths, impressions)]});
  }
  const heads = [...counted("clicks", "impressions"), {name: "position", tell: (value) => place.format(value)}];
  const made = table(code, rows, heads, panel.left);
  if (code !== "searches") return made;
  const whole = figures("searched", "key", chosen, filter);
  const [clicks, impressions, thousandths, told] = whole?.get(0) ?? [0, 0, 0, 0];
  const days = data.labels.searched.filter((day) => day >= chosen.from && day <= chosen.to);
  if (!days.length) return [note(say("searches_none"))];
  const ends = [days[0], days[days.length - 1]].map((day) => (data.step === "day" ? shown(day, true) : monthShown(day)));
  const mean = impressions ? place.format(position(thousandths, impressions)) : "–";
  const span = [...new Set(ends)].join(" – ");
  const sums = note(say("searches_sum", {clicks: count(clicks), impressions: count(impressions), position: mean, span}));
  return [sums, ...made, clicks > told ? note(say("searches_kept", {n: count(clicks - told)})) : null];
}

// Every part under its code, in the order of the page; those after `goal_entries` stand in two columns where they fit.
const WIDE = {
  days,
  goals,
  goal_sources: () => goalsBy("goal_sources", "sources"),
  goal_entries: () => goalsBy("goal_entries", "entry_pages"),
};
const NARROW = {
  sources: () => ranked("sources", ["sessions", "visitors"], [0, 3]),
  pages: () => ranked("pages", ["hits", "visitors"], [0, 1]),
  searches: () => searches("searches"),
  found_pages: () => searches("found_pages"),
  campaigns: () => ranked("campaigns", ["sessions", "visitors"], [0, 1]),
  referrers: () => ranked("referrers", ["hits", "visitors"], [0, 1]),
  entry_pages: () => ranked("entry_pages", ["sessions"], [0]),
  exit_pages: () => ranked("exit_pages", ["sessions"], [0]),
  hours,
  kinds: () => split("kinds", "who"),
  countries: () => split("countries", "country"),
  devices: () => split("devices", "device"),
  browsers: () => ranked("browsers", ["hits", "visitors"], [0, 1]),
  systems: () => ranked("systems", ["hits", "visitors"], [0, 1]),
  programs: () => ranked("programs", ["hits", "visitors"], [0, 1]),
  not_found: () => ranked("not_found", ["hits", "visitors"], [0, 1]),
  files: () => ranked("files", ["hits", "visitors"], [0, 1]),
  statuses: () => ranked("statuses", ["hits"], [0]),
};
const PARTS = Object.fromEntries(
  Object.entries({...WIDE, ...NARROW}).map(([code, made]) => [code, () => fill(code, made())]),
);

// What is in sight is laid out and painted first, the rest right afterwards.
function settle() {
  body.classList.add("quick");
  requestAnimationFrame(() => setTimeout(() => body.classList.remove("quick")));
}

function show() {
  settle();
  const now = totals();
  const empty = now?.hits === 0;
  const told = empty ? say("nothing") : now ? say("people", {n: count(now.visitors)}) : "";
  summary.textContent = [sentence(), told].filter(Boolean).join(" · ");
  showCards(now);
  body.hidden = empty;
  if (!empty) for (const refill of Object.values(PARTS)) refill();
}

body.append(...Object.keys(WIDE).map(part), make("div", {class: "two"}, ...Object.keys(NARROW).map(part)));
controls();
show();
document.getElementById("fixed").remove();
document.getElementById("live").replaceChildren(form, summary, cards, remark, body);
