package ingest

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"readout/internal/record"
)

// page reads a page: what it says of itself, and its article.
func (im *importer) page(d document) {
	doc := parsePage(d.text)
	h := readHead(doc)
	strip(doc)
	m := readMeta(h, doc, d.address)
	stripBylines(doc)
	a := &im.article
	im.addresses(m)
	im.dates(m)
	im.people(m)
	if len(m.titles) > 0 && im.opt.Title == "" {
		a.Title = m.titles[0].value
		im.conflict("title", m.titles, func(s string) string { return record.Slug(s) })
	}
	if len(m.publishers) > 0 && im.opt.Publisher == "" {
		a.Publisher = m.publishers[0].value
		im.conflict("publisher", m.publishers, record.Slug)
	}
	if m.brokenJSON {
		im.diags.Noticef(im.here(), "import/metadata", "a part of the page's JSON-LD cannot be read")
	}

	f := findArticle(doc, a.Title, a.Authors)
	a.Paragraphs = f.paragraphs
	im.stated(m, &f)
	if f.lines {
		im.rejoin()
	}
	if n := len(f.leftOut); n > 0 {
		w := im.diags.Noticef(im.here(), "import/left-out", "left out as no part of the article: %s", counted(n, "passage"))
		for _, s := range f.leftOut[:min(n, maxShown)] {
			w.Note("%s", clip(s, 80))
		}
		if n > maxShown {
			w.Note("and %d more", n-maxShown)
		}
		w.Note("add to the text what belongs to it")
	}
	if !m.free {
		im.diags.Noticef(im.here(), "import/incomplete", "the page says that not all of the article is free to read").
			Note("see that the text is whole")
	}
	im.language(m, f.lang)
}

// maxShown is how many passages a message shows.
const maxShown = 5

// addresses settles the address: a canonical one, unless it is that of the
// site's first page, as some sites have it everywhere.
func (im *importer) addresses(m *meta) {
	if im.opt.URL != "" || len(m.addresses) == 0 {
		return
	}
	var list []statement
	for _, s := range m.addresses {
		page, archive := unarchived(s.value)
		if archive != "" && im.article.ArchiveURL == "" {
			im.article.ArchiveURL = archive
		}
		if s.value = cleaned(page); page != "" {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return
	}
	if i := slices.IndexFunc(list, func(s statement) bool { return !isHome(s.value) }); i > 0 {
		list = append(list[i:], list[:i]...)
	}
	im.article.URL = list[0].value
	im.conflict("address", list, addressKey)
}

// dates settles the date of publication. A date that is contradicted, or of
// which the page does not say what it is, is marked as inferred.
func (im *importer) dates(m *meta) {
	if im.opt.Published != "" {
		return
	}
	var read []statement
	for _, s := range m.dates {
		if s.at.edtf == "" {
			im.diags.Noticef(im.here(), "import/metadata", "the date %q (%s) cannot be read in one way only", clip(s.value, 60), s.from)
			continue
		}
		read = append(read, s)
	}
	if len(read) > 0 {
		a := &im.article
		a.Published = read[0].at.edtf
		other := slices.DeleteFunc(slices.Clone(read), func(s statement) bool {
			same := !s.at.instant.IsZero() && s.at.instant.Equal(read[0].at.instant)
			return same || strings.HasPrefix(a.Published, s.at.edtf) || strings.HasPrefix(s.at.edtf, a.Published)
		})
		if len(other) > 0 {
			a.Published += "?"
			im.conflict("date", append(read[:1:1], other...), func(s string) string { return s })
		}
		return
	}
	days := map[string]bool{}
	for _, s := range m.plainTimes {
		days[s.at.edtf] = true
	}
	switch {
	case len(days) == 1 && m.plainTimes[0].at.edtf != "":
		im.article.Published = m.plainTimes[0].at.edtf + "?"
		im.diags.Noticef(im.here(), "import/metadata", "the date %s is the only one on the page, which does not say of what it is", m.plainTimes[0].at.edtf)
	case len(m.modified) > 0 && m.modified[0].at.edtf != "":
		im.diags.Noticef(im.here(), "import/metadata", "the page states only when it was changed: %s", m.modified[0].at.edtf)
	}
}

func (im *importer) people(m *meta) {
	if len(m.authors) == 0 {
		return
	}
	key := func(list []statement) string {
		var keys []string
		for _, s := range list {
			keys = append(keys, record.Slug(s.value))
		}
		slices.Sort(keys)
		return strings.Join(slices.Compact(keys), " ")
	}
	for _, s := range m.authors[0] {
		if !slices.Contains(im.article.Authors, s.value) {
			im.article.Authors = append(im.article.Authors, s.value)
		}
	}
	var others []statement
	for _, list := range m.authors[1:] {
		if key(list) != key(m.authors[0]) && !strings.Contains(record.Slug(m.authors[0][0].value), key(list)) {
			var names []string
			for _, s := range list {
				names = append(names, s.value)
			}
			others = append(others, statement{value: join(names), from: list[0].from})
		}
	}
	if len(others) > 0 {
		first := statement{value: join(im.article.Authors), from: m.authors[0][0].from}
		im.conflict("author", append([]statement{first}, others...), record.Slug)
	}
}

// conflict notes statements that differ from the first, which was taken.
func (im *importer) conflict(name string, list []statement, key func(string) string) {
	seen := []string{key(list[0].value)}
	var notes []string
	for _, s := range list[1:] {
		if k := key(s.value); !slices.Contains(seen, k) {
			seen = append(seen, k)
			notes = append(notes, clip(s.value, 100)+" ("+s.from+")")
		}
	}
	if len(notes) == 0 {
		return
	}
	d := im.diags.Noticef(im.here(), "import/conflict", "the page states more than one %s; taken is %s (%s)", name, clip(list[0].value, 100), list[0].from)
	for _, n := range notes {
		d.Note("it also states %s", n)
	}
}

// stated holds the article that was found against the text that the page's
// JSON-LD states. Where most of that was not found, it is taken instead.
func (im *importer) stated(m *meta, f *finding) {
	if m.body == "" {
		return
	}
	var body []string
	if tag.MatchString(m.body) {
		for _, b := range blocksOf(parsePage(m.body)) {
			body = append(body, b.text)
		}
	} else {
		lines, _ := plainParagraphs(lineBreaks.Replace(m.body))
		for _, s := range lines {
			body = append(body, field(s))
		}
	}
	have := map[string]bool{}
	for _, s := range f.paragraphs {
		for w := range strings.SplitSeq(record.Slug(s), "-") {
			have[w] = true
		}
	}
	total, missing := 0, 0
	for _, s := range body {
		for w := range strings.SplitSeq(record.Slug(s), "-") {
			total++
			if !have[w] {
				missing++
			}
		}
	}
	if total < 20 || missing*4 < total {
		return
	}
	im.article.Paragraphs, f.leftOut = body, nil
	im.diags.Noticef(im.here(), "import/from-metadata", "the text is the one that the page's JSON-LD states; most of it does not show on the page").
		Note("it may have lost its paragraphs")
}

var lineBreaks = strings.NewReplacer(`\n`, "\n", `\r`, "")

// language settles the language, and leaves out one in which the text cannot
// be written.
func (im *importer) language(m *meta, inText string) {
	list := m.languages
	if inText != "" {
		list = append([]statement{{value: inText, from: "the article"}}, list...)
	}
	var read []statement
	for _, s := range list {
		if s.value = readLanguage(s.value); s.value != "" {
			read = append(read, s)
		}
	}
	if len(read) == 0 {
		return
	}
	tag := language.Make(read[0].value)
	if want, confidence := tag.Script(); confidence >= language.High {
		if have := mainScript(im.article.Paragraphs); have != "" && scripts[want.String()] != "" && have != scripts[want.String()] {
			im.diags.Noticef(im.here(), "import/metadata", "the page says that it is in the language %s, which is not written in these letters", read[0].value).
				Note("the language is left out; add it to the record")
			return
		}
	}
	im.article.Language = read[0].value
	im.conflict("language", read, func(s string) string {
		base, _ := language.Make(s).Base()
		return base.String()
	})
}

// scripts are those that can be told from each other, by their ISO 15924
// codes.
var scripts = map[string]string{
	"Latn": "Latin", "Cyrl": "Cyrillic", "Grek": "Greek", "Arab": "Arabic", "Hebr": "Hebrew", "Geor": "Georgian", "Armn": "Armenian",
	"Deva": "Devanagari", "Thai": "Thai", "Hang": "Hangul",
}

// mainScript returns the script of most letters of a text, empty if none has
// two thirds of them.
func mainScript(paragraphs []string) string {
	counts := map[string]int{}
	total := 0
	for _, s := range paragraphs {
		for _, r := range s {
			if !unicode.IsLetter(r) {
				continue
			}
			total++
			for _, name := range scripts {
				if unicode.Is(unicode.Scripts[name], r) {
					counts[name]++
					break
				}
			}
		}
	}
	for name, n := range counts {
		if n*3 > total*2 {
			return name
		}
	}
	return ""
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// clip returns the beginning of a line.
func clip(s string, n int) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}
