// data-device on a form: the phone's clock and place go along when it is sent. Without permission the place stays empty.
const PATIENCE_MS = 2500;

export function place() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve({});
    const timer = setTimeout(() => resolve({}), PATIENCE_MS);
    const settle = (found) => { clearTimeout(timer); resolve(found); };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => settle({ latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6), accuracy: String(Math.round(coords.accuracy)) }),
      () => settle({}),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60000 },
    );
  });
}

// Asks nobody: the place only where the person has allowed it before.
export async function placeIfAllowed() {
  try {
    const answer = await navigator.permissions.query({ name: "geolocation" });
    return answer.state === "granted" ? place() : {};
  } catch { return {}; }
}

function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.querySelector(`input[name="${name}"]`);
    if (field) field.value = value;
  }
}

// Bubbling on the form itself comes before the listeners on the document (confirm, once).
for (const form of document.querySelectorAll("form[data-device]")) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    fill(form, { device_time: new Date().toISOString() });
    if (form.dataset.located || !navigator.geolocation) return;
    event.preventDefault();
    event.stopPropagation();
    form.dataset.located = "1";
    fill(form, await place());
    // Who had to say yes has said it: confirm.js let the first submit through.
    if (form.dataset.confirm || button?.dataset.confirm) form.dataset.confirmed = "1";
    form.requestSubmit(button || undefined);
  });
}
