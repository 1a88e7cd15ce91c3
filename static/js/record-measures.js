// A measurement goes through the same queue as the photos. Without this file the button sends the plain form.
const FIELDS = ["name", "place", "value", "unit", "instrument"];

function field(form, name) { return form.querySelector(`#measure-${name}`); }

function say(form, text) {
  const note = form.querySelector("[data-measure-refusal]");
  note.textContent = text;
  note.hidden = !text;
}

export function measureKind(form) {
  return {
    url: () => form.querySelector("[data-measures]").dataset.measureUrl,
    entries: (one) => [["measure-upload_key", one.key], ["measure-device_time", one.at], ...FIELDS.map((name) => [`measure-${name}`, one.values[name]])],
    shown(one) {
      const line = document.createElement("li");
      line.textContent = `${one.values.name} ${one.values.value} ${one.values.unit}（待上传）`;
      form.querySelector("[data-measured]").append(line);
      one.place = line;
    },
    settled(one, answer) {
      if (answer.ok) { one.place.textContent = answer.body.text; return; }
      one.place.remove();
      say(form, answer.body.refusal);
      for (const name of FIELDS) if (!field(form, name).value) field(form, name).value = one.values[name];
    },
  };
}

export function startMeasures(form, queue) {
  const button = form.querySelector("[data-measure-add]");
  if (!button) return;
  button.type = "button";
  button.addEventListener("click", async () => {
    const values = Object.fromEntries(FIELDS.map((name) => [name, field(form, name).value.trim()]));
    const missing = FIELDS.filter((name) => name !== "place" && !values[name]);
    if (missing.length) {
      say(form, "请填写测量项目、测量值、单位和仪器。");
      return field(form, missing[0]).focus();
    }
    say(form, "");
    for (const name of ["name", "place", "value", "unit"]) field(form, name).value = "";
    await queue.add({ kind: "measure", values });
    queue.run();
  });
}
