// data-check-document on a section: the chosen file's SHA-256 is compared with the attribute's value.
// The browser's own hashing needs HTTPS; elsewhere the vendored one does the same work.
const section = document.querySelector("[data-check-document]");

async function digestOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (globalThis.crypto?.subtle) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  const { sha256, bytesToHex } = await import("./sha256.js");
  return bytesToHex(sha256(bytes));
}

if (section) {
  const outcome = section.querySelector("[data-check-outcome]");
  section.hidden = false;
  section.querySelector("input[type=file]").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    outcome.textContent = "正在计算……";
    const same = (await digestOf(file)) === section.dataset.checkDocument;
    outcome.dataset.outcome = same ? "same" : "different";
    outcome.textContent = same
      ? `一致：“${file.name}”与本机关签发的电子原件逐字节相同。`
      : `不一致：“${file.name}”不是本机关签发的电子原件。打印后扫描、另存或改动过的文件都不会一致。`;
  });
}
