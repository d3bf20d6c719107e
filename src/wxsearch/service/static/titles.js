// Headlines while one types: below the box, articles with what stands in it in their titles. Enter
// still searches; the arrows lead into the list, Escape closes it. Without this the box is a plain one.
"use strict";

const PAUSE = 150;
const MOST = 6;
const LONGEST = 60;
// Who writes in the query language knows what to ask for; half of a phrase would only be an error.
const SIGNS = /["“”「」()（）:：*＊\\]|(^|\s)-/;

class Titles {
  constructor(box, list) {
    this.box = box;
    this.list = list;
    this.place = -1;
    this.asked = 0;
    this.running = null;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    // While an input method composes, what stands there is not what is meant.
    box.addEventListener("input", (event) => { if (!event.isComposing) this.ask(); });
    box.addEventListener("compositionend", () => this.ask());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.close());
    box.form.addEventListener("submit", () => this.close());
    // A press on a headline must not take the focus, and with it the list, away before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  ask() {
    this.close();
    const typed = this.box.value.trim();
    if ([...typed].length < 2 || typed.length > LONGEST || SIGNS.test(typed)) return;
    this.asked = setTimeout(() => this.fetch(typed), PAUSE);
  }

  async fetch(typed) {
    const mine = this.running = new AbortController();
    const wanted = new URLSearchParams({ q: typed.split(/\s+/).map((word) => `title:"${word}"`).join(" "), size: MOST, facets: "", match: "all" });
    for (const [name, value] of new FormData(this.box.form)) {
      if (["category", "source", "from", "to"].includes(name)) wanted.append(name, value);
    }
    try {
      const answer = await fetch(`${this.box.dataset.titles}?${wanted}`, { signal: mine.signal });
      if (answer.ok) this.show((await answer.json()).hits, typed);
    } catch {
      // Nothing is offered; Enter searches as ever.
    }
  }

  show(hits, typed) {
    if (!hits.length || document.activeElement !== this.box) return;
    this.list.replaceChildren(...hits.map((hit, number) => this.option(hit, number, typed)));
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
  }

  option(hit, number, typed) {
    const option = document.createElement("a");
    const outside = /^https?:\/\//.test(hit.url);
    const there = this.box.form.action.replace(/\/$/, "");
    const asked = new URLSearchParams({ q: typed });
    const language = new FormData(this.box.form).get("lang");
    if (language) asked.set("lang", language);
    option.href = outside ? hit.url : `${there}/articles/${encodeURIComponent(hit.id)}?${asked}`;
    if (outside) option.rel = "noopener noreferrer";
    option.id = `title-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.tabIndex = -1;
    option.lang = "zh-CN";
    const facts = document.createElement("small");
    facts.textContent = [hit.source, hit.published && hit.published.slice(0, 10)].filter(Boolean).join("  ");
    option.append(...marked(hit.highlights.title), facts);
    return option;
  }

  close() {
    clearTimeout(this.asked);
    if (this.running) this.running.abort();
    this.list.hidden = true;
    this.place = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden || event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose(this.place + step);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.place >= 0) this.list.children[this.place].click();
    else return;
    event.preventDefault();
  }

  choose(place) {
    const options = [...this.list.children];
    // Before the first and behind the last headline stands what was typed.
    this.place = place < -1 ? options.length - 1 : place >= options.length ? -1 : place;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.place)));
    if (this.place < 0) this.box.removeAttribute("aria-activedescendant");
    else this.box.setAttribute("aria-activedescendant", options[this.place].id);
  }
}

// The pieces of a passage; marks count characters, of which some are two units of a string.
function marked(passage) {
  const signs = [...passage.text];
  const pieces = [];
  let end = 0;
  for (const [start, stop] of passage.marks) {
    const mark = document.createElement("mark");
    mark.textContent = signs.slice(start, stop).join("");
    pieces.push(signs.slice(end, start).join(""), mark);
    end = stop;
  }
  return [...pieces, signs.slice(end).join("")];
}

document.addEventListener("DOMContentLoaded", () => {
  new Titles(document.getElementById("q"), document.getElementById("titles"));
});
