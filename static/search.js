// The search of search.html. The package internal/search says how its index is read.
(() => {
const byId = id => document.getElementById('search-' + id);
const box = byId('q');
if (!box) return;
const {form} = box, status = byId('status'), results = byId('results'), more = byId('more'), narrow = byId('narrow');
const base = new URL('search/', document.currentScript.src), root = new URL('..', base);
const element = (tag, name, ...inside) => {
	const e = document.createElement(tag);
	e.className = name;
	e.append(...inside);
	return e;
};
const upTo = n => [...Array(n).keys()];

const unspaced = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'].map(s => `\\p{sc=${s}}`).join('');
const word = new RegExp(`[${unspaced}]\\p{M}*|((?![${unspaced}])[\\p{L}\\p{M}\\p{N}\\p{Cf}]|(?<=\\p{Nd})[.,:](?=\\p{Nd}))+`, 'gu');
const words = s => s.replace(/[\p{Cf}\u034f\ufe00-\ufe0f]/gu, '').replace(/\p{No}/gu, ' $& ').normalize('NFKD')
	.replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Hebrew}\p{sc=Arabic}]\p{Mn}*)\p{Mn}/gu, '')
	.toLowerCase().replaceAll('ς', 'σ').normalize('NFC').match(word) ?? [];
const reverse = w => [...w].reverse().join('');

const hash = w => upTo(w.length).reduce((h, i) => Math.imul(h ^ w.charCodeAt(i), 16777619), 2166136261);
const bucket = (a, b) => {
	let x = Math.imul(hash(a), 0x9E3779B1) + hash(b);
	x = Math.imul(x ^ x >>> 15, 0x85EBCA6B);
	return '#' + ((x ^ x >>> 13) >>> 0) % index.buckets;
};

const near = (a, b) => upTo(a.length + 1).some(i => {
	const x = a.slice(i), y = b.slice(i);
	return a.slice(0, i) === b.slice(0, i) && (x.slice(1) === y.slice(1) || x === y.slice(1) || x.slice(1) === y || reverse(x.slice(0, 2)) + x.slice(2) === y);
});

const place = (all, w) => all.findIndex((_, i) => w.every((x, k) => x === all[i + k]));

let index, digest, parts = {};
const calls = {};
window.readoutSearch = (of, name, ...data) => calls[name](of, data);

const load = (name, make) => {
	parts[name] ??= new Promise((resolve, reject) => {
		const script = element('script', '');
		calls[name] = (of, data) => (digest ??= of) === of ? resolve(make(...data)) : reject();
		script.src = new URL(`${name}.js?${digest ?? Date.now()}`, base);
		script.onerror = reject;
		document.head.append(script);
	});
	parts[name].catch(() => { parts[name] = null; });
	return parts[name];
};

const numbers = s => {
	const all = [];
	for (let i = 0; i < s.length;) {
		let v = 0, m = 1, c;
		for (; (c = s.charCodeAt(i++)) > 92; m *= 31) v += (c - 37) * m;
		all.push(v + (c - 35) * m);
	}
	return all;
};

const list = (s = '') => {
	const all = [], k = s.charCodeAt(0) - 35, end = s.length * 6;
	const bit = i => s.charCodeAt(i / 6) - (s.charCodeAt(i / 6) > 92 ? 36 : 35) >> i % 6 & 1;
	for (let i = 6, at = -1, d = 0; i < end; d++) {
		if (!bit(i++)) continue;
		d <<= k;
		for (let b = 0; b < k; b++) d |= bit(i++) << b;
		all.push(at += d + 1);
		d = -1;
	}
	return all;
};

const lastUpTo = (all, x) => Math.max(0, all.findLastIndex(y => y <= x));

const open = async () => {
	index = await load('index', x => {
		const more = new Set(list(x.more));
		x.of = []; // object, by segment
		x.first = []; // segment, by object
		for (const s of upTo(x.segments)) {
			if (!more.has(s)) x.first.push(s);
			x.of.push(x.first.length - 1);
		}
		x.kindOf = o => x.kinds.find((_, i) => o < x.ends[i]);
		x.texts = list(x.texts);
		return x;
	});
};

const range = async (low, high) => {
	const need = [];
	for (let n = lastUpTo(index.table, low); !need[0] || index.table[n] < high; n++) {
		need.push(load('t/' + n, (keys, lists) => {
			let key = '';
			lists = lists.split(' ');
			return keys.split(' ').map((k, i) => ({key: key = key.slice(0, k.charCodeAt(0) - 35) + k.slice(1), lists: lists[i]}));
		}));
	}
	const found = (await Promise.all(need)).flat().filter(x => x.key >= low && x.key < high);
	for (const x of found) [x.list, x.titles = []] = x.lists.split('|').map(list);
	return found;
};
const exact = async key => (await range(key, key + '\0'))[0];
const beginning = start => range(start, start + '\uffff');

const factsOf = coded => {
	const all = [], v = numbers(coded);
	for (let i = 0, first = 0; i < v.length;) {
		const refs = [];
		for (let n = v[i++], at = -5; n--;) refs.push(at += v[i++] + 1);
		const d = v[i++];
		first += d % 2 ? (d - 1) / 2 : -d / 2;
		all.push(d ? {refs, first, last: first + v[i++]} : {refs});
	}
	return all;
};

const segment = async s => {
	const n = lastUpTo(index.texts, s);
	return (await load('d/' + n, x => x))[s - index.texts[n]];
};

const spelled = async w => {
	const n = w.length;
	const [forward, backward] = await Promise.all([beginning('>' + w.slice(0, n - 1 >> 1)), beginning('<' + reverse(w).slice(0, n >> 1))]);
	return [...new Set([
		...forward.map(x => x.key.slice(1)).filter(t => [n - 1, n, n + 1].some(k => near(t.slice(0, k), w) && (!t[k] || t[k - 1] === w[n - 1]))),
		...backward.map(x => reverse(x.key.slice(1))).filter(t => near(t, w)),
	])];
};

// candidates: segments in which a quotation may begin; whether it does.
const candidates = async (w, few = w.length > 5) => {
	const known = [...new Set(few ? w : w.slice(0, 12))].sort((a, b) => b.length - a.length).slice(0, few ? 4 : 12), {of, exact: limit, segments} = index;
	const all = await Promise.all(known.map(async x => (await exact(x))?.list ?? []));
	if (!w[1]) return [all[0], true];
	const size = x => all[known.indexOf(x)]?.length;
	const keys = w.slice(1, 800).map((b, i) => {
		const a = w[i], x = size(a), y = size(b);
		return (x ?? segments) * (y ?? segments) < limit ? bucket(a, b) : x && y ? `&${a}&${b}` : '';
	}).filter(x => x).slice(0, few ? 5 : 11), n = keys.length;
	const pairs = await Promise.all(keys.map(async x => (await exact(x))?.list ?? []));
	// How many lists, from the first one on, each is in.
	const count = (lists, by) => lists.reduce((of, list, k) => {
		for (const s of list) if ((of[by(s)] ??= 0) === k) of[by(s)]++;
		return of;
	}, {});
	const lead = count(pairs, s => s), trail = count(pairs.reverse(), s => s), holds = count(all, s => of[s]);
	const found = [...new Set(Object.keys({...lead, ...trail}).flatMap(s => [+s, s - 1]))].filter(s => (lead[s] | 0) + (of[s] === of[s + 1] && trail[s + 1] | 0) >= n && holds[of[s]] === all.length);
	return few && (n < 3 || found[8]) ? candidates(w, false) : [found, !w[2] && keys[0][0] === '&'];
};

const textsOf = run => run.filter((_, i) => i % 2).flatMap(words);

// holds: whether a quotation begins in a segment.
const holds = async (s, w) => {
	const [part, , names, facts, , also, runs] = await segment(s);
	const texts = [...part ? [] : [...names, ...facts, ...also].map(words), ...runs.map(textsOf)], end = texts.at(-1), own = end.length;
	for (let more = true; ;) {
		if (texts.some(t => place(t, w) >= 0 && (t !== end || place(t, w) < own))) return true;
		const next = more && end.length < own + w.length && index.of[++s] === index.of[s - 1] && await segment(s);
		if (!next || next[0] < 2) return false;
		end.push(...textsOf(next[6][0]));
		more = !next[6][1];
	}
};

// look: the objects that hold all, best first.
const look = async (q, run) => {
	const {of} = index, found = {...q, best: {}, terms: [], guesses: []};
	let hits;
	const meet = own => { hits = new Map([...hits ?? own].filter(x => own.has(x[0])).map(([o, v]) => [o, v + own.get(o)])); };
	for (const w of q.words) {
		const own = new Map(), short = w.length < 3;
		let term = t => short ? t === w : t.startsWith(w), some = short ? await range(w, w + '\0') : await beginning(w);
		if (!some[0] && w.length > 3) {
			const guesses = await spelled(w);
			found.guesses.push([w, guesses]);
			term = t => guesses.includes(t);
			some = await Promise.all(guesses.map(exact));
		}
		for (const {key, list, titles} of some) {
			const rare = Math.log(2 + index.segments / list.length) * (key === w ? 2 : 1);
			for (const [i, s] of [...list, ...titles].entries()) {
				own.set(of[s], Math.max(i < list.length ? rare : 3 * rare, own.get(of[s]) ?? 0));
				found.best[of[s]] ??= s;
			}
		}
		found.terms.push(term);
		meet(own);
	}
	// What bears this very name comes first.
	const named = q.words[0] && (await exact('=' + q.words.join('-')))?.list[0];
	if (hits?.has(named)) hits.set(named, 99);
	for (const w of q.phrases) {
		const [all, sure] = await candidates(w), own = new Map(), some = all.filter(s => !hits || hits.has(of[s]));
		if (!sure && some[64]) status.textContent = `Reading ${some.length} passages …`;
		for (let i = 0; i < some.length && run === runs; i += 64) {
			await Promise.all(some.slice(i, i + 64).map(async s => {
				if (!sure && !await holds(s, w)) return;
				own.set(of[s], 0);
				found.best[of[s]] = s;
			}));
		}
		meet(own);
	}
	hits ??= new Map(index.first.map((_, o) => [o, 0]));
	found.all = [...hits.keys()].sort((a, b) => hits.get(b) - hits.get(a) || a - b);
	return found;
};

const facets = ['actor', 'issue', 'source'], ways = ['document', 'unnamed', 'relayed', 'own'];
let state = {}, found, full, wait, last, runs = 0;

const marks = text => {
	const all = [...text.matchAll(word)].flatMap(m => words(m[0]).map(w => [m.index, m.index + m[0].length, w]));
	const spans = found.terms.map(term => all.filter(x => term(x[2])));
	for (const w of found.phrases) {
		const i = place(all.map(x => x[2]), w);
		if (i >= 0) spans.push([[all[i][0], all[i + w.length - 1][1]]]);
	}
	return {text, worth: spans.filter(x => x[0]).length, spans: spans.flat().sort((a, b) => a[0] - b[0])};
};

const excerpt = ({text, spans}) => {
	let from = spans[0]?.[0] > 120 ? text.lastIndexOf(' ', spans[0][0] - 60) + 1 : 0;
	const out = [from ? '… ' : ''];
	for (const [a, b] of spans) {
		if (a < from) continue;
		out.push(text.slice(from, a), element('mark', '', text.slice(a, b)));
		from = b;
	}
	return [...out, text.slice(from)];
};

const item = async o => {
	const [, href, names, facts, stance, , runs] = await segment(found.best[o] ?? index.first[o]);
	const link = element('a', '', ...excerpt(marks(names[0]))), by = element('p', 'meta');
	const all = runs.flatMap(run => run.flatMap((x, i) => i % 2 ? {...marks(x), anchor: run[i - 1]} : []));
	const best = all.reduce((a, b) => b.worth > a.worth ? b : a, all[0] ?? marks(''));
	link.href = new URL(best.worth && best.anchor ? href.replace(/#.*|$/, '#' + best.anchor) : href, root);
	if (stance) by.append(element('b', 'stance ' + stance[0], element('i', '', stance[1]), ' ' + stance[2]), ' ');
	by.append([...names.slice(1), ...facts].join(' · '));
	return element('li', '', element('p', 'claim', link, ' ', element('span', 'tag', index.kindOf(o))), by, element('p', '', ...excerpt(best)));
};

const show = async () => {
	const of = runs, from = results.children.length, items = await Promise.all(found.kept.slice(from, from + 10).map(item));
	if (of !== runs) return;
	results.append(...items);
	const left = found.kept.length - results.children.length;
	more.hidden = !left;
	more.textContent = `Show more (${left} left)`;
	return items[0];
};

// sift: the facets, with counts.
const sift = async () => {
	const of = runs, counts = [{}, {}, {}, {}], facts = {}, from = Date.parse(state.from) / 864e5, to = Date.parse(state.to) / 864e5;
	const wanted = await Promise.all(facets.map(async f => state[f] && ((await exact('=' + state[f]))?.list[0] ?? NaN)));
	wanted.push(state.direct && (~ways.indexOf(state.direct) || NaN));
	full = narrow.open ||= from || to || state.by || wanted.some(x => x != null);
	for (const o of full ? found.all : []) facts[o] = (await load('f/' + (o / index.facts | 0), factsOf))[o % index.facts];
	if (of !== runs) return;
	found.kept = found.all.filter(o => {
		const {refs = [], first, last} = facts[o] ?? {}, kind = index.kindOf(o);
		const fails = [state.kind && state.kind !== kind, ...wanted.map(x => x != null && !refs.includes(x)), from && !(last >= from) || to && !(first <= to)];
		const failed = fails.filter(x => x).length;
		[[kind], ...facets.map(f => refs.filter(r => r >= 0 && index.kindOf(r) === f))].forEach((values, i) => {
			if (failed === +!!fails[i]) for (const v of values) counts[i][v] = (counts[i][v] ?? 0) + 1;
		});
		return !failed;
	});
	const day = o => facts[o].first ?? NaN, turn = state.by === 'oldest' ? 1 : -1;
	if (state.by) found.kept.sort((a, b) => turn * (day(a) - day(b)) || isNaN(day(a)) - isNaN(day(b)));
	for (const radio of form.elements.kind) {
		const n = counts[0][radio.value];
		radio.checked = radio.value === (state.kind ?? '');
		radio.parentNode.hidden = !n && !radio.checked && !!radio.value;
		radio.nextElementSibling.textContent = n ?? '';
	}
	if (full) facets.forEach(async (f, i) => {
		const top = Object.entries(counts[i + 1]).sort((a, b) => b[1] - a[1]).slice(0, 20), select = form.elements[f];
		const options = await Promise.all(top.map(async ([o, n]) => {
			const [, href, names] = await segment(index.first[o]);
			return new Option(`${names[0]} (${n})`, href.slice(href.indexOf('/') + 1, -5));
		}));
		if (of === runs) select.replaceChildren(select.options[0], ...options);
		choose(f);
	});
};

const choose = name => {
	const field = form.elements[name], value = state[name] ?? '';
	field.value = value;
	if (field.value !== value) field.add?.(new Option(value, value, true, true));
};

const search = async again => {
	const of = ++runs, text = state.q ?? '', all = words(text), phrases = [];
	const rest = words(text.replace(/["“”„«»]([^"“”„«»]*)["“”„«»]?/g, (_, inside) => phrases.push(words(inside)) && ' '));
	results.replaceChildren();
	status.textContent = '';
	more.hidden = true;
	if (byId('facets').hidden = !Object.keys(state).length) return;
	let say;
	try {
		await open();
		// What is long enough to be a quotation is sought as one first.
		let next = all.length > 4 && rest[0] && await look({words: [], phrases: [all]}, of);
		say = ', word for word';
		if (!next?.all?.length) {
			next = await look({words: [...new Set(rest)], phrases: phrases.filter(w => w[0])}, of);
			say = next.guesses.map(([w, list]) => `; “${w}” is nowhere` + (list[0] ? `: taken for ${list.join(', ')}` : '')).join('');
		}
		if (of !== runs) return;
		found = next;
		await sift();
		if (of === runs) await show();
		const n = found.kept.length;
		say = `${n} result${n === 1 ? '' : 's'}${say}`;
	} catch {
		if (of === runs && !again) {
			// The site may have been built anew.
			parts = {};
			digest = null;
			return search(true);
		}
		say = 'The index could not be read.';
	}
	if (of === runs) status.textContent = say;
};

const go = how => {
	clearTimeout(wait);
	const query = String(new URLSearchParams(state));
	history[how](null, '', location.pathname + (query && '?' + query));
	last = location.search;
	search();
};
const restore = () => {
	if (location.search === last) return;
	last = location.search;
	state = Object.fromEntries([...new URLSearchParams(last)].filter(x => form.elements[x[0]]));
	['q', 'from', 'to', 'direct', 'by', ...facets].forEach(choose);
	search();
};

form.oninput = ({target}) => {
	state[target.name] = target.value;
	if (!target.value) delete state[target.name];
	clearTimeout(wait);
	if (target === box) wait = setTimeout(go, 200, 'replaceState');
	else go('pushState');
};
form.onsubmit = event => {
	event.preventDefault();
	go('replaceState');
};
narrow.ontoggle = () => narrow.open && !full && search();
more.onclick = async () => (await show())?.querySelector('a').focus();
addEventListener('popstate', restore);
addEventListener('keydown', event => {
	const stops = [box, ...results.querySelectorAll('a')], at = stops.indexOf(event.target);
	const to = at < 0 ? null : event.key === 'Escape' ? at && box : stops[at + {ArrowDown: 1, ArrowUp: -1}[event.key]];
	if (!to) return;
	event.preventDefault();
	to.focus();
});
if (location.hash === '#search-q') box.focus();
restore();
})();
