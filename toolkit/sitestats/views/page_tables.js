// ---- parts of the page: each is there once, and filled anew when something else is chosen

const parts = new Map();

function part(code) {
  if (!parts.has(code)) {
    const id = `part-live-${code}`;
    const made = make("section", {"aria-labelledby": id, "data-panel": code}, make("h2", {id}, say(`panel_${code}`)));
    parts.set(code, made);
  }
  return parts.get(code);
}

// null leaves the part out. A control within it that had the focus has it afterwards, too.
function fill(code, children) {
  const section = part(code);
  section.hidden = children === null;
  const key = section.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  section.replaceChildren(section.firstChild, ...(children ?? []).filter(Boolean));
  if (key) section.querySelector(`[data-key="${key}"]`)?.focus();
}

const note = (text) => make("p", {class: "note"}, text);

function cannot(code = "cannot") {
  const names = Object.keys(looked(chosen)).filter((name) => name === "day" || !time(name));
  return note(say(code, {names: names.map((name) => say(`dimension_${name}`)).join(", ")}));
}

// Columns of a chart with what they stand for in a table that unfolds.
function columns(code, rows, told, what, extra = []) {
  const highest = Math.max(0, ...rows.map((row) => row[1]));
  const chart = draw("svg", {viewBox: `0 0 ${10 * rows.length} 100`, preserveAspectRatio: "none", role: "img",
    "aria-label": `${what}: ${say("highest", {n: told(highest)})}`});
  rows.forEach(([label, value], place) => {
    const tall = highest ? (100 * value) / highest : 0;
    chart.append(draw("rect", {class: "hit", x: 10 * place, y: 0, width: 10, height: 100},
      draw("title", {}, `${label}: ${told(value)}`)));
    chart.append(draw("rect", {class: "fill", x: 10 * place + 1, y: 100 - tall, width: 8, height: tall}));
  });
  chart.append(draw("line", {class: "base", x1: 0, x2: 10 * rows.length, y1: 100, y2: 100}));
  const table = make("table", {}, make("thead", {}, make("tr", {},
    make("th", {scope: "col"}, say(`column_${code === "hours" ? "hour" : "day"}`)),
    make("th", {scope: "col", class: "number"}, what))),
  make("tbody", {}, ...rows.map(([label, value]) => make("tr", {}, make("th", {scope: "row"}, label),
    make("td", {class: "number"}, told(value))))));
  const ends = [rows[0][0], ...(rows.length > 1 ? [rows[rows.length - 1][0]] : [])];
  const drawn = make("div", {}, chart, make("p", {class: "ends"}, ...ends.map((end) => make("span", {}, end))));
  drawn.style.maxWidth = `${4 * rows.length}rem`;
  const unfolds = make("details", {open: opened.has(code), on: {toggle: () => remember(code, unfolds.open)}},
    make("summary", {"data-key": "unfold"}, say("show_table")), make("div", {class: "scroll"}, table));
  return make("figure", {class: "course"}, ...extra, make("p", {class: "highest"}, say("highest", {n: told(highest)})),
    drawn, unfolds);
}

const sorting = {};
const opened = new Set();

function remember(code, open) {
  if (open) opened.add(code);
  else opened.delete(code);
}

// A table of rows {label, note, values, pick}: sorted by its headings, ten rows first, the others when asked for. Each
// head is {name, tell}; a value that isn't known is null and comes last.
function table(code, rows, heads, left = 0) {
  const order = sorting[code] ?? {at: 0, down: true};
  const sign = order.down ? -1 : 1;
  const text = (a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
  const by = (a, b) => (a === null || b === null ? (a === null) - (b === null) : sign * (a - b));
  rows.sort((a, b) => (order.at < 0 ? sign * text(a, b) : by(a.values[order.at], b.values[order.at]) || text(a, b)));
  const most = Math.max(1, ...rows.map((row) => row.values[0]));
  const head = (name, at) => {
    const now = order.at === at ? (order.down ? "descending" : "ascending") : null;
    const act = () => {
      sorting[code] = {at, down: order.at === at ? !order.down : at >= 0};
      PARTS[code]();
    };
    const mark = now ? make("span", {"aria-hidden": "true"}, order.down ? "\u00a0↓" : "\u00a0↑") : null;
    return make("th", {scope: "col", "aria-sort": now, class: at >= 0 ? "number" : null},
      make("button", {type: "button", class: "sort", "data-key": `sort${at}`, on: {click: act}}, name, mark));
  };
  const all = opened.has(code);
  const visible = all ? rows : rows.slice(0, 10);
  const line = (row) => {
    const label = make("bdi", {dir: /^(\/|https?:)/.test(row.label) ? "ltr" : "auto"}, row.label);
    const said = row.pick
      ? make("button", {type: "button", class: "pick", title: say("pick"), on: {click: (event) => pick(event, row.pick)}}, label)
      : label;
    const bar = draw("svg", {viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false"},
      draw("rect", {class: "fill", width: (100 * row.values[0]) / most, height: 4}));
    const aside = row.note ? make("span", {class: "aside"}, " ", make("bdi", {}, row.note)) : null;
    const numbers = row.values.map((value, at) => make("td", {class: "number"}, value === null ? "–" : heads[at].tell(value)));
    return make("tr", {}, make("th", {scope: "row"}, said, aside, bar), ...numbers);
  };
  const made = make("table", {class: "ranked"},
    make("thead", {}, make("tr", {}, head(say("name"), -1), ...heads.map((one, at) => head(say(`column_${one.name}`), at)))),
    make("tbody", {}, ...visible.map(line)));
  const unfold = () => {
    remember(code, !all);
    PARTS[code]();
  };
  const more = rows.length > 10
    ? make("button", {type: "button", class: "more", "data-key": "more", "aria-expanded": String(all), on: {click: unfold}},
      all ? say("fewer") : say("more", {n: count(rows.length - 10)}))
    : null;
  return [rows.length ? made : note(say("nothing")), more, left ? note(say("left", {n: count(left)})) : null];
}

const counted = (...names) => names.map((name) => ({name, tell: count}));
