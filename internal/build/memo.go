package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"readout/internal/diag"
	"readout/internal/load"
	"readout/internal/verify"
)

// A build whose every input is as it was would make what it made before. Its
// memo says so: a digest of all that was read, of the options and of the
// program, and what the build had to say. Nothing is taken on trust: all
// inputs are read again and so is the output, and the only thing that is not
// done is the work. Whoever keeps a memo keeps words of private texts, which
// diagnostics quote.

// A Last is what the latest build into an output folder left.
type Last struct {
	Memo   []byte           // that build's [Result.Memo]; nil if it is not known
	Files  int              // how many files that build made
	Intact func(i int) bool // whether one of them is as it was made; called by several goroutines
}

// A memo is the form of [Result.Memo].
type memo struct {
	Inputs     string
	Texts      []sought
	Files      []memoFile // that diagnostics are about
	Diags      []memoDiag
	Pages      int
	Quotations map[verify.State]int
}

// A sought is a text that was looked for: the folder of its source's record
// and the name. All other inputs are found without reading one.
type sought struct{ Dir, Name string }

type memoFile struct {
	Path string
	Disk bool   // it stands there; otherwise its data is Data
	Data []byte // nil for a file of which only the name is known
}

type memoDiag struct {
	File       int // from 1; 0 for none
	Start, End int
	Severity   uint8
	Code       string
	Message    string
	Notes      []string
}

// A trail notes all that a build reads, in whatever order. A nil one notes
// nothing.
type trail struct {
	mu    sync.Mutex
	read  map[string][sha256.Size]byte
	texts map[sought]bool
}

// note notes that what goes by a name had this content. Parts are told apart
// by their lengths.
func (t *trail) note(name string, content ...[]byte) {
	if t == nil {
		return
	}
	h := sha256.New()
	for _, part := range content {
		h.Write(binary.AppendUvarint(nil, uint64(len(part))))
		h.Write(part)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.read == nil {
		t.read = map[string][sha256.Size]byte{}
	}
	t.read[name] = [sha256.Size]byte(h.Sum(nil))
}

func (t *trail) noteText(s sought, found *diag.File) {
	if t == nil {
		return
	}
	name := "text " + s.Dir + "\n" + s.Name
	if found == nil {
		t.note(name)
	} else {
		t.note(name, []byte(found.Path), found.Data)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.texts == nil {
		t.texts = map[sought]bool{}
	}
	t.texts[s] = true
}

func (t *trail) noteListing(l *load.Listing) {
	if t == nil {
		return
	}
	var parts [][]byte
	for _, e := range l.Records {
		parts = append(parts, []byte(e.Kind.String()), []byte(e.Name))
	}
	for _, name := range l.Assets {
		parts = append(parts, []byte("asset"), []byte(name))
	}
	for _, d := range l.Diags {
		parts = append(parts, []byte(d.Code), []byte(d.Span.File.Path), []byte(d.Message))
	}
	t.note("listing", append(parts, fmt.Append(nil, l.Lock))...)
}

// sum returns the digest of all that was noted.
func (t *trail) sum() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(t.read)) {
		sum := t.read[name]
		fmt.Fprintf(h, "%q %x\n", name, sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// A notedFS is a folder whose files are noted when they are read whole. What
// was read ahead is given away once.
type notedFS struct {
	fs.FS
	trail *trail
	mu    sync.Mutex
	ahead map[string][]byte
}

func (n *notedFS) ReadFile(name string) ([]byte, error) {
	n.mu.Lock()
	data, ok := n.ahead[name]
	delete(n.ahead, name)
	n.mu.Unlock()
	var err error
	if !ok {
		data, err = fs.ReadFile(n.FS, name)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		n.trail.note("content "+name, data, fmt.Append(nil, err == nil))
	}
	return data, err
}

// begin notes what a build depends on besides files.
func (t *trail) begin(opt Options) error {
	program, err := programSum()
	if err != nil {
		return err
	}
	t.note("program", program)
	t.note("options", fmt.Appendf(nil, "%q %q %q %q %q %q %v %v", opt.Content, opt.Templates, opt.Static, opt.Texts,
		opt.BaseURL, opt.AsOf, opt.AllowUnverified, opt.Drafts))
	return nil
}

// programSum tells the running program from any other. Its version would not
// do: two builds of one version may differ in what they were built from.
var programSum = sync.OnceValues(func() ([]byte, error) {
	name, err := os.Executable()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sumProgram(f)
})

// The go command puts a build ID into each program that it links, and it looks
// for it in so many bytes from the start: in an ELF note of type 4 named Go, or
// in words at the head of the text. It has at least one digest of 20 letters.
// See cmd/internal/buildid in the source of Go.
const buildIDWithin = 32 << 10

var buildIDMarks = [][]byte{[]byte("\x04\x00\x00\x00Go\x00\x00"), []byte("\xff Go build ID: \"")}

// sumProgram returns a program's build ID, which digests of all that it was
// built from are part of, or, where it was linked without one, a digest of the
// whole program, for which twenty-five megabytes have to be read.
func sumProgram(f io.Reader) ([]byte, error) {
	head, err := io.ReadAll(io.LimitReader(f, buildIDWithin))
	if err != nil {
		return nil, err
	}
	for _, mark := range buildIDMarks {
		_, id, _ := bytes.Cut(head, mark)
		end := bytes.IndexFunc(id, func(r rune) bool { return r <= ' ' || r == '"' || r > '~' })
		if end >= 20 {
			return id[:end], nil
		}
	}
	h := sha256.New()
	h.Write(head)
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
}

// remember begins to note what is read, where there will be a memo.
func (b *builder) remember() {
	if b.opt.Last == nil || b.warm {
		return
	}
	t := &trail{}
	if t.begin(b.opt) != nil {
		return // a system that does not know its programs has no memos
	}
	b.trail = t
	b.content = &notedFS{FS: b.content, trail: t}
}

// recall reports whether everything is as the memo says, and fills the result
// from it. If not, the records that were read are not read again.
func (b *builder) recall() bool {
	if b.trail == nil || b.opt.Last.Memo == nil {
		return false
	}
	var m memo
	if json.Unmarshal(b.opt.Last.Memo, &m) != nil {
		return false
	}
	b.stage("look for changes", func() error {
		if b.readAll(m.Texts) && b.trail.sum() == m.Inputs && b.intact() {
			b.Same, b.Memo = true, b.opt.Last.Memo
			b.Pages, b.Quotations, b.Diags = m.Pages, m.Quotations, m.diags()
		} else { // the build notes itself what it reads
			b.trail.read, b.trail.texts = nil, nil
			return b.trail.begin(b.opt)
		}
		return nil
	})
	return b.Same
}

// intact reports whether the output is as it was made.
func (b *builder) intact() bool {
	files := make([]bool, b.opt.Last.Files)
	each(len(files), func(i int) { files[i] = b.ctx.Err() == nil && b.opt.Last.Intact(i) })
	return !slices.Contains(files, false)
}

// readAll reads all that a build reads. It reports false for what no build
// would get through.
func (b *builder) readAll(texts []sought) bool {
	listing, err := load.Scan(b.content, filepath.ToSlash(b.opt.Content))
	if err != nil {
		return false
	}
	b.trail.noteListing(listing)
	names := slices.Clone(listing.Assets)
	for _, e := range listing.Records {
		names = append(names, e.Name)
	}
	if listing.Lock {
		names = append(names, load.LockFile)
	}
	folders, err := b.textFolders()
	if err != nil {
		return false
	}
	data := make([][]byte, len(names))
	errs := make([]error, len(names)+len(texts)+2)
	each(len(errs), func(i int) {
		switch k := i - len(names); {
		case b.ctx.Err() != nil:
			errs[i] = b.ctx.Err()
		case k < 0:
			data[i], errs[i] = fs.ReadFile(b.content, names[i])
		case k < len(texts):
			data, shown, ok, err := load.FindText(b.textPlaces(texts[k].Dir, folders), texts[k].Name)
			if errs[i] = err; ok {
				b.trail.noteText(texts[k], diag.NewFile(shown, data))
			} else {
				b.trail.noteText(texts[k], nil)
			}
		case k == len(texts):
			errs[i] = b.layers(b.opt.Templates, "templates", func(_, _ string, _ []byte) {})
		default:
			errs[i] = b.layers(b.opt.Static, "static", func(_, _ string, _ []byte) {})
		}
	})
	ahead := make(map[string][]byte, len(names))
	b.content.(*notedFS).ahead = ahead
	for i, name := range names {
		if errs[i] == nil {
			ahead[name] = data[i]
		}
	}
	return errors.Join(errs...) == nil
}

// memorize makes the memo of a build that ended well.
func (b *builder) memorize() {
	m := memo{Inputs: b.trail.sum(), Pages: b.Pages, Quotations: b.Quotations}
	m.Texts = slices.SortedFunc(maps.Keys(b.trail.texts), func(x, y sought) int {
		return bytes.Compare([]byte(x.Dir+"\n"+x.Name), []byte(y.Dir+"\n"+y.Name))
	})
	index := map[*diag.File]int{}
	for _, d := range b.Diags {
		f := d.Span.File
		if f != nil && index[f] == 0 {
			m.Files = append(m.Files, memoFileOf(f))
			index[f] = len(m.Files)
		}
		m.Diags = append(m.Diags, memoDiag{index[f], d.Span.Start, d.Span.End, uint8(d.Severity), d.Code, d.Message, d.Notes})
	}
	b.Memo, _ = json.Marshal(m)
}

func memoFileOf(f *diag.File) memoFile {
	data := f.Bytes()
	disk, err := os.ReadFile(filepath.FromSlash(f.Path))
	if len(data) > 0 && err == nil && bytes.Equal(data, disk) {
		return memoFile{Path: f.Path, Disk: true}
	}
	return memoFile{Path: f.Path, Data: data}
}

// diags returns what the build said.
func (m *memo) diags() diag.List {
	files := make([]*diag.File, len(m.Files)+1)
	for i, f := range m.Files {
		files[i+1] = diag.NewFile(f.Path, f.Data)
		if f.Disk {
			files[i+1].Drop(func() []byte {
				data, _ := os.ReadFile(filepath.FromSlash(f.Path))
				return data
			})
		}
	}
	list := make(diag.List, len(m.Diags))
	for i, d := range m.Diags {
		list[i] = diag.Diagnostic{
			Span:     diag.Span{File: files[d.File], Start: d.Start, End: d.End},
			Severity: diag.Severity(d.Severity), Code: d.Code, Message: d.Message, Notes: d.Notes,
		}
	}
	return list
}

// textFolders returns the folders, besides that of its record, in which the
// text of an article is looked for.
func (b *builder) textFolders() ([]load.TextFolder, error) {
	folders := []load.TextFolder{{FS: load.Dir(filepath.Join(b.opt.Content, load.PrivateName)), Prefix: b.shown(load.PrivateName)}}
	for _, dir := range b.opt.Texts {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("--texts: %s is no folder", dir)
		}
		folders = append(folders, load.TextFolder{FS: load.Dir(dir), Prefix: filepath.ToSlash(dir)})
	}
	return folders, nil
}

// textPlaces returns the same for a record in the folder dir.
func (b *builder) textPlaces(dir string, others []load.TextFolder) []load.TextFolder {
	return append([]load.TextFolder{{FS: load.Dir(filepath.FromSlash(dir)), Prefix: dir}}, others...)
}

// noteLayer notes a file of a project's folder or of the embedded one.
func (t *trail) noteLayer(folder, name, shown string, data []byte) {
	t.note("layer "+path.Join(folder, name), []byte(shown), data)
}
