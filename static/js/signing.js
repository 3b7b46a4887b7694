/* When the Wi-Fi drops: a form that can't be sent waits here and is sent again with its key, so it counts once. */
(() => {
  "use strict";
  const place = document.querySelector("[data-kept]");
  if (!place) return;
  const KEY = "signing-kept", LONGEST = 7200e3, isKiosk = place.dataset.kept === "kiosk";
  let memory = "[]", line = Promise.resolve(), told = [];

  /* What waits, oldest first; in memory where the browser keeps nothing. */
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY) || memory); } catch { return JSON.parse(memory); } };
  const write = (list) => {
    memory = JSON.stringify(list);
    try { if (list.length) localStorage.setItem(KEY, memory); else localStorage.removeItem(KEY); } catch {}
  };
  const drop = (item) => write(read().filter((one) => one.key !== item.key));

  const say = (words, item) => {
    const time = new Date(item.at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    return words.replace("%who", () => item.who).replace("%time", time);
  };
  const show = () => {
    const lines = told.concat(read().filter((one) => one.late).map((one) => say(place.dataset.words, one)));
    place.replaceChildren(...lines.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
    place.hidden = !lines.length;
  };

  /* Nothing when it did not get through. The wait is told, not the hour: clocks of phones are wrong. */
  const post = async (item) => {
    const body = new URLSearchParams(item.body), stop = new AbortController(), bell = setTimeout(() => stop.abort(), 12000);
    body.set("waited", String(Math.round((Date.now() - item.at) / 1000)));
    try {
      const answer = await fetch(item.url, { method: "POST", body, signal: stop.signal });
      return answer.status < 500 ? answer : null;
    } catch { return null; } finally { clearTimeout(bell); }
  };

  /* All that waits, in order, up to the first that does not get through. */
  const flush = async (form, fresh) => {
    for (const item of read()) {
      const own = fresh === item.key;
      const answer = Date.now() - item.at > LONGEST ? { ok: false } : await post(item);
      if (!answer) break;
      drop(item);
      if (answer.ok && (own || !isKiosk)) { renew(); location.assign(answer.url); }
      else if (own) { form.action = item.url; form.submit(); }
      else told = told.concat(say(answer.ok ? place.dataset.sent : place.dataset.refused, item));
    }
    write(read().map((one) => ({ ...one, late: true })));
    if (fresh && read().some((one) => one.key === fresh)) keptNow(form);
    show();
  };
  const send = (form, fresh) => { line = line.then(() => flush(form, fresh)); };

  const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const renew = () => document.querySelectorAll("form[data-keep] [name=form_key]").forEach((one) => { one.value = random(); });
  const keptNow = (form) => {
    delete form.dataset.sent;
    document.querySelectorAll("[aria-busy]").forEach((one) => one.removeAttribute("aria-busy"));
    if (isKiosk) form.reset();
    renew();
    place.scrollIntoView();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target, by = event.submitter;
    if (!form.matches("form[data-keep]")) return;
    event.preventDefault();
    const url = by && by.hasAttribute("formaction") ? by.formAction : form.action;
    const named = form.dataset.whoField && form.elements[form.dataset.whoField].value;
    const who = named || form.dataset.keep || (by ? by.firstChild.textContent : "");
    const item = { key: random(), url, body: new URLSearchParams(new FormData(form)).toString(), at: Date.now(), who };
    const first = !named && read().find((one) => one.url === url);
    if (!first) write(read().concat(item));
    send(form, (first || item).key);
  });
  const again = () => { if (read().length) send(); };
  addEventListener("online", again);
  addEventListener("pageshow", again);
  setInterval(again, 10000);
  show();
})();
