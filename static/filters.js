// The filters of the comparison and of the timeline. A view is in the address,
// so that it can be sent. Loaded after readout.js, whose names it uses.
"use strict";

const form = one("#page-filters");
const fields = [...form.elements].filter(e => e.name);
const initial = e => (one("[selected]", e) || e.options[0]).value;
const read = () => {
	const asked = new URLSearchParams(location.search), taken = {};
	for (const e of fields) {
		const i = taken[e.name] = (taken[e.name] ?? -1) + 1;
		e.value = asked.getAll(e.name)[i] ?? initial(e);
		if (e.selectedIndex < 0) e.value = initial(e);
	}
};
const write = () => {
	const asked = String(new URLSearchParams(fields.filter(e => e.value !== initial(e)).map(e => [e.name, e.value])));
	try { history.replaceState(null, "", address + (asked && "?" + asked) + location.hash); } catch {}
};
const things = () => all(".options-of tbody, .events > li");
// tell says in the line that unfolds the fields what they are set to.
const tell = () => {
	const set = fields.filter(e => e.value !== initial(e) && e.closest("details")).map(e => e.selectedOptions[0].text);
	one("summary > span", form).textContent = set.length ? ": " + set.join(", ") : "";
};
const values = name => fields.filter(e => e.name === name && e.value).map(e => e.value);
const count = (shown, of) => {
	const line = one("[role=status]", form), what = line.dataset.word.split("|")[of === 1 ? 0 : 1];
	line.textContent = `${shown} of ${of} ${what} shown${shown ? "" : ": choose less"}`;
};
// hideEmpty hides the parts of which everything is hidden, and their entries
// in the contents. It returns how many things are shown.
const hideEmpty = (parts, things) => {
	let shown = 0;
	for (const part of parts) {
		const n = all(things, part).filter(x => !x.hidden).length;
		shown += n;
		part.hidden = !n;
		const entry = one(`.contents a[href="#${CSS.escape(part.id)}"]`);
		if (entry) entry.parentElement.hidden = !n;
	}
	return shown;
};

const filterTimeline = () => {
	const [actor] = values("actor"), [issue] = values("issue"), [kind] = values("kind"), [direct] = values("direct");
	const events = all(".events > li"), has = (ids, id) => !id || ids.split(" ").includes(id);
	for (const x of events) {
		const d = x.dataset;
		x.hidden = !(has(d.actors, actor) && has(d.issues, issue) && (!kind || d.kind === kind) && (!direct || d.direct === direct));
	}
	count(hideEmpty(all("section:has(> .events)"), ".events > li"), events.length);
};

// stood returns where a party stood at the end of a day, as package plan works
// it out: the claims of the latest day must agree, but one that is unclear
// contradicts nothing.
const stood = (cell, day) => {
	const cards = all(".card[data-day]", cell).filter(x => x.dataset.day && x.dataset.day <= day);
	if (!cards.length) return;
	const last = new Set(cards.filter(x => x.dataset.day === cards[0].dataset.day).map(x => x.dataset.stance));
	if (last.size > 1) last.delete("unclear");
	return { cards, stance: last.size > 1 ? "mixed" : [...last][0] };
};
const moved = (then, now) => !then ? "new" : then.stance !== now.stance ? "changed" :
	now.cards.length > then.cards.length ? "restated" : "not heard since";

const filterOptions = () => {
	const [issue] = values("issue"), parties = values("party"), [stance] = values("stance"), [since] = values("since"), [direct] = values("direct");
	const chosen = e => !parties.length || parties.includes(e.dataset.party);
	const fits = cell => {
		if (stance && cell.dataset.stance !== stance) return false;
		const ways = all(".card", cell).map(x => x.dataset.direct);
		if (direct && !(direct === "unnamed" ? ways.length && ways.every(x => x === direct) : ways.includes(direct))) return false;
		const now = since && stood(cell, "9999");
		return !since || now && (["new", "changed"].includes(moved(stood(cell, since), now)) ||
			now.cards.some(x => x.dataset.day > since && "changes" in x.dataset));
	};
	const sections = all(".options-of");
	for (const part of sections) {
		for (const th of all("th[data-party]", part)) th.hidden = !chosen(th);
		for (const option of all("tbody", part)) {
			const cells = all("[data-party]", option);
			for (const cell of cells) cell.hidden = !chosen(cell);
			const asked = stance || since || direct;
			for (const cell of cells) cell.classList.toggle("fits", !!(asked && !cell.hidden && fits(cell)));
			one("td.rule", option).colSpan = cells.filter(cell => !cell.hidden).length || 1;
			option.hidden = issue && part.id !== issue || !cells.some(cell => !cell.hidden && (!asked || cell.matches(".fits")));
		}
	}
	one("main").classList.toggle("chosen", parties.length > 0);
	count(hideEmpty(sections, "tbody"), all(".options-of tbody").length);
	if (issue || parties.length || stance || since || direct) {
		for (const part of sections) if (!part.hidden) one(".narrow", part).open = true;
	}
	setSideBySide(sections);
};

// setSideBySide writes the table of two dates anew, of the options and the
// parties that are shown.
const setSideBySide = sections => {
	const table = one(".moves");
	if (!table) return;
	const [then, now] = ["then", "now"].map(name => fields.find(e => e.name === name));
	const words = e => e.selectedOptions[0].text, by = e => "By " + words(e);
	const heads = all("thead th", table);
	heads[2].textContent = by(then);
	heads[3].textContent = by(now);
	one("#page-moves .span").textContent = `What each party was last heard to say by ${words(then)}, and by ${words(now)}.`;
	const label = code => one(`.key ${code ? ".stance." + code : ".none"}`).cloneNode(true);
	const side = text => make("span", { className: "side", textContent: text });
	const place = at => {
		if (!at) return [label()];
		const card = at.cards[0];
		return [label(at.stance), make("br"), make("a", { className: "meta", href: one(".claim > a", card).getAttribute("href"), textContent: card.dataset.when })];
	};
	for (const old of [...table.tBodies]) old.remove();
	for (const part of sections) {
		const { href } = one(".more > a", part).attributes, body = make("tbody");
		for (const option of all("tbody", part)) {
			for (const cell of all(":is(.party, .document)[data-party]", option)) {
				const before = stood(cell, then.value), after = stood(cell, now.value);
				if (option.hidden || cell.hidden || !after) continue;
				const word = moved(before, after), text = one("th", option).cloneNode(true);
				for (const x of all(".cites", text)) x.remove();
				body.append(make("tr", { className: word === "changed" ? word : "" },
					make("th", { scope: "row" }, make("a", { href: href.value + "#" + option.id.split("/")[1], textContent: text.textContent })),
					make("td", {}, ...one(".side", cell).cloneNode(true).childNodes),
					make("td", {}, side(by(then)), " ", ...place(before)),
					make("td", {}, side(by(now)), " ", ...place(after)),
					make("td", {}, side("What moved"), " ", make("b", { className: "word", textContent: word }))));
			}
		}
		if (body.rows.length) {
			body.prepend(make("tr", { className: "group" }, make("th", { scope: "rowgroup", colSpan: 5 }, make("a", { href: href.value, textContent: one("h2", part).textContent }))));
			table.append(body);
		}
	}
};

const filter = one(".options-of") ? filterOptions : filterTimeline;
on("change", e => { if (fields.includes(e.target)) { write(); tell(); filter(); } });
on("reset", () => setTimeout(() => { write(); tell(); filter(); }), form);
on("click", e => {
	const { open, close } = e.target.dataset;
	if ((open ?? close) === undefined) return;
	for (const x of all(open === undefined ? "td details" : ".options-of details")) x.open = open !== undefined;
}, form);
const restore = () => { read(); tell(); filter(); };
on("popstate", restore, window);
on("readout:update", restore);
location.search ? read() : write(); // something may have been chosen before this script was there
tell();
if (fields.some(e => e.value !== initial(e))) filter();
else count(things().length, things().length);
