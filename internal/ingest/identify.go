package ingest

import (
	"fmt"
	"path"

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
	id := record.ShortID(a.Publisher, 3, 24)
	switch title := record.ShortID(a.Title, 4, 32); {
	case title != "" && id != "":
		return id + "-" + title
	case title != "":
		return title
	case id != "" && len(a.Published) >= 10:
		return id + "-" + a.Published[:10]
	}
	return id
}
