/* The kiosk finds names by itself, with or without a network, and forgets what was typed: for the next person, or after a minute. */
(() => {
  "use strict";
  const field = document.querySelector("[data-find]"), all = document.getElementById("all-names");
  if (!field || !all) return;
  const found = document.getElementById("found"), count = document.getElementById("found-count");
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'’ʼ]/g, "").toLowerCase();
  const words = () => fold(field.value).split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  const begins = (name, typed) => typed.every((word) => name.split(" ").some((part) => part.startsWith(word)));
  const find = () => {
    const typed = words(), enough = typed.join("").length > 1;
    const hits = enough ? [...all.content.children].filter((one) => begins(one.dataset.name, typed)).slice(0, 8) : [];
    found.replaceChildren(...hits.map((one) => one.cloneNode(true)));
    count.textContent = !enough ? "" : hits.length ? count.dataset.some : count.dataset.none;
    count.classList.toggle("unseen", hits.length > 0);
  };
  const next = () => { field.value = ""; find(); field.focus(); };
  let idle = 0;
  field.addEventListener("input", () => { find(); clearTimeout(idle); idle = setTimeout(next, 60000); });
  document.addEventListener("reset", next);
})();
