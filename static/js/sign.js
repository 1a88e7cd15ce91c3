// data-sign: a box to write one's name in with a finger or a pen. Without this file people sign on paper.
const WIDTH = 3.5;

function pad(form) {
  const canvas = form.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const drawing = form.querySelector("[name=drawing]");
  let last = null;

  function point(event) {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * canvas.width / box.width, y: (event.clientY - box.top) * canvas.height / box.height };
  }

  function stroke(event) {
    if (!last) return;
    const here = point(event);
    pen.lineWidth = WIDTH * canvas.width / canvas.getBoundingClientRect().width;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = "#111";
    pen.beginPath();
    pen.moveTo(last.x, last.y);
    pen.lineTo(here.x, here.y);
    pen.stroke();
    last = here;
    form.dataset.drawn = "1";
    event.preventDefault();
  }

  canvas.addEventListener("pointerdown", (event) => { last = point(event); canvas.setPointerCapture(event.pointerId); event.preventDefault(); });
  canvas.addEventListener("pointermove", stroke);
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { last = null; });
  form.querySelector("[data-clear]").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    delete form.dataset.drawn;
  });
  form.addEventListener("submit", () => {
    drawing.value = form.dataset.drawn ? canvas.toDataURL("image/png") : "";
    form.querySelector("[name=device_time]").value = new Date().toISOString();
  });
}

for (const section of document.querySelectorAll("[data-signing]")) {
  section.hidden = false;
  section.querySelectorAll("form[data-sign]").forEach(pad);
}
