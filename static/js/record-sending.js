// One way to the server: JSON back, or "away" when the network or the session is gone.
export function announce(text) {
  const bar = document.querySelector("[data-record-notice]");
  bar.textContent = text;
  bar.hidden = !text;
}

export async function send(url, form, entries) {
  const body = new FormData();
  for (const [name, value, fileName] of entries) fileName ? body.append(name, value, fileName) : body.append(name, value);
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let response;
  try {
    response = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
  } catch {
    return { ok: false, isAway: true };
  }
  if (response.redirected || !response.headers.get("Content-Type")?.includes("json")) return lost(response);
  announce("");
  return { ok: response.ok, isAway: false, body: await response.json() };
}

// Signed out, or the server is down for a moment: nothing typed is lost, it waits on the device.
function lost(response) {
  announce(response.redirected || response.status === 403
    ? "登录已过期：内容已保存在本机，请重新登录后回到本页，会自动上传。"
    : "服务器暂时没有响应：内容已保存在本机，稍后自动上传。");
  return { ok: false, isAway: true };
}
