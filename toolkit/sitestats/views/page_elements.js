// ---- what lies in the page, elements and how numbers are said: names and attributes are ours, text is text

const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const DAY = 86400000;

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

const [whole, tenths] = [0, 1].map((digits) => new Intl.NumberFormat(data.lang, {maximumFractionDigits: digits}));
const count = (n) => whole.format(n);
const percent = (part, all) => (all ? `${whole.format(Math.round((100 * part) / all))}\u00a0%` : "–");

// A share with one decimal below ten.
function share(part, all) {
  if (!all) return "–";
  return `${(part && 10 * part < all ? tenths : whole).format((100 * part) / all)}\u00a0%`;
}

function bytes(size) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  while (size >= 1000 && unit < 4) [size, unit] = [size / 1000, unit + 1];
  return `${(unit && size < 100 ? tenths : whole).format(size)}\u00a0${units[unit]}`;
}

function duration(seconds) {
  const rounded = Math.round(seconds);
  const [minutes, rest] = [Math.floor(rounded / 60), rounded % 60];
  return minutes ? say("minutes", {n: count(minutes), s: rest}) : say("seconds", {n: rest});
}

const ordinal = (day) => Date.parse(`${day}T00:00:00Z`) / DAY;
const iso = (place) => new Date(place * DAY).toISOString().slice(0, 10);
const shown = (day, long) => {
  const [year, month, date] = day.split("-");
  return long ? `${date}/${month}/${year}` : `${date}/${month}`;
};
const monthShown = (day) => `${day.slice(5, 7)}/${day.slice(0, 4)}`;
