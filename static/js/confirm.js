// data-confirm="一句话" on a submit button (or its form): asks once before a step that counts.
// data-confirm-verb names the button; data-confirm-final makes it vermilion.
// A plain script in the head, not a module: whoever is faster than the page's scripts is asked all the same.
(function () {
  function part(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  }

  function dialogFor(source) {
    const isFinal = "confirmFinal" in source.dataset;
    const dialog = part("dialog", isFinal ? "ask ask-final" : "ask", "");
    const words = part("p", "", source.dataset.confirm);
    words.id = "ask-words";
    dialog.setAttribute("aria-labelledby", words.id);
    const row = part("div", "buttons", "");
    const yes = part("button", isFinal ? "btn btn-final" : "btn btn-primary", source.dataset.confirmVerb || "确定");
    const no = part("button", "btn btn-secondary", "返回");
    yes.type = no.type = "button";
    row.append(yes, no);
    dialog.append(words, row);
    return { dialog, yes, no };
  }

  function ask(form, submitter, source) {
    const { dialog, yes, no } = dialogFor(source);
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      form.dataset.confirmed = "1";
      dialog.close();
      form.requestSubmit(submitter || undefined);
    });
    dialog.showModal();
    no.focus();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const source = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!source.dataset.confirm || !window.HTMLDialogElement) return;
    if (form.dataset.confirmed) return void delete form.dataset.confirmed;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter, source);
  }, true);
})();
