package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/chromedp"

	"readout/internal/bench/corpus"
)

const pagefindVersion = "1.6.0"

// An engine is a search over the pages that Readout built.
type engine struct {
	name     string
	page     string            // that is asked, with the query after it
	own      func(string) bool // whether a path is of its code or its index
	text     func(string) bool // whether it holds the words that results show
	answered string            // true once a query's first ten results are shown
	all      string            // a promise of the addresses of all results
}

var engines = []engine{
	{
		name: "Readout", page: "search.html?q=",
		own:      func(p string) bool { return p == "search.js" || strings.HasPrefix(p, "search/") },
		text:     func(p string) bool { return strings.HasPrefix(p, "search/d/") },
		answered: `/ results?\b/.test(document.querySelector("#search [role=status]")?.textContent)`,
		all: `(async () => {
	const more = document.querySelector("#search-more"), list = document.querySelector("#search-results");
	while (!more.hidden) {
		const n = list.children.length;
		more.click();
		while (list.children.length === n) await new Promise(r => setTimeout(r, 5));
	}
	return [...list.querySelectorAll("a")].map(a => a.href);
})()`,
	},
	{
		name: "Pagefind", page: "pagefind.html?q=",
		own:      func(p string) bool { return strings.HasPrefix(p, "pagefind/") },
		text:     func(p string) bool { return strings.HasPrefix(p, "pagefind/fragment/") },
		answered: `!!window.answered`,
		all:      `Promise.all(results.map(r => r.data())).then(all => all.map(x => new URL(x.url, location).href))`,
	},
}

// pagefindPage asks Pagefind as its documentation says, and fetches what ten
// results show.
const pagefindPage = `<!doctype html><meta charset="utf-8"><title>Pagefind</title><script type="module">
const pagefind = await import("./pagefind/pagefind.js");
const query = new URLSearchParams(location.search).get("q");
window.results = (await pagefind.search(query)).results;
await Promise.all(results.slice(0, 10).map(r => r.data()));
window.answered = true;
</script>`

// search measures the search beside Pagefind's over the same pages: what
// indexing takes, what a query fetches in a browser that has nothing yet, as a
// host sends it, and whether the answers to quotations are whole, held to all
// texts of the corpus.
func (b *bench) search(pages int) error {
	dir, err := os.MkdirTemp(b.out, "search-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	site, index, profiles := filepath.Join(dir, "site"), filepath.Join(dir, "pagefind"), filepath.Join(dir, "profiles")
	content := filepath.Join(b.corpus(pages), "readout")
	var took [2]cost
	if took[0], err = b.once("readout", "build", "--content", content, "--out", site, "--profile", profiles); err != nil {
		return err
	}
	share, err := inProfile(filepath.Join(profiles, "cpu.pprof"), `readout/internal/search\.Make`)
	if err != nil {
		return err
	}

	measured := engines[:1]
	install := b.pagefind()
	if install != nil {
		fmt.Fprintln(os.Stderr, "without Pagefind:", install)
	} else {
		fmt.Fprintln(os.Stderr, "indexing with Pagefind, which takes a minute for 10,000 pages")
		took[1], err = measureRun(exec.Command(b.pagefindProgram(), "--site", site, "--output-path", index,
			"--root-selector", "main", "--glob", "{actors,issues,meetings,sources}/*.html"))
		if err != nil {
			return err
		}
		measured = engines
	}

	host := &host{site: site, pagefind: index, packed: map[string][]byte{}}
	server := httptest.NewServer(host)
	defer server.Close()
	ctx, stop := browser()
	defer stop()
	if err := chromedp.Do(ctx); err != nil {
		return fmt.Errorf("starting Chromium: %w", err)
	}
	texts := textsOf(corpus.New(pages))
	kinds := queries(texts, b.runs)
	answers := make([][]*answer, len(measured))
	for i, e := range measured {
		for _, k := range kinds {
			a, err := e.ask(ctx, server.URL+"/", host, k, texts)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", e.name, k.name, err)
			}
			answers[i] = append(answers[i], a)
			fmt.Fprintf(os.Stderr, "%s, %s: %.0f KB\n", e.name, k.name, a.mean()/1e3)
		}
	}

	fmt.Printf("\nSearching %d pages; %d queries of each kind; bytes as a host sends them, with the code\n\n", len(texts), b.runs)
	row := func(cells ...string) { fmt.Println("| " + strings.Join(cells, " | ") + " |") }
	head, rule := []string{""}, []string{"---"}
	for _, e := range measured {
		head, rule = append(head, e.name), append(rule, "--:")
	}
	row(head...)
	row(rule...)
	line := func(name string, cell func(i int) string) {
		cells := []string{name}
		for i := range measured {
			cells = append(cells, cell(i))
		}
		row(cells...)
	}
	indexing := [...]string{
		fmt.Sprintf("%.2f s, of the build's %.1f s", share, took[0].cpu.Seconds()),
		fmt.Sprintf("%.1f s", took[1].cpu.Seconds()),
	}
	memory := [...]string{fmt.Sprintf("%.0f MB, of the whole build", took[0].megabytes()), fmt.Sprintf("%.0f MB", took[1].megabytes())}
	line("indexing, CPU time", func(i int) string { return indexing[i] })
	line("peak memory", func(i int) string { return memory[i] })
	for _, what := range []string{"index without the text of results", "all files"} {
		var failed error
		line(what, func(i int) string {
			files, size, err := host.size(&measured[i], what != "all files")
			failed = cmp.Or(failed, err)
			return fmt.Sprintf("%.1f MB in %d files", float64(size)/1e6, files)
		})
		if failed != nil {
			return failed
		}
	}
	for k, kind := range kinds {
		line(kind.name+": mean, most", func(i int) string {
			a := answers[i][k]
			return fmt.Sprintf("%.0f KB, %.0f KB in %d requests", a.mean()/1e3, float64(slices.Max(a.bytes))/1e3, a.requests)
		})
		if kind.quotes {
			line("… pages that hold it and are found", func(i int) string {
				return fmt.Sprintf("%d of %d", answers[i][k].found, answers[i][k].held)
			})
			line("… pages found that do not hold it", func(i int) string {
				return strconv.Itoa(answers[i][k].wrong)
			})
		}
	}
	fmt.Println()
	return nil
}

// pagefind installs Pagefind with npm, once.
func (b *bench) pagefind() error {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Errorf("there is no %s, with which it is installed", program)
		}
	}
	if _, err := os.Stat(b.pagefindProgram()); err == nil {
		return nil
	}
	dir := filepath.Join(b.dir, "pagefind")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	out, err := exec.Command("npm", "install", "--no-fund", "--no-audit", "--prefix", dir, "pagefind@"+pagefindVersion).CombinedOutput()
	if err != nil {
		return fmt.Errorf("npm: %w\n%s", err, out)
	}
	return nil
}

func (b *bench) pagefindProgram() string {
	return filepath.Join(b.dir, "pagefind", "node_modules", ".bin", "pagefind")
}

// inProfile returns how many seconds of a profile were spent in a function and
// in what it calls.
func inProfile(file, function string) (float64, error) {
	out, err := exec.Command("go", "tool", "pprof", "-top", "-unit=ms", "-focus="+function, file).Output()
	if err != nil {
		return 0, fmt.Errorf("go tool pprof: %w", err)
	}
	m := regexp.MustCompile(`accounting for ([\d.]+)ms`).FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("go tool pprof does not say how long %s took:\n%s", function, out)
	}
	ms, err := strconv.ParseFloat(string(m[1]), 64)
	return ms / 1e3, err
}

// A host serves a site, and Pagefind's index of it below pagefind/, and counts
// what it sends. It compresses what GitHub Pages and its like do; Pagefind's
// files are compressed as they lie.
type host struct {
	site, pagefind string

	mu       sync.Mutex
	packed   map[string][]byte
	own      func(string) bool
	bytes    int
	requests int
}

func (h *host) file(name string) string {
	if rest, ok := strings.CutPrefix(name, "pagefind/"); ok {
		return filepath.Join(h.pagefind, filepath.FromSlash(rest))
	}
	return filepath.Join(h.site, filepath.FromSlash(name))
}

var compressed = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml",
}

// pack returns a file as it is sent.
func (h *host) pack(name string) ([]byte, error) {
	if name == "pagefind.html" {
		return zip([]byte(pagefindPage))
	}
	data, err := os.ReadFile(h.file(name))
	if err != nil || compressed[path.Ext(name)] == "" {
		return data, err
	}
	return zip(data)
}

func zip(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	err = errors.Join(err, w.Close())
	return b.Bytes(), err
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	h.mu.Lock()
	defer h.mu.Unlock()
	data, ok := h.packed[name]
	if !ok {
		var err error
		if data, err = h.pack(name); err != nil {
			http.NotFound(w, r)
			return
		}
		h.packed[name] = data
	}
	if h.own != nil && h.own(name) {
		h.bytes += len(data)
		h.requests++
	}
	if kind := compressed[path.Ext(name)]; kind != "" {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Write(data)
}

// count begins to count what an engine fetches.
func (h *host) count(e *engine) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.own, h.bytes, h.requests = e.own, 0, 0
}

func (h *host) counted() (bytes, requests int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.bytes, h.requests
}

// size returns how many files an engine's index has, and their bytes as they
// are sent.
func (h *host) size(e *engine, withoutText bool) (files, size int, err error) {
	for _, root := range []string{"search", "pagefind"} {
		dir := h.file(root + "/")
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rest, err := filepath.Rel(dir, name)
			if err != nil {
				return err
			}
			name = root + "/" + filepath.ToSlash(rest)
			if !e.own(name) || withoutText && e.text(name) {
				return nil
			}
			data, err := h.pack(name)
			files, size = files+1, size+len(data)
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, 0, err
		}
	}
	return files, size, nil
}

// A kind is some queries that are alike.
type kind struct {
	name    string
	quotes  bool
	queries [][]string // words
}

// An answer is what an engine made of a kind of queries.
type answer struct {
	bytes              []int
	requests           int // at most
	held, found, wrong int // pages
}

func (a *answer) mean() float64 {
	sum := 0
	for _, n := range a.bytes {
		sum += n
	}
	return float64(sum) / float64(len(a.bytes))
}

// ask puts queries, each in a browser that has nothing in its cache.
func (e *engine) ask(browser context.Context, base string, h *host, k kind, texts map[string][][]string) (*answer, error) {
	a := &answer{}
	for _, words := range k.queries {
		query := strings.Join(words, " ")
		if k.quotes {
			query = `"` + query + `"`
		}
		h.count(e)
		found, err := e.one(browser, base+e.page+url.QueryEscape(query), k.quotes, func() {
			bytes, requests := h.counted()
			a.bytes = append(a.bytes, bytes)
			a.requests = max(a.requests, requests)
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", query, err)
		}
		if !k.quotes {
			continue
		}
		seen := map[string]bool{}
		for _, address := range found {
			page, _, _ := strings.Cut(strings.TrimPrefix(address, base), "#")
			seen[page] = true
		}
		for page, runs := range texts {
			if slices.ContainsFunc(runs, func(run []string) bool { return within(run, words) }) {
				a.held++
				if seen[page] {
					a.found++
				}
			}
		}
		for page := range seen {
			if data, err := os.ReadFile(h.file(page)); err != nil {
				return nil, err
			} else if !within(pageWords(string(data)), words) {
				a.wrong++
			}
		}
	}
	return a, nil
}

// one opens a page with a query and calls then when it has its answer. It
// returns the addresses of all results if they are wanted.
func (e *engine) one(browser context.Context, address string, wanted bool, then func()) ([]string, error) {
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return nil, err
	}
	for {
		done, err := chromedp.Run(ctx, chromedp.Evaluate[bool](e.answered))
		if err != nil {
			return nil, err
		}
		if done {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	then()
	if !wanted {
		return nil, nil
	}
	return chromedp.Run(ctx, chromedp.Evaluate[[]string](e.all, chromedp.EvalAwaitPromise))
}

var (
	link     = regexp.MustCompile(`\[([^\]]*)\]\(([^)]*)\)`)
	anchor   = regexp.MustCompile(`\{#[^}]*\}`)
	unshown  = regexp.MustCompile(`(?s)<(head|script|template|style)\b.*?</(head|script|template|style)>`)
	tag      = regexp.MustCompile(`<[^>]*>`)
	wordRule = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+`)
	entities = strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">")
)

func wordsOf(s string) []string { return wordRule.FindAllString(strings.ToLower(s), -1) }

// pageWords returns the words of a page as a browser shows it.
func pageWords(html string) []string {
	// A tag within a word, as of a link, does not part it; markup that does
	// has white space or punctuation beside it in the corpus.
	return wordsOf(entities.Replace(tag.ReplaceAllString(unshown.ReplaceAllString(html, " "), " ")))
}

// textsOf returns, by page, the words of each paragraph that the corpus has.
// The mark of a citation ends one.
func textsOf(c *corpus.Corpus) map[string][][]string {
	all := map[string][][]string{}
	for _, f := range c.Markdown() {
		name := strings.TrimSuffix(f.Path, ".md") + ".html"
		var runs [][]string
		for _, paragraph := range strings.Split(f.Text, "\n\n") {
			paragraph = link.ReplaceAllStringFunc(paragraph, func(s string) string {
				m := link.FindStringSubmatch(s)
				if strings.Contains(m[2], "#") {
					return "\x00"
				}
				return m[1]
			})
			for _, run := range strings.Split(anchor.ReplaceAllString(paragraph, ""), "\x00") {
				if words := wordsOf(run); len(words) > 0 {
					runs = append(runs, words)
				}
			}
		}
		all[name] = runs
	}
	return all
}

// within reports whether words stand among others in their order.
func within(all, words []string) bool {
	for i := 0; i+len(words) <= len(all); i++ {
		if all[i] == words[0] && slices.Equal(all[i:i+len(words)], words) {
			return true
		}
	}
	return false
}

// queries picks queries of each kind, the same for the same texts.
func queries(texts map[string][][]string, n int) []kind {
	pages := map[string]int{} // that hold a word
	var names []string
	for name, runs := range texts {
		names = append(names, name)
		seen := map[string]bool{}
		for _, run := range runs {
			for _, w := range run {
				if !seen[w] {
					seen[w] = true
					pages[w]++
				}
			}
		}
	}
	slices.Sort(names)
	words := make([]string, 0, len(pages))
	for w := range pages {
		if len(w) > 3 {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(pages[b]-pages[a], strings.Compare(a, b)) })
	rng := rand.New(rand.NewPCG(1, 1))
	pick := func(from, to int) string { // by how many pages hold it
		for {
			if w := words[rng.IntN(len(words))]; pages[w] >= from && pages[w] <= to {
				return w
			}
		}
	}
	quote := func(length int, fits func([]string) bool) []string {
		for {
			runs := texts[names[rng.IntN(len(names))]]
			if len(runs) == 0 {
				continue
			}
			run := runs[rng.IntN(len(runs))]
			if len(run) < length {
				continue
			}
			at := rng.IntN(len(run) - length + 1)
			if q := run[at : at+length]; fits(q) {
				return q
			}
		}
	}
	total := len(names)
	common := func(q []string) bool {
		return !slices.ContainsFunc(q, func(w string) bool { return pages[w] < total/10 })
	}
	kinds := []kind{
		{name: "a frequent word"},
		{name: "a rare word"},
		{name: "two words"},
		{name: "a quotation of two words", quotes: true},
		{name: "a quotation of three frequent words", quotes: true},
		{name: "a quotation of nine words", quotes: true},
	}
	for i := range n {
		add := func(k int, words ...string) { kinds[k].queries = append(kinds[k].queries, words) }
		add(0, words[10*i])
		add(1, pick(1, 3))
		add(2, pick(total/100, total/10), pick(total/100, total/10))
		add(3, quote(2, func([]string) bool { return true })...)
		add(4, quote(3, common)...)
		add(5, quote(9, func([]string) bool { return true })...)
	}
	return kinds
}
