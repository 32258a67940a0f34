// Keeps a page in step with the build. "readout serve" puts it into each page
// that it serves, as the last thing in the body: the page is whole, and no
// deferred script has touched it.
//
// The server sends states, not changes: hashes of what the page should be made
// of. The page compares them with what it is made of, and catches up.
(() => {
  "use strict";
  const tag = document.currentScript;
  let have = { ...tag.dataset }; // page, style, parts, problems: hashes
  // The page as it was served. What other scripts and the reader did to it
  // since is told from what an edit changed by comparing with this.
  let served = { head: document.head.cloneNode(true), body: document.body.cloneNode(true) };

  // ---- listening

  let source, waiting, busy, build, desk;

  // A browser opens six connections to one server, for all its tabs. A tab
  // that nobody sees gives up its own, and catches up when it is seen.
  function connect() {
    if (source || document.hidden) return;
    source = new EventSource("/_readout/events?page=" + encodeURIComponent(location.pathname));
    source.onmessage = (e) => {
      waiting = JSON.parse(e.data); // the latest is all that counts
      catchUp();
    };
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 1000);
      }
    };
  }
  function disconnect() {
    if (source) source.close();
    source = undefined;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();

  async function catchUp() {
    if (busy) return;
    busy = true;
    try {
      while (waiting) {
        const state = waiting;
        waiting = undefined;
        await become(state);
      }
    } finally {
      busy = false;
    }
  }

  async function become(state) {
    const other = build !== undefined && state.build !== build && state.page === have.page;
    build = state.build;
    const bare = !have.page; // nothing but problems, as there is no site yet
    if (state.parts !== have.parts || bare && (state.page || state.problems !== have.problems)) {
      location.reload();
      return;
    }
    if (bare) return;
    if (state.style !== have.style) {
      have.style = state.style;
      restyle(state.style);
    }
    if (state.page !== have.page) await update();
    if (state.desk !== desk) {
      desk = state.desk;
      document.dispatchEvent(new CustomEvent("readout:desk"));
    }
    await showProblems(state.problems);
    if (other && state.follow && state.changed.length > 0) {
      location.assign(address(state.changed[0]));
      return;
    }
    showNotice(other ? state.changed : [], state.more);
  }

  // ---- the page

  async function update() {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    if (!response.ok && response.status !== 404) return;
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const nextTag = next.querySelector("script[data-page][src='/_readout/live.js']");
    if (!nextTag || fixed(next.head) !== fixed(served.head) || nextTag.dataset.parts !== have.parts) {
      location.reload();
      return;
    }
    const changed = new Set();
    const steady = anchor();
    const focused = document.activeElement && document.activeElement.id;
    document.title = next.title;
    attributes(document.documentElement, served.root || document.documentElement, next.documentElement);
    morph(document.body, served.body, next.body, changed);
    templates(next.body);
    have = { ...nextTag.dataset };
    served = { root: next.documentElement, head: next.head, body: next.body };
    if (focused && document.activeElement === document.body) {
      const again = document.getElementById(focused);
      if (again) again.focus({ preventScroll: true });
    }
    steady();
    flash(changed);
    document.dispatchEvent(new CustomEvent("readout:update"));
  }

  // fixed returns what of a head cannot be changed without a reload.
  function fixed(head) {
    return [...head.querySelectorAll("link[rel~=stylesheet], script, style, base, meta[http-equiv]")]
      .map((e) => e.outerHTML).join("\n");
  }

  // morph makes to live what made now of was. Where the two are equal, live is
  // left alone with all that was done to it: open details, filters, words
  // typed in.
  function morph(live, was, now, changed) {
    if (was.isEqualNode(now)) return;
    if (live.nodeType !== Node.ELEMENT_NODE) {
      live.nodeValue = now.nodeValue;
      if (live.parentElement && now.nodeValue.trim()) changed.add(live.parentElement);
      return;
    }
    attributes(live, was, now);
    const olds = [...was.childNodes], news = [...now.childNodes];
    const lives = matching(live, olds);
    if (!lives) {
      live.replaceChildren(...news.map(copy));
      changed.add(live);
      return;
    }
    let before = null; // the live node that follows: children are done from the last to the first
    for (const [i, j] of align(olds, news).reverse()) {
      if (j === undefined) {
        lives[i].remove();
        continue;
      }
      let node;
      if (i === undefined) {
        node = copy(news[j]);
        live.insertBefore(node, before || after(live, lives));
        if (node.nodeType === Node.ELEMENT_NODE) changed.add(node);
        else if (node.nodeValue.trim()) changed.add(live);
      } else {
        node = lives[i];
        morph(node, olds[i], news[j], changed);
      }
      before = node;
    }
  }

  function copy(node) { return document.importNode(node, true); }

  // after returns what other scripts put behind the last child that was served.
  function after(live, lives) {
    for (let i = lives.length - 1; i >= 0; i--) {
      if (lives[i].parentNode === live) return lives[i].nextSibling;
    }
    return null;
  }

  function attributes(live, was, now) {
    for (const { name, value } of now.attributes) {
      if (was.getAttribute(name) !== value) live.setAttribute(name, value);
    }
    for (const { name } of [...was.attributes]) {
      if (!now.hasAttribute(name)) live.removeAttribute(name);
    }
  }

  function like(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");
  }

  // matching finds, among the children of live, those that were served, in
  // order. It finds none if one of them is gone.
  function matching(live, olds) {
    const found = [];
    let at = live.firstChild;
    for (const old of olds) {
      while (at && !like(at, old)) at = at.nextSibling;
      if (!at) return undefined;
      found.push(at);
      at = at.nextSibling;
    }
    return found;
  }

  // align pairs old and new children: [i, j], [i, undefined] for one that
  // went, [undefined, j] for one that came. Equal ends are paired first, then
  // what a longest common subsequence finds, then neighbours of a kind.
  function align(olds, news) {
    let start = 0, endO = olds.length, endN = news.length;
    while (start < endO && start < endN && olds[start].isEqualNode(news[start])) start++;
    while (endO > start && endN > start && olds[endO - 1].isEqualNode(news[endN - 1])) { endO--; endN--; }
    const pairs = [];
    for (let i = 0; i < start; i++) pairs.push([i, i]);
    let i = start, j = start;
    for (const [ci, cj] of [...common(olds, news, start, endO, endN), [endO, endN]]) {
      while (i < ci || j < cj) {
        if (i < ci && j < cj && like(olds[i], news[j])) pairs.push([i++, j++]);
        else if (i < ci && (j === cj || endO - i >= endN - j)) pairs.push([i++, undefined]);
        else pairs.push([undefined, j++]);
      }
      if (ci < endO) { pairs.push([ci, cj]); i = ci + 1; j = cj + 1; }
    }
    for (let k = 0; endO + k < olds.length; k++) pairs.push([endO + k, endN + k]);
    return pairs;
  }

  function common(olds, news, start, endO, endN) {
    const n = endO - start, m = endN - start;
    if (n === 0 || m === 0 || n * m > 1e6) return [];
    const key = (e) => (e.id ? e.nodeName + "#" + e.id : e.outerHTML || e.nodeName + e.nodeValue);
    const a = olds.slice(start, endO).map(key), b = news.slice(start, endN).map(key);
    const w = m + 1, best = new Uint32Array((n + 1) * w);
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        best[i * w + j] = a[i] === b[j] ? best[(i + 1) * w + j + 1] + 1
          : Math.max(best[(i + 1) * w + j], best[i * w + j + 1]);
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < n && j < m;) {
      if (a[i] === b[j]) pairs.push([start + i++, start + j++]);
      else if (best[(i + 1) * w + j] >= best[i * w + j + 1]) i++;
      else j++;
    }
    return pairs;
  }

  // templates hold what is no child of theirs, and so were not compared.
  function templates(body) {
    for (const t of body.querySelectorAll("template[id]")) {
      const live = document.getElementById(t.id);
      if (live && live.innerHTML !== t.innerHTML) live.innerHTML = t.innerHTML;
    }
  }

  // anchor remembers what stands at the top of the window, and returns the
  // function that brings it back there.
  function anchor() {
    if (scrollY === 0) return () => {};
    const at = document.elementsFromPoint(innerWidth / 2, Math.min(80, innerHeight / 2))
      .find((e) => document.body.contains(e) && getComputedStyle(e).position !== "fixed" && getComputedStyle(e).position !== "sticky");
    if (!at || at === document.body) return () => {};
    const top = at.getBoundingClientRect().top;
    return () => {
      if (at.isConnected) scrollBy({ top: at.getBoundingClientRect().top - top, behavior: "instant" });
    };
  }

  // flash marks what changed for a moment.
  function flash(changed) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const e of changed) {
      if (!e.isConnected || [...changed].some((o) => o !== e && o.contains(e))) continue;
      e.animate([{ backgroundColor: "rgb(255 200 0 / 35%)" }, { backgroundColor: "rgb(255 200 0 / 0%)" }],
        { duration: 1500, easing: "ease-in" });
    }
  }

  // restyle loads style sheets again beside the old ones, which go when the
  // new ones have come: the page is never bare.
  function restyle(version) {
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const url = new URL(old.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("v", version);
      const fresh = old.cloneNode();
      fresh.href = url.href;
      fresh.onload = fresh.onerror = () => old.remove();
      old.after(fresh);
    }
  }

  // ---- what is laid over the page

  const layer = document.createElement("div");
  const shadow = layer.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/_readout/live.css";
  shadow.append(sheet);

  function lay(className, label) {
    const box = document.createElement("div");
    box.className = className;
    box.setAttribute("role", "status");
    const close = document.createElement("button");
    close.textContent = label;
    close.onclick = () => box.remove();
    shadow.append(box);
    // Outside the body: an update of the page leaves it alone.
    document.documentElement.append(layer);
    return [box, close];
  }

  let problems = "", over, badge, before;

  // Hides the problems, and offers them again as long as there are any.
  function hide(forNow) {
    if (badge) badge.remove();
    badge = undefined;
    if (over) {
      const title = over.querySelector("h1").textContent;
      const inside = shadow.activeElement && over.contains(shadow.activeElement);
      over.remove();
      over = undefined;
      if (inside && before && before.isConnected) before.focus({ preventScroll: true });
      if (forNow) {
        const [box, button] = lay("badge float", title);
        button.onclick = () => load(true);
        button.title = "Show what is wrong";
        box.append(button);
        badge = box;
      }
    }
    before = undefined;
  }
  addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !over) return;
    hide(true);
    e.stopPropagation();
  }, true);

  async function showProblems(id) {
    if (id === problems) return;
    problems = id;
    if (id) await load(false);
    else hide(false);
  }

  // load lays the problems over the page. They are scrolled and followed by
  // keys at once, unless somebody is writing in a field beneath: letters must
  // not be lost to a mistake in another window.
  async function load(wanted) {
    const html = await (await fetch("/_readout/problems", { cache: "no-store" })).text();
    if (!problems) return; // mended meanwhile
    const scrolled = over ? over.scrollTop : 0;
    const held = over && shadow.activeElement && over.contains(shadow.activeElement) ? before : document.activeElement;
    hide(false);
    const [box, close] = lay("over", "Hide (Esc)");
    const inner = document.createElement("div");
    inner.className = "problems";
    inner.tabIndex = -1;
    inner.innerHTML = html; // escaped by the server
    inner.prepend(close);
    close.onclick = () => hide(true);
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", "Mistakes in the briefing");
    box.append(inner);
    box.scrollTop = scrolled;
    over = box;
    before = held;
    if (wanted || !held || !held.matches("input, textarea, select, [contenteditable]")) inner.focus({ preventScroll: true });
  }

  function address(page) {
    return "/" + page.path.split("/").map(encodeURIComponent).join("/");
  }

  let notice;
  function showNotice(pages, more) {
    if (pages.length === 0) return;
    if (notice) notice.remove();
    const [box, close] = lay("notice float", "×");
    close.setAttribute("aria-label", "Dismiss");
    box.append(close, "Changed: ");
    pages.forEach((p, i) => {
      const a = document.createElement("a");
      a.href = address(p);
      a.textContent = p.title || p.path;
      box.append(i ? ", " : "", a);
    });
    if (more > 0) box.append(` and ${more} more`);
    notice = box;
  }
})();
