// Package load finds and reads the files of a briefing.
//
// [Scan] walks a content folder once and says what each file is, by its
// place:
//
//	site.yaml           the settings
//	quotes.lock         the receipts of proved quotations
//	actors/**.md        records, and likewise meetings, issues and sources
//	*.md                plain pages
//	sources/**.txt      texts of articles that may be published
//	private/            texts that may not: never part of the content
//	images, PDF, data   assets, copied to the site at the same path
//
// A text or a saved page anywhere else is an error: it is most likely an
// article's, which must not be published by being forgotten in a folder.
// Hidden files and folders, editors' swap and backup files and README files
// are no part of a briefing. Markdown files in an unknown folder are an error,
// one for the folder, that names the nearest one, since they would otherwise
// silently vanish.
// The result is sorted by path, whatever order the file system has.
//
// [Parse] turns one file into a record. [Merge] lays folders over each other,
// so that a project's template or static file wins over the embedded one of
// the same name. Nothing here writes, and nothing remembers: caching is the
// caller's.
package load

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/internal/diag"
	"readout/internal/markdown"
	"readout/internal/record"
)

// An Entry is a record's file: where it stands and what it describes.
type Entry struct {
	Name string // below the content folder, with forward slashes
	Kind record.Kind
}

// A Listing is what a content folder holds.
type Listing struct {
	Records []Entry  // sorted by name; site.yaml among them
	Lock    bool     // there is a quotes.lock
	Assets  []string // names of files to copy, sorted
	Diags   diag.List

	strange map[string][]string // Markdown files by the folder, which is none of those of records
}

// Names of fixed files and folders below the content folder.
const (
	SiteFile    = "site.yaml"
	LockFile    = "quotes.lock"
	PrivateName = "private"
)

// Scan lists a content folder. The prefix stands before each name in
// diagnostics. The error is the file system's, for a folder that cannot be
// read.
func Scan(fsys fs.FS, prefix string) (*Listing, error) {
	l := &Listing{}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			// A file may vanish between the listing of its folder and its
			// turn; a build that begins a moment later would not see it.
			if errors.Is(err, fs.ErrNotExist) && name != "." {
				return nil
			}
			return err
		}
		if name == "." {
			return nil
		}
		if ignored(e.Name()) || name == PrivateName {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if e.IsDir() {
			return nil
		}
		l.add(name, prefix)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, folder := range slices.Sorted(maps.Keys(l.strange)) {
		names := l.strange[folder]
		slices.Sort(names)
		d := l.Diags.Errorf(diag.NewFile(path.Join(prefix, names[0]), nil).At(0), "load/folder", "a Markdown file in the unknown folder %q", folder).
			DidYouMean(folder, slices.Sorted(maps.Keys(record.Folders)))
		if n := len(names); n > 1 {
			d.Message = fmt.Sprintf("%d Markdown files in the unknown folder %q", n, folder)
		}
		d.Note("what is no part of the briefing goes into %s, or out of the content folder", path.Join(prefix, PrivateName)+"/")
	}
	slices.SortFunc(l.Records, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(l.Assets)
	return l, nil
}

func (l *Listing) add(name, prefix string) {
	folder, _, nested := strings.Cut(name, "/")
	switch ext := path.Ext(name); {
	case name == SiteFile:
		l.Records = append(l.Records, Entry{name, record.KindSite})
	case name == LockFile:
		l.Lock = true
	case ext == ".md" && !nested:
		l.Records = append(l.Records, Entry{name, record.KindPage})
	case ext == ".md":
		kind, ok := record.Folders[folder]
		if !ok {
			if l.strange == nil {
				l.strange = map[string][]string{}
			}
			l.strange[folder] = append(l.strange[folder], name)
			return
		}
		l.Records = append(l.Records, Entry{name, kind})
	case ext == ".txt" && folder == "sources":
		// The text of a source whose rights are full; found by its record.
	case ext == ".yaml" && !nested || ext == ".yml" && !nested || ext == ".lock" && !nested:
		l.Diags.Warnf(diag.NewFile(path.Join(prefix, name), nil).At(0), "load/unused",
			"nothing reads the file %q", name).DidYouMean(name, []string{SiteFile, LockFile})
	case slices.Contains(assetTypes, strings.ToLower(ext)):
		l.Assets = append(l.Assets, name)
	case slices.Contains(articleTypes, strings.ToLower(ext)):
		l.Diags.Errorf(diag.NewFile(path.Join(prefix, name), nil).At(0), "load/article",
			"this looks like the text of an article, and the content folder is published with the repository").
			Note("move it to %s, which git ignores; a text that may be published goes beside its record, as sources/NAME.txt", path.Join(prefix, PrivateName)+"/")
	default:
		l.Diags.Warnf(diag.NewFile(path.Join(prefix, name), nil).At(0), "load/unused", "nothing reads the file %q, and it is not copied", name).
			Note("images, PDF and data files are copied to the site; others go into the static folder")
	}
}

// assetTypes are the files that pages show or link to.
var assetTypes = []string{
	".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico",
	".pdf", ".csv", ".tsv", ".json", ".geojson", ".xlsx", ".ods", ".zip",
	".mp3", ".ogg", ".mp4", ".webm", ".vtt",
}

// articleTypes are the files in which articles are saved.
var articleTypes = []string{
	".txt", ".text", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive",
	".rtf", ".doc", ".docx", ".odt", ".eml", ".epub",
}

// ignored reports whether a file or folder of this name is no part of a
// briefing: hidden, or left there by an editor or by a file manager.
func ignored(base string) bool {
	return strings.HasPrefix(base, ".") && base != wellKnown || strings.HasPrefix(base, "#") || strings.HasPrefix(base, "~$") ||
		strings.HasSuffix(base, "~") || strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".swx") ||
		strings.HasSuffix(base, ".tmp") || strings.HasSuffix(base, ".bak") || strings.HasSuffix(base, ".orig") ||
		strings.HasSuffix(base, "___jb_tmp___") || strings.HasSuffix(base, "___jb_old___") ||
		strings.EqualFold(base, "README.md") || base == "4913" || base == "Thumbs.db" || base == "__MACOSX"
}

// wellKnown is the one hidden folder that hosts serve: RFC 8615.
const wellKnown = ".well-known"

// Ignored reports whether a change of the file of this name, below a content
// folder, can be none of a briefing's. Texts in the private folder count.
func Ignored(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), ignored)
}

// Parse reads a file as the record that its entry says it is. The file must
// be UTF-8: one that is not is an error. Of one in UTF-16 nothing else is said;
// in any other each wrong byte is read as a question mark, so that the rest of
// its mistakes have their places.
func Parse(e Entry, f *diag.File, md *markdown.Engine) (record.Record, diag.List) {
	at, wide, advice := diag.NotUTF8(f.Data)
	if at < 0 {
		return record.Parse(e.Kind, f, md)
	}
	r, diags := record.Parse(e.Kind, diag.NewFile(f.Path, questioned(f.Data)), md)
	if wide {
		diags = nil
	}
	d := diags.Errorf(f.At(at), "load/encoding", "this file is not UTF-8")
	d.Notes = advice
	return r, diags
}

// questioned returns a text of the same length with a question mark in place
// of each byte that is no part of a character.
func questioned(data []byte) []byte {
	data = bytes.Clone(data)
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			data[i] = '?'
		}
		i += size
	}
	return data
}
