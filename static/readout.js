// What a page can do beside being read. Every page is whole without it.
// Its names are those of filters.js too: scripts that are no modules share them,
// and a module would not load from a disk.
"use strict";
const root = document.documentElement;
const one = (q, at = document) => at.querySelector(q);
const all = (q, at = document) => [...at.querySelectorAll(q)];
const on = (type, f, at = document) => at.addEventListener(type, f);
const make = (name, props, ...inside) => {
	const e = Object.assign(document.createElement(name), props);
	e.append(...inside);
	return e;
};
const url = a => { try { return new URL(a.getAttribute("href"), document.baseURI); } catch { return new URL("about:blank"); } };
const target = hash => { try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch {} };
const address = location.href.split(/[?#]/)[0];
const own = document.currentScript.src; // at the root of the site

// A browser may refuse to remember, and to rewrite the address of a file.
const kept = {};
const recall = key => { try { return localStorage.getItem("readout-" + key); } catch { return kept[key]; } };
const remember = (key, value) => { try { localStorage.setItem("readout-" + key, value); } catch { kept[key] = value; } };

const toast = make("p", { className: "toast", role: "status" });
const say = words => {
	toast.textContent = words;
	clearTimeout(say.timer);
	say.timer = setTimeout(() => { toast.textContent = ""; }, 4000);
};

// Settings, at the foot of the page.

const option = (type, name, value, words) => make("label", {}, make("input", { type, name, value }), " " + words);
const settings = one(".settings") ?? make("form", { className: "settings", autocomplete: "off" },
	make("fieldset", {}, make("legend", { textContent: "Colours" }), ...["auto", "light", "dark"].map(x => option("radio", "theme", x, x === "auto" ? "automatic" : x))),
	option("checkbox", "previews", "", "previews of links"), make("button", { type: "button", textContent: "Keyboard help" }));
const set = () => {
	const theme = recall("theme") || "auto";
	root.dataset.theme = theme;
	for (const e of settings.elements) {
		if (e.name === "theme") e.checked = e.value === theme;
		else if (e.type === "checkbox") e.checked = recall(e.name) !== "off";
	}
};
const is = name => recall(name) !== "off";
on("change", e => {
	const { name, type, value, checked } = e.target;
	remember(name, type === "checkbox" ? (checked ? "on" : "off") : value);
	if (name === "theme") root.dataset.theme = value;
	if (!checked) hide();
}, settings);
on("storage", set, window);

// Previews: of a citation its note, of a claim its card where the page has
// one, of a record what #page-previews says of it.

const box = make("div", { id: "page-preview", className: "preview", hidden: true });
let from, byFocus, done, timer;

const bare = e => {
	const copy = e.cloneNode(true);
	for (const x of all(".back, .tools", copy)) x.remove();
	for (const x of all("[id]", copy)) x.removeAttribute("id");
	return copy.childNodes;
};
const contents = a => {
	const to = url(a), page = to.href.split("#")[0];
	if (a.closest(".preview, .number")) return;
	if (page === address || page === location.href.split("#")[0]) {
		const there = target(to.hash);
		const pair = a.closest(".pair"); // in which what it leads to is in sight
		return there && there.matches(".notes li, .card, .passage") && !there.contains(a) && !(pair && pair.contains(there)) && bare(there);
	}
	for (const x of all(".card > .claim > a")) {
		if (x.href === to.href && !x.parentElement.parentElement.contains(a)) return bare(x.parentElement.parentElement);
	}
	const told = one("#page-previews"), lines = told ? told.content.textContent.split("\n").map(x => x.split("\t")) : [];
	const of = href => lines.find(x => new URL(x[0], own).href === href), x = of(to.href) || of(page);
	const p = (className, textContent) => make("p", { className, textContent });
	return x && [p("claim", x[2] || a.textContent), p("meta", x[1]), p("", x[3])];
};
const show = (a, focus) => {
	const inside = contents(a);
	hide();
	if (!inside) return;
	box.replaceChildren(...inside, make("button", { type: "button", className: "off", textContent: "Turn previews off" }));
	one("main").append(box);
	box.hidden = false;
	from = a;
	byFocus = focus;
	a.setAttribute("aria-describedby", box.id);
	const lines = [...a.getClientRects()], at = lines[focus ? 0 : lines.length - 1] || a.getBoundingClientRect();
	const below = at.bottom + box.offsetHeight < innerHeight || at.top < box.offsetHeight;
	box.style.left = scrollX + Math.max(8, Math.min(at.left, root.clientWidth - box.offsetWidth - 8)) + "px";
	box.style.top = scrollY + (below ? at.bottom + 2 : at.top - box.offsetHeight - 2) + "px";
};
const hide = () => {
	clearTimeout(timer);
	if (from) from.removeAttribute("aria-describedby");
	from = byFocus = undefined;
	box.hidden = true;
};
const later = (f, wait) => { clearTimeout(timer); timer = setTimeout(f, wait); };

on("pointerover", e => {
	if (e.pointerType === "touch") return;
	const a = e.target.closest("main a[href]");
	if (a !== done) done = undefined;
	if (box.contains(e.target) || a && a === from) clearTimeout(timer);
	else if (a && !done && is("previews")) later(() => show(a), 400);
	else if (!byFocus) later(hide, 300); // what the focus opens, or will, is not the pointer's
});
on("pointerout", e => { if (!e.relatedTarget && from && !byFocus) later(hide, 300); });
on("focusin", e => {
	const a = e.target.closest("main a[href]");
	if (!a || a === from || !is("previews") || !a.matches(":focus-visible")) return;
	byFocus = true;
	later(() => show(a, true), 400);
});
on("focusout", e => {
	if (!box.contains(e.relatedTarget) && !box.matches(":hover")) hide();
});
on("click", e => {
	if (!e.target.closest(".preview .off")) return;
	remember("previews", "off");
	set();
	hide();
	say("Previews are off. They can be turned on at the foot of the page.");
});

// Where nothing hovers, a citation opens its note below its paragraph.
on("click", e => {
	const a = e.target.closest("a[role=doc-noteref]");
	if (!a || !(e.pointerType === "touch" || matchMedia("(hover: none)").matches)) return;
	const note = one(a.getAttribute("href"));
	if (!note) return;
	e.preventDefault();
	const close = () => {
		a.note.remove();
		a.note = undefined;
		a.setAttribute("aria-expanded", "false");
	};
	if (a.note) return close();
	const button = make("button", { type: "button", textContent: "Close note " + a.textContent });
	on("click", () => { close(); a.focus(); }, button);
	a.note = make("div", { className: "opened" }, ...bare(note), button);
	const near = a.closest("p, li, dd, td, th, figcaption, h2, h3") || a.parentElement;
	near.matches("p, h2, h3") ? near.after(a.note) : near.append(a.note);
	a.setAttribute("aria-expanded", "true");
});

// Copying. Where there is no clipboard, the text is selected to be copied.

on("click", async e => {
	const button = e.target.closest("[data-copy]");
	if (!button) return;
	let text = button.dataset.copy;
	if (!text || text[0] === "#") {
		const home = one("link[rel=canonical]");
		text = (location.protocol === "file:" && home ? home.href : address) + (text || location.search);
	}
	try {
		await navigator.clipboard.writeText(text);
		say("Copied: " + (text.length > 90 ? text.slice(0, 90) + "…" : text));
	} catch {
		const area = make("textarea", { value: text, readOnly: true, rows: 6, ariaLabel: "The text" });
		dialog("Copy this", area);
		area.select();
	}
});

const dialog = (title, ...inside) => {
	hide();
	const d = make("dialog", { className: "dialog" }, make("h2", { id: "page-dialog", textContent: title }), ...inside,
		make("form", { method: "dialog" }, make("button", { textContent: "Close" })));
	d.setAttribute("aria-labelledby", "page-dialog");
	on("close", () => d.remove(), d);
	document.body.append(d);
	d.showModal();
};

// Keys. Those that are one sign can be switched off, as WCAG 2.1.4 asks.

const places = { h: "index", c: "comparison", i: "issues", a: "actors", m: "meetings", s: "sources", t: "timeline" };
const help = () => {
	const keys = [["/", "search"], ["?", "this help"], ["Esc", "close a preview or a dialog"],
		...Object.entries(places).map(([key, name]) => ["g " + key, name === "index" ? "front page" : name])];
	const list = make("dl", { className: "keys" }, ...keys.map(([key, what]) =>
		make("div", {}, make("dt", {}, make("kbd", { textContent: key })), make("dd", { textContent: what }))));
	const box = make("input", { type: "checkbox", checked: is("keys") });
	on("change", () => remember("keys", box.checked ? "on" : "off"), box);
	dialog("Keys", list, make("label", {}, box, " single keys are on"));
};
on("click", help, settings.lastElementChild);
let went = 0;
on("keydown", e => {
	if (e.key === "Escape" && from) {
		done = from;
		hide();
	}
	if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || e.isComposing || !is("keys") ||
		e.target.closest("input, textarea, select, [contenteditable], dialog")) return;
	const go = (name, hash = "") => {
		const a = one(`.top a[href$="${name}.html"]`);
		if (a) location.href = a.href + hash;
	};
	if (e.key === "?") help();
	else if (e.key === "/") {
		const input = one("main input[type=search]");
		input ? (input.focus(), input.select()) : go("search", "#search-q");
	} else if (went > Date.now() - 1500 && places[e.key]) go(places[e.key]);
	else {
		went = e.key === "g" ? Date.now() : 0;
		return;
	}
	went = 0;
	e.preventDefault();
});

// What a narrow screen shows folded is so, and not only shown so.
const fold = () => {
	for (const x of all(".narrow")) x.open = !getComputedStyle(x).getPropertyValue("--fold");
	root.classList.add("ready");
};

// What a link leads to, and what is printed, is unfolded.

const unfold = () => {
	const e = target(location.hash), folded = e ? all(":scope > .narrow:not([open])", e) : [];
	for (let x = e; x; x = x.parentElement) if (x.localName === "details" && !x.open) folded.push(x);
	for (const x of folded) x.open = true;
	if (folded.length) e.scrollIntoView();
};
on("hashchange", unfold, window);
let folded = [];
on("beforeprint", () => {
	folded = all("details:not([open])");
	for (const x of folded) x.open = true;
}, window);
on("afterprint", () => { for (const x of folded) x.open = false; }, window);

// A page that is not there: its address is what is looked for.
const lost = one(".lost");
if (lost) {
	let path = location.pathname;
	try { path = decodeURIComponent(path); } catch {}
	lost.value = path.split("/").pop().replace(/\.html?$/, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ");
}

one(".bottom")?.append(settings); // last, so that nothing moves
document.body.append(toast);
set();
fold();
unfold();
on("readout:update", set); // the preview server has put a newer page in place
