/* Comforts for pages that work without a script. */
(() => {
  "use strict";
  const store = (work) => { try { return work(window.sessionStorage); } catch { return null; } };

  /* A summary of what to put right takes the focus, after a load and after a swap. */
  const attend = (root) => {
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
    root.querySelectorAll("textarea[data-draft]").forEach(restore);
  };

  /* What is typed in a long text is kept in this tab until it is sent; never for the next person at this computer. */
  const who = document.body.dataset.person;
  if (who) store((s) => { if (s.getItem("who") !== who) s.clear(); s.setItem("who", who); });
  const key = (area) => "draft:" + location.pathname + ":" + area.dataset.draft;
  const restore = (area) => {
    const kept = store((s) => s.getItem(key(area)));
    if (kept && !area.value) area.value = kept;
  };
  let waiting = 0;
  const keep = (area) => {
    store((s) => (area.value ? s.setItem(key(area), area.value) : s.removeItem(key(area))));
    const note = area.form && area.form.querySelector("[data-draft-note]");
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    if (note) note.textContent = note.dataset.draftNote.replace("%s", time);
  };
  document.addEventListener("input", (event) => {
    if (!event.target.matches("textarea[data-draft]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 700, event.target);
  });

  /* A form is not sent again while its answer is on the way. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.action.endsWith("/sign-out")) store((s) => s.clear());
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    form.querySelectorAll("textarea[data-draft]").forEach((area) => store((s) => s.setItem("sent:" + key(area), "1")));
    setTimeout(release, 8000, form);
  }, true);
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  /* A draft goes once the page that follows finds nothing wrong. */
  const forget = () => store((s) => {
    const refused = document.querySelector("[role=alert]");
    Object.keys(s).filter((name) => name.startsWith("sent:")).forEach((name) => {
      if (!refused) s.removeItem(name.slice(5));
      s.removeItem(name);
    });
  });

  const trouble = () => {
    const words = document.getElementById("no-answer");
    const place = document.getElementById("notices");
    if (words && place) place.replaceChildren(words.content.cloneNode(true));
    document.querySelectorAll("form[data-sent]").forEach(release);
  };
  document.addEventListener("htmx:error", trouble);
  document.addEventListener("htmx:response:error", (event) => {
    const answer = event.detail.ctx && event.detail.ctx.response;
    if (answer && answer.status >= 500) trouble();
  });
  document.addEventListener("htmx:after:swap", (event) => { forget(); attend(event.target.isConnected ? event.target : document); });
  document.addEventListener("htmx:finally:request", () => document.querySelectorAll("form[data-sent]").forEach(release));

  /* Drop-down lists close when something else is pressed, or with Escape. */
  const close = (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (event.type === "click" ? menu.contains(event.target) : event.key !== "Escape") return;
      menu.open = false;
      if (event.type === "keydown") menu.querySelector("summary").focus();
    });
  };
  document.addEventListener("click", close);
  document.addEventListener("keydown", close);

  forget();
  attend(document);
})();
