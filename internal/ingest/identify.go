package ingest

import (
	"fmt"
	"path"
	"strings"

	"readout/internal/record"
)

// identify proposes an id, which no other record has: of the publisher and
// the first words of the title, or of its date, or else of the file's name.
func (im *importer) identify() {
	a := &im.article
	taken := map[string]bool{}
	for _, id := range im.opt.Taken {
		taken[id] = true
	}
	known := map[string]string{} // ids of sources, by address
	sources := map[string]bool{}
	for _, id := range im.opt.Known {
		sources[id] = true
	}
	for u, id := range im.opt.Sources {
		sources[id] = true
		if k := knownKey(u); known[k] == "" || id < known[k] {
			known[k] = id
		}
	}
	if id := record.Slug(im.opt.ID); id != "" {
		a.ID, a.Known = id, sources[id]
		if taken[id] && !a.Known {
			im.diags.Errorf(im.here(), "import/option", "the id %q is taken", id).Note("ids are unique over all kinds of records")
		}
		return
	}
	if id := known[knownKey(a.URL)]; id != "" && a.URL != "" {
		a.ID, a.Known = id, true
		im.diags.Noticef(im.here(), "import/known", "the source %s has this address already: its text is replaced, its record stays", id).
			Note("to import it as another source, give --id")
		return
	}
	id := proposed(a)
	if id == "" {
		id = record.ID(path.Base(im.file.Path))
	}
	if id == "" {
		id = "source"
	}
	a.ID = id
	for n := 2; taken[a.ID] || sources[a.ID]; n++ {
		a.ID = fmt.Sprintf("%s-%d", id, n)
	}
}

// proposed returns the id that publisher, title and date make, empty where
// they are not known.
func proposed(a *Article) string {
	if a.Title == "" && a.Publisher == "" {
		return ""
	}
	id := shorten(record.Slug(a.Publisher), 3, 24)
	switch title := shorten(record.Slug(a.Title), 4, 32); {
	case title != "" && id != "":
		return id + "-" + title
	case title != "":
		return title
	case id != "" && len(a.Published) >= 10:
		return id + "-" + a.Published[:10]
	}
	return id
}

// shorten returns the first words of a slug that say something, up to a
// number of words and, after the first, of letters.
func shorten(slug string, maxWords, maxLetters int) string {
	var kept []string
	size := 0
	for w := range strings.SplitSeq(slug, "-") {
		if emptyWords[w] || len([]rune(w)) == 1 {
			continue
		}
		size += len([]rune(w)) + 1
		if len(kept) == maxWords || len(kept) > 0 && size > maxLetters {
			break
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, "-")
}

// emptyWords are left out of ids.
var emptyWords = words(`a an the of in on at to for and or but with by from as is are was were be been it its after before over into about
	his her their that this without
	der die das den dem des ein eine und in im am zu mit von für auf
	le la les un une des du de et en au aux à pour sur dans par
	el los las del y por para con una
	у в на з із за до та і й про від що
	и с со к о об от что по`)
