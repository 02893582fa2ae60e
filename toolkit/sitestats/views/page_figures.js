// ---- figures by day, kind of visitor, source, country and device: those that fit what is chosen are added up

const WHO = {all: null, human: ["human"], programs: ["search", "bot"], ai: ["ai"], uncertain: ["uncertain"]};
const TIMES = ["day", "month", "searched"];
const time = (name) => TIMES.includes(name);

// Each cube as columns, once unpacked: the place of the key, the place in each dimension, each value.
function unpack(panel, cube) {
  const sizes = cube.dimensions.map((name) => data.labels[name].length);
  const wide = panel.values.length + (cube.dimensions.includes("source") ? 2 : 1);
  const length = cube.rows.reduce((sum, packed) => sum + packed.length / (wide + 1), 0);
  cube.keys = new Uint32Array(length);
  cube.places = sizes.map(() => new Uint32Array(length));
  cube.values = Array.from({length: wide}, () => new Float64Array(length));
  let row = 0;
  cube.rows.forEach((packed, key) => {
    let cell = 0;
    for (let at = 0; at < packed.length; at += wide + 1, row++) {
      cell += packed[at];
      let rest = cell;
      for (let dim = sizes.length - 1; dim >= 0; dim--) {
        cube.places[dim][row] = rest % sizes[dim];
        rest = Math.floor(rest / sizes[dim]);
      }
      cube.keys[row] = key;
      for (let value = 0; value < wide; value++) cube.values[value][row] = packed[at + 1 + value];
    }
  });
  delete cube.rows;
}

for (const panel of Object.values(data.panels)) for (const cube of panel.cubes) unpack(panel, cube);

const everything = {from: data.from, to: data.to, who: "all", source: -1, country: -1, device: -1, words: ""};
let chosen = {...everything};

// Which places of each dimension are looked at; a dimension without a choice isn't named.
function looked(period) {
  const found = {};
  if (period.from > data.first || period.to < data.last) {
    const within = (day) => day >= period.from && day <= period.to;
    found.day = data.labels.day.map(within);
    found.month = data.labels.month.map((day) => day >= period.from.slice(0, 8) && day <= period.to);
    if (data.labels.searched) found.searched = data.labels.searched.map(within);
  }
  if (WHO[chosen.who]) found.who = data.labels.who.map((who) => WHO[chosen.who].includes(who));
  for (const name of ["source", "country", "device"]) {
    if (chosen[name] >= 0) found[name] = data.labels[name].map((_, place) => place === chosen[name]);
  }
  return found;
}

// The finest table of a panel that knows everything that is chosen; `by` is a dimension, "time", or "key".
function usable(panel, filter, by) {
  const fits = (dim, cube) => (dim === "day" ? cube.dimensions.some(time) : cube.dimensions.includes(dim));
  const needed = Object.keys(filter).filter((dim) => dim === "day" || !time(dim));
  const cubes = panel.cubes.filter((cube) => needed.every((dim) => fits(dim, cube)));
  if (by === "key") return cubes[0];
  if (by !== "time") return cubes.find((cube) => cube.dimensions.includes(by));
  return TIMES.map((step) => cubes.find((cube) => cube.dimensions.includes(step))).find(Boolean);
}

// The values of a panel by its key (or by a dimension) for what is chosen: visitors last. null: can't be split so.
function figures(name, by = "key", period = chosen, filter = looked(period)) {
  const panel = data.panels[name];
  const cube = usable(panel, filter, by);
  if (!cube) return null;
  const group = by === "time" ? cube.dimensions.findIndex(time) : cube.dimensions.indexOf(by);
  const groups = by === "key" ? cube.keys : cube.places[group];
  const tests = cube.dimensions.flatMap((dim, at) => (filter[dim] ? [[cube.places[at], filter[dim]]] : []));
  const many = panel.values.length;
  // somebody who came from two sources is one visitor of all of them together, and one of each
  const visitors = filter.source || !cube.dimensions.includes("source") ? many : many + 1;
  const columns = [...cube.values.slice(0, many), cube.values[visitors]];
  const sums = [];
  rows: for (let row = 0; row < cube.keys.length; row++) {
    for (const [places, allowed] of tests) if (!allowed[places[row]]) continue rows;
    const sum = (sums[groups[row]] ??= new Array(many + 1).fill(0));
    for (let value = 0; value <= many; value++) sum[value] += columns[value][row];
  }
  const found = new Map();
  sums.forEach((sum, place) => found.set(place, sum));
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
