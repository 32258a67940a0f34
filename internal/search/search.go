package search

import (
	"encoding/hex"
	"hash/crc32"
	"strconv"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// Version is the version of the index's format.
const Version = 2

// A File is one file of the output.
type File struct {
	Path string // below the site's root, with forward slashes
	Data []byte
}

// Files returns the files of the index. Proofs are by source record.
func Files(site *link.Site, proofs map[*record.Source]*verify.Result) []File {
	c := newCorpus()
	c.number(site)
	c.reserve(site)
	objects(site, proofs, c.add)
	return c.files()
}

// Sizes of parts, in bytes before compression: what a query fetches against
// how many files there are.
const (
	blockSize  = 4 << 10 // of a block of the table
	blockShare = 800     // words of the site for each byte of a block, if that makes it larger
	partSize   = 4 << 10 // of a part of passages
	smallSite  = 64      // so many parts of passages, or fewer,
	joined     = 8       // are joined, so many to one, and so are blocks

	factsPerPart = 1024 // objects of a part of facts
)

// small reports whether a site is so small that parts are joined.
func (c *corpus) small() bool { return len(c.passages) <= smallSite }

// blockSize returns how long a block of the table is, in bytes.
func (c *corpus) blockSize() int {
	size := blockSize
	if c.small() {
		size *= joined
	}
	return max(size, len(c.tokens)/blockShare)
}

func (c *corpus) files() []File {
	c.endPart()
	texts := c.passages
	if c.small() {
		texts = join(texts)
	}
	t := c.table()
	c.vocabulary, c.tokens, c.titles = nil, nil, nil
	if len(t.blocks) == 0 {
		t.blocks = []block{{data: []byte(`"",""`)}} // a client looks into one whatever it seeks
	}

	var files []File
	add := func(name string, size int, write func([]byte) []byte) {
		data := appendCall(make([]byte, 0, len(call)+len(name)+size+16), name)
		files = append(files, File{"search/" + name + ".js", append(write(data), ")\n"...)})
	}
	add("index", 4096, func(b []byte) []byte { return c.index(b, t, texts) })
	for i, x := range t.blocks {
		add("t/"+strconv.Itoa(i), len(x.data), func(b []byte) []byte { return append(b, x.data...) })
		t.blocks[i] = block{}
	}
	for i, x := range texts {
		files = append(files, File{"search/d/" + strconv.Itoa(i) + ".js", x.data})
	}
	for i, x := range c.facts {
		add("f/"+strconv.Itoa(i), len(x), func(b []byte) []byte { return appendString(b, x) })
	}
	seal(files)
	return files
}

// A part is a call of a function that the client has, with the digest of the
// whole index, the part's name and its content.
const (
	call     = `readoutSearch("` + noDigest + `","`
	noDigest = "00000000"
)

// appendCall appends what comes before the content of a part.
func appendCall(b []byte, name string) []byte {
	return append(append(append(b, call...), name...), `",`...)
}

// seal writes the digest of all files into each of them.
func seal(files []File) {
	h := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	for _, f := range files {
		h.Write(f.Data)
	}
	digest := hex.EncodeToString(h.Sum(nil))
	at := len(call) - len(noDigest+`","`)
	for _, f := range files {
		copy(f.Data[at:], digest)
	}
}

// index appends the description of the index.
func (c *corpus) index(b []byte, t *table, texts []passages) []byte {
	b = append(b, `{"version":`...)
	b = strconv.AppendInt(b, Version, 10)
	b = appendStrings(append(b, `,"kinds":`...), kinds)
	b = append(b, `,"ends":[`...)
	end := 0
	for i, n := range c.counts {
		if i > 0 {
			b = append(b, ',')
		}
		end += n
		b = strconv.AppendInt(b, int64(end), 10)
	}
	b = append(b, `],"segments":`...)
	b = strconv.AppendInt(b, int64(len(c.ends)), 10)
	b = append(b, `,"more":`...)
	b = appendString(b, appendList(nil, c.more))
	b = append(b, `,"buckets":`...)
	b = strconv.AppendInt(b, int64(t.buckets), 10)
	b = append(b, `,"exact":`...)
	b = strconv.AppendInt(b, int64(t.exact), 10)
	b = append(b, `,"facts":`...)
	b = strconv.AppendInt(b, factsPerPart, 10)
	firsts := make([]uint32, len(texts))
	for i, x := range texts {
		firsts[i] = uint32(x.first)
	}
	b = append(b, `,"texts":`...)
	b = appendString(b, appendList(nil, firsts))
	b = append(b, `,"table":`...)
	keys := make([]string, len(t.blocks))
	for i, x := range t.blocks {
		keys[i] = x.first
	}
	return append(appendStrings(b, keys), '}')
}
