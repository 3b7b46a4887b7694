/* What a page is made of, for telling whether anything on it is new.
   drawn: each kind of thing with the classes of what holds it, on which colours and sizes hang.
   told: what a screen reader goes by, each thing with its role, state and where its name comes from; the order of the
   headings; the landmarks; what is in a form; an id that stands twice is always new. */
() => {
  const ROLES = ["role", "type", "tabindex", "scope", "lang", "dir", "autocomplete", "for", "headers", "target"];
  const kind = (one) => one.tagName + "." + one.getAttribute("class");
  const nameOf = (one) => {
    if (one.getAttribute("aria-labelledby")) return one.getAttribute("aria-labelledby").split(" ").every((id) => document.getElementById(id)) ? "by" : "by nothing";
    if ((one.getAttribute("aria-label") || "").trim()) return "label";
    if (one.labels && one.labels.length) return [...one.labels].some((label) => label.textContent.trim()) ? "labels" : "empty labels";
    if (one.hasAttribute("alt")) return one.getAttribute("alt").trim() ? "alt" : "empty alt";
    return one.textContent.trim() ? "text" : one.hasAttribute("title") ? "title" : "none";
  };
  const said = (one) => [...one.attributes].map(({ name, value }) => {
    if (name === "for") return document.getElementById(value) ? "for" : "for nothing";
    if (name === "aria-describedby" || name === "aria-controls" || name === "aria-labelledby") return name + (value.split(" ").every((id) => document.getElementById(id)) ? "" : " nothing");
    if (name === "aria-label" || name === "aria-colspan") return name;
    return name.startsWith("aria-") || ROLES.includes(name) ? name + "=" + value : "";
  }).sort().join(" ");
  const all = [...document.body.querySelectorAll("*")];
  const without = (words) => words.filter((word, place) => word !== words[place - 1]).join(" ");
  const told = all.map((one) => one.parentElement.tagName + " > " + one.tagName + " " + said(one) + " " + nameOf(one));
  const marks = all.filter((one) => one.matches("main, nav, aside, header, footer, section[aria-label], [role=region], form[aria-label]"));
  const names = marks.map((one) => one.tagName + (one.getAttribute("aria-label") || ""));
  told.push("headings " + without(all.filter((one) => one.matches("h1, h2, h3, h4, h5, h6")).map((one) => one.tagName)));
  told.push("landmarks " + without(marks.map((one) => one.tagName)) + (new Set(names).size < names.length ? " twice " + location : ""));
  const ids = all.map((one) => one.id).filter(Boolean);
  if (new Set(ids).size < ids.length) told.push("an id twice at " + location);
  if (!document.title.trim() || !document.documentElement.lang) told.push("without a title or language " + location);
  return { drawn: [...new Set(all.map((one) => kind(one.parentElement) + " > " + kind(one)))], told: [...new Set(told)] };
}
