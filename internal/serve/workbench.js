// The workbench of a source: its text, what has been claimed from it, and a
// form that makes a claim of a passage. "readout serve" puts it into the page
// of a source; no build does.
//
// It draws itself from what the server says (/_readout/source), again whenever
// the server has news, and holds nothing of its own but the form.
(() => {
  "use strict";
  const id = document.currentScript.dataset.source;
  const kept = (() => { try { return localStorage; } catch { return {}; } })();
  let sheet;

  // el makes an element: el("a", { href: "#x", class: "y" }, "text", child …).
  function el(name, attributes, ...children) {
    const e = document.createElement(name);
    for (const [k, v] of Object.entries(attributes || {})) {
      if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
      else if (v !== false && v !== undefined) e.setAttribute(k, v === true ? "" : v);
    }
    e.append(...children.filter((c) => c !== undefined));
    return e;
  }
  const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

  // ---- the text

  const meta = el("p", { class: "rw-meta" });
  const text = el("div", { class: "rw-text", tabindex: "0", role: "region", "aria-label": "The text of the source" });
  const only = el("input", { type: "checkbox", id: "rw-only", onchange: () => text.classList.toggle("rw-unused", only.checked) });
  const fold = el("button", { type: "button", "aria-controls": "rw-body", onclick: () => show(body.hidden) });
  const body = el("div", { class: "rw-body", id: "rw-body" });
  const root = el("section", { id: "readout-workbench", "aria-labelledby": "rw-title" },
    el("div", { class: "rw-head" },
      el("h2", { id: "rw-title" }, "Workbench"),
      el("label", { for: "rw-only" }, only, " only what is not used"), fold, meta),
    body);

  function show(open) {
    body.hidden = !open;
    only.parentElement.hidden = !open;
    fold.setAttribute("aria-expanded", String(open));
    fold.textContent = open ? "Fold" : "Unfold";
    kept.readoutWorkbench = open ? "open" : "folded";
  }

  // place puts the workbench under the head of the page, where the page's own
  // sections begin. An update of the page may have thrown it out.
  function place() {
    if (root.isConnected) return;
    const main = document.querySelector("main") || document.body;
    main.insertBefore(root, main.querySelector(":scope > section"));
  }

  async function draw() {
    const response = await fetch("/_readout/source?source=" + encodeURIComponent(id), { cache: "no-store" });
    if (!response.ok) return;
    const old = sheet;
    sheet = await response.json();
    place();
    const unused = sheet.paragraphs.filter((p) => p.claims.length === 0).length;
    meta.replaceChildren("In this preview only. ", el("code", {}, sheet.textName), sheet.hasText
      ? `: ${plural(sheet.paragraphs.length, "paragraph")}, ${unused} not used; ${sheet.quoted} of ${plural(sheet.words, "word")} quoted (${percent(sheet.quoted, sheet.words)}); ${plural(sheet.claims.length, "claim")}.`
      : " is not at hand: put it into content/private/, or name its folder with --texts.");
    form.hidden = form.hidden || !sheet.hasText;
    submit.textContent = "Add to " + sheet.file.split("/").pop();
    if (sheet.language) text.lang = sheet.language;
    // A paragraph that is the same stays: somebody may be selecting in it.
    const names = (sh, i) => sh.paragraphs[i] && sh.paragraphs[i].claims.map((c) => sh.claims[c]);
    const same = (i) => old && JSON.stringify([old.paragraphs[i], names(old, i)]) === JSON.stringify([sheet.paragraphs[i], names(sheet, i)]);
    while (text.children.length > sheet.paragraphs.length) text.lastChild.remove();
    sheet.paragraphs.forEach((p, i) => {
      if (same(i) && text.children[i]) return;
      const fresh = paragraph(p, i + 1), stale = text.children[i];
      if (!stale) {
        text.append(fresh);
        return;
      }
      const held = stale.contains(document.activeElement);
      stale.replaceWith(fresh);
      if (held) number(i + 1).focus({ preventScroll: true });
    });
  }
  const number = (n) => text.children[n - 1] && text.children[n - 1].querySelector(".rw-n");
  const percent = (a, b) => (b ? (100 * a / b).toFixed(1) : "0") + " %";

  function paragraph(p, n) {
    const words = el("p", { class: "rw-words" }, ...p.segments.map((s) => s.claims.length === 0 ? s.text
      : el("mark", { title: s.claims.map((c) => sheet.claims[c].title).join("\n") }, s.text)));
    const claims = p.claims.map((c) => el("li", {}, el("a", { href: "#" + sheet.claims[c].id }, sheet.claims[c].title)));
    return el("div", { class: "rw-p" + (claims.length ? " rw-used" : "") },
      el("button", {
        type: "button", class: "rw-n", "aria-label": `Paragraph ${n}: quote from it`, title: "Quote from this paragraph",
        onclick: () => begin(words.textContent, n, 0, words.textContent.length, true),
      }, String(n)),
      words,
      claims.length ? el("ul", { class: "rw-claims", "aria-label": `Claims from paragraph ${n}` }, ...claims) : undefined);
  }

  // ---- choosing a passage

  const letter = /[\p{L}\p{N}]/u;

  // chosen returns the passage that is selected in the text, grown to whole
  // words: a quotation neither begins nor ends within one.
  function chosen() {
    const selection = getSelection();
    if (selection.rangeCount === 0 || selection.isCollapsed) return undefined;
    const range = selection.getRangeAt(0);
    const parts = [];
    [...text.children].forEach((div, i) => {
      const words = div.querySelector(".rw-words");
      if (!range.intersectsNode(words)) return;
      const t = words.textContent;
      let start = offset(words, range.startContainer, range.startOffset, 0);
      let end = offset(words, range.endContainer, range.endOffset, t.length);
      while (start < end && /\s/.test(t[start])) start++;
      while (end > start && /\s/.test(t[end - 1])) end--;
      if (start >= end) return;
      while (start > 0 && letter.test(t[start - 1]) && letter.test(t[start])) start--;
      while (end < t.length && letter.test(t[end - 1]) && letter.test(t[end])) end++;
      parts.push({ n: i + 1, t, start, end });
    });
    return parts.length ? parts : undefined;
  }

  function offset(words, node, at, otherwise) {
    if (!words.contains(node)) return otherwise;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(node, at);
    return before.toString().length;
  }

  function onSelect(e) {
    if (e.target.closest && e.target.closest(".rw-form, .rw-n, a")) return;
    const parts = chosen();
    if (!parts) return;
    const first = parts[0];
    begin(parts.map((p) => p.t.slice(p.start, p.end)).join(" "), first.n, first.start, first.end, false);
  }
  text.addEventListener("pointerup", (e) => setTimeout(onSelect, 0, e));
  text.addEventListener("keyup", (e) => { if (e.key.startsWith("Arrow") && e.shiftKey) onSelect(e); });
  // Enter goes on from the selection to the form; until then a selection is
  // one, and can be copied. Escape closes the form from here as well.
  addEventListener("keydown", (e) => {
    if (form.hidden || e.key !== "Escape" && (e.key !== "Enter" || !chosen())) return;
    const at = document.activeElement;
    if (at && at !== document.body && at !== text) return;
    e.preventDefault();
    e.stopPropagation();
    if (e.key === "Escape") end();
    else fields.heading.focus();
  }, true);

  // ---- the form

  const fields = {};
  function field(name, label, attributes, hint) {
    const { tag, ...rest } = attributes || {};
    const input = el(tag || "input", { id: "rw-" + name, name, autocomplete: "off", spellcheck: rest.list || tag === "select" ? "false" : undefined,
      "aria-describedby": hint ? `rw-${name}-hint` : undefined, ...rest });
    fields[name] = input;
    return el("div", { class: "rw-field rw-field-" + name }, el("label", { for: "rw-" + name }, label), input,
      hint ? el("small", { id: `rw-${name}-hint` }, hint) : undefined);
  }
  function check(name, label) {
    const input = el("input", { type: "checkbox", id: "rw-" + name, name });
    fields[name] = input;
    return el("div", { class: "rw-check" }, input, el("label", { for: "rw-" + name }, label));
  }
  const group = (...children) => el("div", { class: "rw-group" }, ...children);

  const state = el("p", { class: "rw-state", role: "status" });
  const said = el("div", { class: "rw-said", role: "status" });
  const section = el("pre", { class: "rw-section", tabindex: "0", "aria-label": "The claim as it will be written" });
  const submit = el("button", { type: "submit", class: "rw-main" }, "Add");
  const more = el("details", {}, el("summary", {}, "More"),
    field("about", "About", { list: "rw-about" }, "actors and issues, parted by commas"),
    field("hedge", "Hedge"),
    group(field("changes", "Changes", { list: "rw-known" }), field("denies", "Denies", { list: "rw-known" }), field("disputes", "Disputes", { list: "rw-known" })),
    field("long", "Why so long", {}, "for a quotation over the limit"),
    check("paraphrase", "the heading paraphrases: the quotation only anchors it"),
    field("id", "Id", { placeholder: "made from the heading" }),
    field("note", "Note", { tag: "textarea", rows: "3" }, "Markdown: what you make of it"));
  const another = el("button", { type: "button", class: "rw-another", "aria-pressed": "false", onclick: () => wait(!waiting()) }, "Add another passage");
  const form = el("form", { class: "rw-form", "aria-label": "New claim", hidden: true, novalidate: true },
    el("div", { class: "rw-top" }, el("h3", {}, "New claim"),
      el("button", { type: "button", onclick: () => end() }, "Close (Esc)")),
    field("quotation", "Quotation", { tag: "textarea", rows: "3", required: true }),
    state, another,
    group(field("after", "After the words", {}, "picks one of several places"), field("before", "Before the words")),
    field("heading", "Claim, in one line", { required: true }),
    field("holder", "Holder", { list: "rw-actors", required: true }),
    check("unnamed", "not named: the holder is a description in the source’s words"),
    group(field("count", "How many", { type: "number", min: "1" }), field("reason", "Why not named"), field("party", "Counts for", { list: "rw-actors" })),
    group(field("on", "Issue/option", { list: "rw-options" }), field("stance", "Stance", { tag: "select" })),
    field("if", "If", {}, "the condition"),
    field("via", "Via", { list: "rw-actors" }, "who passed it on, outward, parted by >"),
    group(field("at", "Meeting", { list: "rw-meetings" }), field("act", "Act", { tag: "select" }),
      field("said", "Said", { placeholder: "date of the source" })),
    more,
    said,
    el("div", { class: "rw-buttons" }, submit, el("button", { type: "button", onclick: copy }, "Copy the section")),
    el("details", { class: "rw-shown" }, el("summary", {}, "As it will be written"), section));
  body.append(text, form, ...["actors", "meetings", "options", "about", "known"].map((n) => el("datalist", { id: "rw-" + n })));

  // A claim may rest on several passages, which blank lines part in the form.
  const waiting = () => another.getAttribute("aria-pressed") === "true";
  function wait(on) {
    another.setAttribute("aria-pressed", String(on));
    another.textContent = on ? "Now select it in the text …" : "Add another passage";
  }

  let names, of, room; // of: the paragraph that the form was opened for

  async function learn() {
    const response = await fetch("/_readout/names", { cache: "no-cache" });
    if (!response.ok) return;
    const fresh = await response.text();
    if (fresh === names) return;
    names = fresh;
    const known = JSON.parse(fresh);
    const list = (to, entries) => document.getElementById("rw-" + to)
      .replaceChildren(...entries.map((x) => el("option", { value: x.value, label: `${x.value}: ${x.label}` })));
    list("actors", known.actors);
    list("meetings", known.meetings);
    list("options", known.options);
    list("about", [...known.actors, ...known.issues]);
    list("known", known.claims);
    for (const [to, words] of [["stance", known.stances], ["act", known.acts]]) {
      const now = fields[to].value;
      fields[to].replaceChildren(el("option", { value: "" }, ""), ...words.map((w) => el("option", {}, w)));
      fields[to].value = now;
    }
  }

  // begin opens the form for a passage, which stands from start to end of
  // paragraph n, or adds the passage to the quotations of a form that waits
  // for one. The paragraph's button has the focus in the end.
  function begin(quotation, n, start, end, enter) {
    if (!sheet.hasText) return;
    if (waiting() && !form.hidden) {
      fields.quotation.value = fields.quotation.value.trim() + "\n\n" + quotation;
      wait(false);
      mark(n, start, end);
      prove(false);
      if (enter) fields.quotation.focus();
      return;
    }
    of = n;
    const words = text.children[n - 1].querySelector(".rw-words").textContent;
    room = { before: words.slice(0, start).trim().split(/\s+/).slice(-5).join(" "), after: words.slice(end).trim().split(/\s+/).slice(0, 5).join(" ") };
    fields.quotation.value = quotation;
    fields.after.value = fields.before.value = "";
    wait(false);
    said.replaceChildren();
    form.hidden = false;
    mark(n, start, end);
    arrange();
    learn();
    prove(true);
    text.children[n - 1].scrollIntoView({ block: "nearest" }); // the form may have taken its room
    if (enter) fields.quotation.focus();
  }

  // mark keeps the passage visible when the selection is gone.
  function mark(n, start, end) {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("readout-passage");
    const words = text.children[n - 1] && text.children[n - 1].querySelector(".rw-words");
    if (!words) return;
    const range = document.createRange();
    range.selectNodeContents(words);
    let at = 0;
    const walk = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); at += node.length) {
      if (start >= at && start <= at + node.length) range.setStart(node, start - at);
      if (end >= at && end <= at + node.length) { range.setEnd(node, end - at); break; }
    }
    CSS.highlights.set("readout-passage", new Highlight(range));
  }

  function end() {
    form.hidden = true;
    if (window.Highlight && CSS.highlights) CSS.highlights.delete("readout-passage");
    if (number(of)) number(of).focus({ preventScroll: true });
  }
  form.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    e.stopPropagation();
    end();
  });

  // arrange shows the fields that only some claims have.
  function arrange() {
    const show = (when, ...list) => { for (const name of list) fields[name].closest(".rw-field").hidden = !when; };
    show(fields.unnamed.checked, "count", "reason", "party");
    show(fields.stance.value === "for-if", "if");
    show(severalPlaces || fields.after.value || fields.before.value, "after", "before");
    if (fields.unnamed.checked) fields.holder.removeAttribute("list");
    else fields.holder.setAttribute("list", "rw-actors");
  }

  // ---- what the server says of it

  let severalPlaces = false, asked = 0, timer;

  async function prove(settle) {
    const turn = ++asked;
    const query = new URLSearchParams({ source: id, q: fields.quotation.value, after: fields.after.value, before: fields.before.value, long: fields.long.value });
    const response = await fetch("/_readout/quote?" + query, { cache: "no-store" });
    if (turn !== asked || !response.ok) return;
    const proof = await response.json();
    severalPlaces = proof.places.length > 1;
    fields.quotation.rows = Math.min(12, 3 + 2 * (fields.quotation.value.match(/\n\s*\n/g) || []).length);
    if (settle && proof.result === "ambiguous") {
      // The words around the passage that was selected say which place is meant.
      const [name, words] = room.before ? ["after", room.before] : ["before", room.after];
      if (words) {
        fields[name].value = words;
        return prove(false);
      }
    }
    tell(proof);
    if (proof.problems.some((p) => p.code === "quote/too-long")) more.open = true; // the field for the reason is in there
    arrange();
    ask();
  }

  function tell(proof) {
    state.className = "rw-state " + (proof.proved ? "rw-good" : "rw-bad");
    const where = proof.paragraph === proof.paragraphEnd ? `paragraph ${proof.paragraph}` : `paragraphs ${proof.paragraph} to ${proof.paragraphEnd}`;
    const nth = proof.passages.length + 1, several = fields.quotation.value.trim().match(/\n\s*\n/);
    const which = several && !proof.proved ? `Passage ${nth}: ` : "";
    const word = which + (proof.proved && proof.passages.length > 1 ? `✓ Proved: ${proof.passages.length} passages, of paragraphs ${proof.passages.join(", ")}.`
      : proof.proved ? `✓ Proved (${proof.result}), ${where}.`
      : proof.result === "ambiguous" ? `✕ It stands in ${proof.places.length} places: paragraphs ${proof.places.map((p) => p.paragraph).join(", ")}.` : "✕ Not in the text.");
    const hint = chosen() && !form.contains(document.activeElement) ? el("small", {}, "Enter goes on to the form.") : "";
    state.replaceChildren(word, problems(proof.problems), hint);
  }

  function problems(list) {
    return list.length === 0 ? "" : el("ul", {}, ...list.map((p) => el("li", { class: "rw-" + p.severity }, p.message,
      ...p.notes.map((n) => el("small", {}, n)))));
  }

  function claim() {
    const c = {};
    for (const [name, input] of Object.entries(fields)) {
      c[name] = input.type === "checkbox" ? input.checked : name === "count" ? Math.max(0, Number(input.value) || 0) : input.value;
    }
    if (!c.unnamed) { c.count = 0; c.reason = c.party = ""; }
    if (c.stance !== "for-if") c.if = "";
    return c;
  }

  async function post(write) {
    const response = await fetch("/_readout/claims", {
      method: "POST", cache: "no-store",
      headers: { "Content-Type": "application/json", "X-Readout-Token": sheet.token },
      body: JSON.stringify({ source: id, digest: sheet.digest, write, claim: claim() }),
    });
    if (!(response.headers.get("Content-Type") || "").includes("json")) throw new Error(await response.text());
    return response.json();
  }

  // ask shows what would be written, a moment after the last change.
  function ask() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const answer = await post(false);
        section.textContent = answer.section;
        fields.id.placeholder = answer.id;
      } catch (e) { said.replaceChildren(String(e.message)); }
    }, 200);
  }

  const missing = () => [fields.heading, fields.holder].find((f) => !f.value.trim());

  async function act(write) {
    const empty = missing();
    if (empty) {
      said.replaceChildren(`This needs ${empty === fields.heading ? "a line that says what is claimed" : "a holder"}.`);
      empty.focus();
      return undefined;
    }
    try {
      const answer = await post(write);
      said.replaceChildren(problems(answer.problems));
      if (answer.changed) draw();
      return answer;
    } catch (e) {
      said.replaceChildren(String(e.message));
      return undefined;
    }
  }

  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    submit.disabled = true;
    const answer = await act(true);
    submit.disabled = false;
    if (!answer || !answer.written) return;
    for (const name of ["quotation", "heading", "id", "after", "before", "if", "note", "long", "hedge", "on", "stance", "changes", "denies", "disputes"]) fields[name].value = "";
    fields.paraphrase.checked = false;
    const link = answer.edit ? el("a", { href: answer.edit }, answer.place) : el("code", {}, answer.place);
    end();
    done.replaceChildren("✓ Added ", el("a", { href: "#" + answer.id }, answer.id), " at ", link, problems(answer.problems));
  });
  const done = el("p", { class: "rw-done", role: "status" });
  meta.after(done);

  async function copy() {
    const answer = await act(false);
    if (!answer) return;
    section.textContent = answer.section;
    try {
      await navigator.clipboard.writeText(answer.section);
      said.append("Copied.");
    } catch {
      section.parentElement.open = true;
      getSelection().selectAllChildren(section);
      said.append("Copy what is selected below.");
    }
  }

  form.addEventListener("input", (e) => {
    if (["quotation", "after", "before", "long"].includes(e.target.name)) {
      clearTimeout(timer);
      timer = setTimeout(prove, 150, false);
    } else ask();
    arrange();
  });

  // ---- at work

  show(kept.readoutWorkbench !== "folded");
  draw();
  document.addEventListener("readout:update", () => { place(); draw(); });
  document.addEventListener("readout:desk", draw);
})();
