// The pages work without any of this. It remembers dark or light, gives the keyboard a way
// through the hits, and swaps results in place instead of loading whole pages.
"use strict";

// --- Dark or light; runs before anything is drawn -------------------------------------

const root = document.documentElement;
const stored = {
  get() { try { return localStorage.getItem("theme"); } catch { return null; } },
  set(value) { try { localStorage.setItem("theme", value); } catch { /* private mode: for this page only */ } },
};
if (["dark", "light"].includes(stored.get())) root.dataset.theme = stored.get();

function setUpTheme() {
  const button = document.getElementById("theme");
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    stored.set(root.dataset.theme);
  });
}

// --- Swapping results in place --------------------------------------------------------

let running = null;
let delay = 0;
// A page of the browser's history remembers how far it was scrolled: also when it is left forward,
// which nothing says beforehand.
let scrolled = 0;
const rememberScroll = () => history.replaceState({ y: scrollY }, "");
addEventListener("scroll", () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(rememberScroll, 100);
}, { passive: true });
// The results that are shown: a step within them, to an anchor, is none to others.
let shown = "";
const resultsAt = (address) => address.split("#")[0];

async function go(address, { push = true, top = false, y = null } = {}) {
  if (running) running.abort();
  const mine = running = new AbortController();
  const announce = document.getElementById("announce");
  const main = document.getElementById("main");
  clearTimeout(scrolled);
  main.setAttribute("aria-busy", "true");
  document.getElementById("trouble").hidden = true;
  clearTimeout(delay);
  delay = setTimeout(() => { announce.textContent = announce.dataset.loading; }, 600);
  let page;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: mine.signal });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("main") || !["search", "error"].includes(page.body.dataset.page)) throw new Error("no results");
  } catch {
    if (mine.signal.aborted) return;
    clearTimeout(delay);
    // What was found stays to be read.
    main.removeAttribute("aria-busy");
    announce.textContent = "";
    const trouble = document.getElementById("trouble");
    trouble.querySelector("a").href = address;
    trouble.hidden = false;
    return;
  }
  clearTimeout(delay);
  if (push) {
    rememberScroll();
    // As a form does: the same search again is no further page of the history.
    if (resultsAt(address) === shown) history.replaceState({ y: 0 }, "", address);
    else history.pushState({ y: 0 }, "", address);
  }
  shown = resultsAt(location.href);
  swap(page);
  announce.textContent = [...document.querySelectorAll("[data-announce]")].map((item) => item.dataset.announce || item.textContent).join(" ");
  if (y !== null) scrollTo(0, y);
  else if (top && !choosing()) scrollTo(0, 0);
}

// On a narrow screen the filters stay unfolded for another choice; a button leads to the results.
const narrow = () => !matchMedia("(min-width: 56.01rem)").matches;
const choosing = () => narrow() && document.getElementById("filters")?.open;

function swap(page) {
  const key = document.activeElement.dataset.key;
  const inside = document.getElementById("main").contains(document.activeElement);
  const unfolded = new Map([...document.querySelectorAll("details[data-key]")].map((item) => [item.dataset.key, item.open]));
  document.title = page.title;
  document.body.dataset.page = page.body.dataset.page;
  for (const old of document.querySelectorAll("[data-swap]")) {
    const fresh = page.getElementById(old.id);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
  }
  for (const item of document.querySelectorAll("details[data-key]")) {
    if (unfolded.get(item.dataset.key)) item.open = true;
  }
  unfoldFilters();
  setUpFilters();
  if (!inside) return;
  const same = [...document.querySelectorAll("a[data-key]")].find((item) => item.dataset.key === key);
  (same || document.getElementById("content")).focus({ preventScroll: true });
}

function unfoldFilters() {
  const filters = document.getElementById("filters");
  if (filters && !CSS.supports("selector(::details-content)") && !narrow()) filters.open = true;
}

function setUpFilters() {
  const button = document.getElementById("show");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    document.getElementById("filters").open = false;
    scrollTo(0, 0);
    document.getElementById("content").focus({ preventScroll: true });
  });
}

function addressOf(form) {
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(fields).toString();
  return form.action + (query ? `?${query}` : "");
}

function setUpSwapping(box) {
  document.addEventListener("submit", (event) => {
    if (!inPlace() || event.target.method !== "get") return;
    event.preventDefault();
    // A keyboard on the screen would cover what was found.
    if (event.target === box.form && matchMedia("(pointer: coarse)").matches) box.blur();
    go(addressOf(event.target), { top: true });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#main a");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || !inPlace() || event.defaultPrevented) return;
    const there = new URL(link.href);
    const results = new URL(box.form.action);
    if (there.origin !== results.origin || there.pathname !== results.pathname) return;
    event.preventDefault();
    if ("q" in Object.fromEntries(there.searchParams) || !there.search) box.value = there.searchParams.get("q") || "";
    go(link.href, { top: !("stay" in link.dataset) });
  });
  shown = resultsAt(location.href);
  addEventListener("popstate", (event) => {
    if (!inPlace() || resultsAt(location.href) === shown) return;
    box.value = new URLSearchParams(location.search).get("q") || "";
    go(location.href, { push: false, y: event.state ? event.state.y : 0 });
  });
}

const inPlace = () => ["search", "error"].includes(document.body.dataset.page);

// --- Keyboard -------------------------------------------------------------------------

// While an input method composes, keys belong to it: Enter picks a word then.
const composing = (event) => event.isComposing || event.keyCode === 229;

function setUpKeys(box) {
  document.getElementById("keys").hidden = document.body.dataset.page !== "search";
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = document.activeElement;
    const typing = at.matches("input, textarea, select");
    if (at === box ? keyInBox(event.key, box) : !typing && keyOutside(event.key, box, at)) event.preventDefault();
  });
}

function keyInBox(key, box) {
  if (key === "Escape") {
    if (box.value) box.value = "";
    else box.blur();
    return true;
  }
  // The key that leads here is no text where it leads here already.
  if (key === "/" && box.value === "") return true;
  return key === "ArrowDown" && move(1);
}

function keyOutside(key, box, at) {
  if (key === "/") {
    box.focus();
    box.select();
    return true;
  }
  const onHit = at.matches(".title");
  if (key === "Escape" && at.closest("#main")) {
    box.focus();
    return true;
  }
  // Elsewhere the arrows scroll, as they do on any page.
  const arrows = onHit || (at === document.body && scrollY < 40);
  if (key === "j" || (key === "ArrowDown" && arrows)) return move(1);
  if (key === "k" || (key === "ArrowUp" && onHit)) return move(-1) || (box.focus(), true);
  return false;
}

function move(step) {
  const titles = [...document.querySelectorAll(".title")];
  const next = titles[titles.indexOf(document.activeElement) + step];
  if (!next) return step > 0 && titles.includes(document.activeElement);
  next.focus({ preventScroll: true });
  next.closest(".hit").scrollIntoView({ block: "nearest" });
  return true;
}

// --- The way back from an article ----------------------------------------------------

function setUpBack() {
  const back = document.getElementById("back");
  const cameFrom = document.referrer && new URL(document.referrer);
  if (!back || !cameFrom || cameFrom.origin !== location.origin) return;
  if (cameFrom.pathname !== new URL(back.href).pathname) return;
  // With the filters, the order and the page that were left.
  back.href = cameFrom.href;
  if (history.length < 2) return;
  back.addEventListener("click", (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.back();
  });
}

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("q");
  setUpTheme();
  setUpKeys(box);
  setUpSwapping(box);
  setUpBack();
  unfoldFilters();
  setUpFilters();
});
