/* Files come piece by piece, with how far each is, and go on where the line broke. Without this script they go with the form.
   Words and shapes stand in templates/resources/_drop.html; the doors are portal/resources/routes_uploads.py. */
(() => {
  "use strict";
  const START = 512 * 1024;
  const PAUSES = [1, 2, 4, 8, 15, 30, 30, 30];
  const busy = new Map();
  const memory = (work) => { try { return work(window.sessionStorage); } catch { return null; } };
  const pause = (seconds) => new Promise((go) => {
    const end = setTimeout(go, seconds * 1000);
    window.addEventListener("online", () => { clearTimeout(end); go(); }, { once: true });
  });
  class Refused extends Error {}
  class SignedOut extends Error {}
  class Gone extends Error {}

  const inHex = async (piece) => {
    if (!window.crypto || !crypto.subtle) return "";
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await piece.arrayBuffer()));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  /* One question to a door. An answer that is no JSON comes from somewhere on the way, or from the sign-in page. */
  const ask = async (form, address, body, method = "POST") => {
    const token = form.elements.csrf_token;
    const headers = { Accept: "application/json", "X-CSRFToken": token ? token.value : "" };
    const limit = new AbortController();
    const clock = setTimeout(() => limit.abort(), 120000);
    try {
      const answer = await fetch(address, { method, body, headers, credentials: "same-origin", signal: limit.signal });
      if (answer.redirected) throw new SignedOut();
      if (answer.status === 404) throw new Gone();
      const said = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : null;
      if (said && answer.ok) return said;
      if (said && answer.status === 409) return said;
      if (said && said.sentence) throw new Refused(said.sentence);
      throw new Error(String(answer.status));
    } finally { clearTimeout(clock); }
  };

  const start = (drop) => {
    const form = drop.closest("form");
    const chooser = drop.querySelector("input[type=file]");
    const list = drop.querySelector(".arriving");
    const kept = drop.querySelector(".kept-files");
    const saying = drop.querySelector(".saying");
    const doors = drop.dataset.uploads;
    const waiting = [];
    let current = null;
    let submitter = null;
    let wantsToSend = false;

    drop.querySelector(".hint.big").hidden = false;
    const own = document.getElementById(chooser.id + "-hint");
    if (own) own.hidden = true;
    const first = drop.querySelector(".first");
    if (first) first.hidden = true;

    const mark = (file) => "upload:" + doors + ":" + file.name + ":" + file.size + ":" + file.lastModified;
    const show = (job, text, share) => {
      job.row.querySelector(".said").textContent = text;
      if (share !== undefined) job.row.querySelector("progress").value = share;
    };

    const add = (files) => {
      for (const file of files) {
        const row = drop.querySelector(".row-arriving").content.firstElementChild.cloneNode(true);
        const job = { file, row, key: memory((s) => s.getItem(mark(file))) };
        row.querySelector(".named").textContent = file.name;
        row.querySelector("progress").setAttribute("aria-label", file.name);
        row.querySelector(".away .unseen").textContent = " " + file.name;
        row.querySelector(".away").addEventListener("click", () => leaveOut(job));
        row.querySelector(".go").addEventListener("click", () => goOn(job));
        list.append(row);
        waiting.push(job);
        show(job, drop.dataset.waits);
      }
      list.hidden = !list.children.length;
      next();
    };

    const goOn = (job) => {
      job.row.querySelector(".go").hidden = true;
      waiting.unshift(job);
      next();
    };

    const leaveOut = (job) => {
      job.isOut = true;
      const place = waiting.indexOf(job);
      if (place >= 0) waiting.splice(place, 1);
      job.row.remove();
      list.hidden = !list.children.length;
      if (job.key) ask(form, doors + "/" + job.key + "/removal", new FormData()).catch(() => null);
      memory((s) => s.removeItem(mark(job.file)));
      chooser.focus();
      count();
    };

    const next = async () => {
      if (current || !waiting.length) return count();
      current = waiting.shift();
      count();
      try {
        await bring(current);
      } catch (error) {
        stopped(current, error);
      }
      current = null;
      next();
    };

    const stopped = (job, error) => {
      if (job.isOut) return;
      const isRefused = error instanceof Refused;
      job.row.classList.toggle("refused", isRefused);
      job.row.querySelector("progress").hidden = isRefused;
      job.row.querySelector(".go").hidden = isRefused;
      show(job, isRefused ? error.message : error instanceof SignedOut ? drop.dataset.signedOut : drop.dataset.stopped);
      saying.textContent = job.file.name + ": " + job.row.querySelector(".said").textContent;
      if (isRefused) memory((s) => s.removeItem(mark(job.file)));
      wantsToSend = false;
    };

    /* Try, and try again while the line is bad. What the portal refuses is not asked twice. */
    const bring = async (job) => {
      for (let tries = 0; !job.isOut; ) {
        try {
          await send(job, () => { tries = 0; });
          return;
        } catch (error) {
          if (error instanceof Gone && job.key) { job.key = null; continue; }
          if (error instanceof Refused || error instanceof SignedOut || error instanceof Gone || tries >= PAUSES.length) throw error;
          show(job, drop.dataset.broke);
          await pause(PAUSES[tries]);
          tries += 1;
        }
      }
    };

    const send = async (job, onProgress) => {
      let offset = 0;
      let most = job.most || 4 * 1024 * 1024;
      if (job.key) {
        offset = (await ask(form, doors + "/" + job.key, undefined, "GET")).received;
      } else {
        const promise = new FormData();
        promise.append("name", job.file.name);
        promise.append("size", job.file.size);
        const begun = await ask(form, doors, promise);
        job.key = begun.key;
        most = job.most = begun.piece;
        memory((s) => s.setItem(mark(job.file), job.key));
      }
      let length = Math.min(START, most);
      while (offset < job.file.size && !job.isOut) {
        show(job, drop.dataset.sent.replace("{}", Math.floor((offset / job.file.size) * 100) + " %"), (offset / job.file.size) * 100);
        const piece = job.file.slice(offset, offset + length);
        const begun = performance.now();
        const address = doors + "/" + job.key + "/pieces?offset=" + offset + "&sha256=" + (await inHex(piece));
        offset = (await ask(form, address, piece)).received;
        onProgress();
        /* A good line gets larger pieces, a slow one smaller: the bar moves every few seconds. */
        const took = performance.now() - begun;
        length = Math.max(64 * 1024, Math.min(most, took < 1500 ? length * 2 : took > 6000 ? length / 2 : length));
      }
      if (job.isOut) return;
      show(job, drop.dataset.looks, 100);
      arrived(job, await ask(form, doors + "/" + job.key + "/end", new FormData()));
    };

    const arrived = (job, said) => {
      if (said.id === undefined) throw new Error("not all of it is there");
      const line = drop.querySelector(".row-kept").content.firstElementChild.cloneNode(true);
      const box = line.querySelector("input");
      const label = line.querySelector("label");
      box.name = drop.dataset.field + "-kept";
      box.value = said.id;
      box.id = label.htmlFor = drop.dataset.field + "-kept-" + said.id;
      label.textContent = said.name;
      kept.append(line);
      kept.hidden = false;
      job.row.remove();
      list.hidden = !list.children.length;
      memory((s) => s.removeItem(mark(job.file)));
      saying.textContent = drop.dataset.here.replace("{}", said.name) + (propose(said.proposed) ? " " + drop.dataset.proposed : "");
    };

    /* Only into what is still empty; the language only while nobody chose one. */
    const propose = (proposed) => {
      if (!("proposes" in drop.dataset)) return false;
      const fill = (field, value) => {
        if (!field || field.value || !value) return false;
        field.value = value;
        return true;
      };
      const title = fill(form.elements.title, proposed.title);
      const minutes = fill(form.elements.minutes_each, proposed.minutes);
      const language = form.elements.language;
      const isOther = !language.dataset.chosen && proposed.language && proposed.language !== language.value
        && [...language.options].some((option) => option.value === proposed.language);
      if (isOther) language.value = proposed.language;
      return title || minutes || isOther;
    };
    if (form.elements.language) form.elements.language.addEventListener("change", (event) => { event.target.dataset.chosen = "1"; });

    const count = () => {
      const number = waiting.length + (current ? 1 : 0);
      busy.set(form, number);
      if (number || !wantsToSend) return;
      wantsToSend = false;
      form.requestSubmit(submitter);
    };

    const addLinks = (text) => {
      const lines = text.split(/\s*\n\s*/).filter((line) => /^https?:\/\/\S/.test(line));
      const area = form.elements.links;
      if (!area || !lines.length) return false;
      area.value = [...area.value.split("\n").filter(Boolean), ...lines].join("\n");
      return true;
    };

    chooser.addEventListener("change", () => { add([...chooser.files]); chooser.value = ""; });
    form.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) drop.classList.remove("over"); });
    form.addEventListener("drop", (event) => {
      drop.classList.remove("over");
      const held = event.dataTransfer;
      if (held.files.length) add([...held.files]);
      else if (!addLinks(held.getData("text/uri-list"))) return;
      event.preventDefault();
    });
    document.addEventListener("paste", (event) => {
      const held = event.clipboardData;
      const types = event.target.closest && event.target.closest("input, textarea");
      if (held.files.length) { event.preventDefault(); add([...held.files]); }
      else if (!types && addLinks(held.getData("text/plain"))) event.preventDefault();
    });
    /* Before anybody else hears of it: what is not here yet would be missing. */
    window.addEventListener("submit", (event) => {
      if (event.target !== form || !busy.get(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      submitter = event.submitter;
      wantsToSend = true;
      saying.textContent = drop.dataset.first;
    }, true);
  };

  document.querySelectorAll("[data-uploads]").forEach(start);
  window.addEventListener("beforeunload", (event) => { if ([...busy.values()].some(Boolean)) event.preventDefault(); });
})();
