// data-once on a form: the second click of an impatient finger sends nothing. The server is idempotent anyway.
// A plain script in the head, as confirm.js is.
(function () {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-once]")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    const button = event.submitter;
    if (!button) return;
    // After this event, so that the button's own name and value are sent.
    setTimeout(() => { button.disabled = true; button.setAttribute("aria-busy", "true"); });
  });

  // Back from the next page: the form is ready again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((button) => { button.disabled = false; button.removeAttribute("aria-busy"); });
    });
  });
})();
