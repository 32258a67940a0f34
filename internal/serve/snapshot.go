package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"readout/internal/build"
	"readout/internal/diag"
	"readout/internal/record"
)

// A snapshot is what is served at one moment. It is never changed; files that
// a build did not touch are shared by the snapshots before and after it.
type snapshot struct {
	number   int           // of the build, to tell two states of one page apart
	of       *build.Result // that the files are of; nil before the first one
	files    map[string]*file
	pages    func(name string) *file // pages that are made when they are wanted, or nil
	problems string                  // errors as HTML; "" if there are none
	failed   string                  // those of pages that could not be made later
	warnings string                  // everything else as text
	changed  []page                  // what the last change of files did to pages; the likeliest first
	drafts   map[string]bool         // pages of drafts, by path
	style    func() string
	desk     *desk                   // of the build that the files are of
	headers  []*record.Header        // likewise; to tell which records were edited
	later    *build.Later            // what of the files is made when it is wanted
	rest     func(name string) *file // files whose names are known when they are made
}

// A file is one file of the site. It may be made, and is hashed, when it is
// first wanted: of ten thousand pages few are looked at before the next build.
type file struct {
	bytes func() []byte
	hash  func() string
}

func newFile(get func() []byte) *file {
	return &file{bytes: get, hash: sync.OnceValue(func() string { return hash(get()) })}
}

func holding(data []byte) func() []byte { return func() []byte { return data } }

// A page is a page of the site, as a notice on another one names it.
type page struct {
	Path  string `json:"path"`
	Title string `json:"title"`
}

// same reports whether a and b are equal. A build that did not touch a file
// returns the very same bytes, which need not be compared.
func same(a, b []byte) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] || bytes.Equal(a, b))
}

// next returns the snapshot after a build, how many files it changed, and
// whether there is anything to tell of it. If not, only what the workbench
// knows is new: an edit may change no page, and yet the file of a record. The names are those of the files whose
// change it was built for; errors link to the editor.
func (s *snapshot) next(res *build.Result, names []string, e Editor, fail func(*build.Later, diag.List)) (n *snapshot, changes int, news bool) {
	n = &snapshot{number: s.number + 1}
	var text strings.Builder
	for _, d := range res.Diags {
		if d.Severity != diag.Error {
			diag.List{d}.WriteText(&text)
		}
	}
	n.warnings = text.String()
	if res.Diags.HasErrors() {
		n.problems = problemsHTML(res.Diags, e)
		n.of, n.headers, n.files, n.pages, n.style, n.drafts, n.desk, n.later, n.rest, n.failed = s.of, s.headers, s.files, s.pages, s.style, s.drafts, s.desk, s.later, s.rest, s.failed
		if n.problems == s.problems && n.warnings == s.warnings {
			return s, 0, false
		}
		return n, 0, true
	}
	n.files = make(map[string]*file, len(res.Files))
	n.of, n.desk, n.headers = res, newDesk(res), headers(res)
	var styles []*file
	for _, f := range res.Files {
		old := s.files[f.Path]
		if old != nil && same(old.bytes(), f.Data) {
			n.files[f.Path] = old
		} else {
			n.files[f.Path] = newFile(holding(f.Data))
			changes++
			if path.Ext(f.Path) == ".html" {
				n.changed = append(n.changed, page{f.Path, titleOf(f.Data)})
			}
		}
		if path.Ext(f.Path) == ".css" {
			styles = append(styles, n.files[f.Path])
		}
	}
	changes += n.addLater(res, s, fail)
	for p := range s.files {
		if n.files[p] == nil {
			changes++
		}
	}
	n.drafts = draftsOf(res)
	if changes == 0 && maps.Equal(n.drafts, s.drafts) && s.files != nil && s.problems == n.problems && n.warnings == s.warnings {
		same := *s
		same.of, same.desk, same.headers = n.of, n.desk, n.headers
		return &same, 0, false
	}
	n.style = sync.OnceValue(func() string { return hashes(styles) + hash(n.pageStyle()) })
	if s.files == nil {
		n.changed = nil // at first all is new
	}
	likeliest(n.changed, names)
	return n, changes, true
}

// named returns files by name, made when the first of them is wanted.
func named(files func() map[string][]byte) func() map[string]*file {
	return sync.OnceValue(func() map[string]*file {
		all := map[string]*file{}
		for path, data := range files() {
			all[path] = newFile(holding(data))
		}
		return all
	})
}

// hold keeps the snapshot as it is until release is called. It fails once
// another one has taken its place, and the site that its pages are made from is
// that of a later build.
func (s *snapshot) hold() (release func(), ok bool) {
	if s.of == nil {
		return func() {}, true
	}
	return s.of.Hold()
}

// caught makes a page, and reports a panic as a diagnostic.
func caught(get func() ([]byte, diag.List)) (data []byte, diags diag.List) {
	defer func() {
		if x := recover(); x != nil {
			diags = panicked(x)
		}
	}()
	return get()
}

// addLater adds the files that are made when they are wanted, and returns how
// many have changed for all that can be told without making them: the pages of
// records that were edited. Those are the ones that a notice names.
func (n *snapshot) addLater(res *build.Result, old *snapshot, fail func(*build.Later, diag.List)) (changes int) {
	if n.later = res.Later; n.later == nil {
		return 0
	}
	if n.later == old.later {
		n.rest, n.failed, n.pages = old.rest, old.failed, old.pages
		n.problems = n.failed
		return 0
	}
	var mu sync.Mutex
	made := map[string]*file{}
	n.pages = func(name string) *file {
		get := res.Later.Page(name)
		if get == nil {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		if made[name] == nil {
			made[name] = newFile(func() []byte {
				data, diags := caught(get)
				if diags.HasErrors() {
					fail(res.Later, diags)
				}
				return data
			})
		}
		return made[name]
	}
	exports, index := named(n.later.Exports), named(n.later.Index)
	n.rest = func(name string) *file {
		if strings.HasPrefix(name, "search/") {
			return index()[name]
		}
		return exports()[name]
	}
	for _, x := range n.desk.edited(old.headers, n.headers) {
		n.changed = append(n.changed, page{x.Path, x.Name.Value})
	}
	return max(1, len(n.changed))
}

// likeliest sorts the pages of the files that were saved to the front: their
// change is the one that the editor wants to see.
func likeliest(pages []page, names []string) {
	saved := func(p page) bool {
		stem := strings.TrimSuffix(p.Path, ".html")
		return slices.ContainsFunc(names, func(n string) bool {
			n = strings.TrimSuffix(n, path.Ext(n))
			return n == stem || strings.HasSuffix(n, "/"+stem)
		})
	}
	slices.SortStableFunc(pages, func(a, b page) int {
		switch x, y := saved(a), saved(b); {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
}

// file returns the file of a name, or nil.
func (s *snapshot) file(name string) *file {
	if f := s.files[name]; f != nil || s.pages == nil {
		return f
	}
	return s.pages(name)
}

// find returns the file that a path names: the file itself, a folder's index,
// a page without its ".html", as web hosts have it.
func (s *snapshot) find(urlPath string) (name string, f *file) {
	name = strings.TrimPrefix(path.Clean("/"+urlPath), "/")
	if name == "" || strings.HasSuffix(urlPath, "/") {
		name = path.Join(name, "index.html")
		return name, s.file(name)
	}
	if f := s.file(name); f != nil {
		return name, f
	}
	if f := s.file(name + ".html"); f != nil || s.rest == nil || path.Ext(name) == "" || path.Ext(name) == ".html" {
		return name + ".html", f
	}
	return name, s.rest(name)
}

// A state is what a page on screen must know of a snapshot.
type state struct {
	Build    int    `json:"build"`
	Page     string `json:"page"`     // hash of the page; "" if there is no site yet
	Style    string `json:"style"`    // of all style sheets
	Parts    string `json:"parts"`    // of the scripts and images of the page
	Problems string `json:"problems"` // of the errors; "" if there are none
	Changed  []page `json:"changed"`  // some of the pages that changed
	More     int    `json:"more"`     // how many others did
	Desk     string `json:"desk"`     // of the workbench of the page
	Follow   bool   `json:"follow"`   // go to the first of them
}

// pagesNamed is how many changed pages a notice names.
const pagesNamed = 3

// state returns the state of the page at a path.
func (s *snapshot) state(urlPath string) state {
	st := state{Build: s.number, Changed: []page{}}
	name, f := s.find(urlPath)
	if f == nil {
		name, f = notFound, s.file(notFound)
	}
	st.Page, st.Style, st.Parts = s.marks(name, f)
	st.Desk = s.desk.mark(name)
	if s.problems != "" {
		st.Problems = hash([]byte(s.problems))
	}
	st.Changed = append(st.Changed, s.changed[:min(len(s.changed), pagesNamed)]...)
	st.More = len(s.changed) - len(st.Changed)
	return st
}

// notFound is the page that stands for all that do not exist.
const notFound = "404.html"

// marks returns the hashes by which a page knows that it is behind.
func (s *snapshot) marks(name string, f *file) (page, style, parts string) {
	if s.files == nil {
		return "", "", ""
	}
	page = "none"
	if f != nil {
		page = f.hash()
	}
	if s.drafts[name] {
		page += "-draft"
	}
	return page, s.style(), hashes(s.parts(name, f))
}

var partRef = regexp.MustCompile(`(?i)<(?:script|form|img|source|iframe|object|embed|video|audio)\s[^>]*?\b(?:src|data)\s*=\s*"([^"]*)"`)

// parts returns the files of the site that a page is made of, besides its
// style sheets.
func (s *snapshot) parts(name string, f *file) []*file {
	if f == nil {
		return nil
	}
	var list []*file
	for _, m := range partRef.FindAllSubmatch(f.bytes(), -1) {
		ref, err := url.Parse(html.UnescapeString(string(m[1])))
		if err != nil || ref.IsAbs() || ref.Host != "" {
			continue
		}
		at := (&url.URL{Path: "/" + name}).ResolveReference(ref)
		if _, part := s.find(at.Path); part != nil {
			list = append(list, part)
		}
	}
	return list
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

func hashes(files []*file) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintln(h, f.hash())
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// titleOf returns the title of a page, as text.
func titleOf(data []byte) string {
	_, rest, ok := bytes.Cut(data, []byte("<title>"))
	title, _, end := bytes.Cut(rest, []byte("</title>"))
	if !ok || !end {
		return ""
	}
	return strings.TrimSpace(html.UnescapeString(string(title)))
}
