// ---- names of what can be chosen, and the controls by which it is

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
    if (dim >= 0) for (const place of cube.places[dim]) used.add(place);
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
  chosen = {...everything};
  controls();
  search.value = "";
  show();
  form.querySelector(".more").focus();
}

// What is chosen from a row of a table. Who came by the keyboard goes on where the choice can be taken back.
function pick(event, change) {
  choose(change);
  if (event.detail) return;
  const [name] = Object.keys(change);
  (name === "who" ? form.querySelector("input[name=who]:checked") : form.elements[name]).focus();
}
