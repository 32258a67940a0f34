package search

import (
	"fmt"
	"hash/crc32"
	"strconv"

	"readout/internal/link"
	"readout/internal/record"
	"readout/internal/verify"
)

// Version is the version of the index's format.
const Version = 3

// A File is one file of the output.
type File struct {
	Path string // below the site's root, with forward slashes
	Data []byte
}

// Make makes the files of the index, and hands one after the other to put. The
// bytes of a file are good until put returns: then they become those of the
// next. Proofs are by source record.
//
// Each part begins with the digest of all, so that none is finished before the
// last is known. The passages, which are most of it, are not kept so long: what
// they are made of is gone through a second time.
func Make(site *link.Site, proofs map[*record.Source]*verify.Result, put func(File)) {
	c := newCorpus()
	c.number(site)
	c.reserve(site)
	objects(site, proofs, c.add)
	t := c.table()
	segments, facts := c.segments, c.facts
	texts := cut(segments, c.partSize())
	index := c.index(t, texts)
	sum := c.sum // from here on the words are garbage
	sum = crc32.Update(sum, checksums, index)
	for _, x := range t.blocks {
		sum = crc32.Update(sum, checksums, x.data)
	}
	for _, x := range facts {
		sum = crc32.Update(sum, checksums, x)
	}
	w := newWriter(sum, put)
	w.write("index", index)
	for i, x := range t.blocks {
		w.write("t/"+strconv.Itoa(i), x.data)
		t.blocks[i].data = nil
	}
	w.passages(site, proofs, segments, texts)
	for i, x := range facts {
		w.write("f/"+strconv.Itoa(i), appendString(nil, x))
	}
}

// Sizes of parts, in bytes before compression: what a query fetches against
// how many files there are. On a smaller site fewer blocks hold all that begins
// with a word, which leaves room for larger parts.
const (
	smallSite = 256 << 10 // bytes of passages of a site
	smallPart = 32 << 10  // whose parts and blocks are few

	middleSite  = 4 << 20
	middlePart  = 10_000 // of passages, at most, unless one segment takes more
	middleBlock = 8 << 10

	largePart  = 5_500
	largeBlock = 4 << 10
	blockShare = 800 // words of the site for each byte of a block, if that makes it larger

	factsPerPart = 1024 // objects of a part of facts
)

// partSize returns how long a part of passages is, in bytes.
func (c *corpus) partSize() int {
	switch {
	case c.size <= smallSite:
		return smallPart
	case c.size <= middleSite:
		return middlePart
	}
	return largePart
}

// blockSize returns how long a block of the table is, in bytes, or little more.
func (c *corpus) blockSize() int {
	switch {
	case c.size <= smallSite:
		return smallPart
	case c.size <= middleSite:
		return middleBlock
	}
	return max(largeBlock, len(c.tokens)/blockShare)
}

// A writer writes parts into one buffer. A part is a call of a function that
// the client has, with the digest of the whole index, the part's name and its
// content.
type writer struct {
	put    func(File)
	digest string
	part   []byte
}

// checksums are those of CRC-32C.
var checksums = crc32.MakeTable(crc32.Castagnoli)

func newWriter(sum uint32, put func(File)) *writer {
	return &writer{put: put, digest: fmt.Sprintf("%08x", sum)}
}

// write writes a part with its content.
func (w *writer) write(name string, content []byte) {
	w.begin(name)
	w.part = append(w.part, content...)
	w.end(name)
}

// begin begins a part, whose content comes next.
func (w *writer) begin(name string) {
	w.part = append(append(w.part[:0], `readoutSearch("`...), w.digest...)
	w.part = append(append(append(w.part, `","`...), name...), `",`...)
}

// end ends a part.
func (w *writer) end(name string) {
	w.part = append(w.part, ")\n"...)
	w.put(File{"search/" + name + ".js", w.part})
}

// index returns the description of the index.
func (c *corpus) index(t *table, texts []uint32) []byte {
	b := []byte(`{"version":`)
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
	b = append(b, `,"texts":`...)
	b = appendString(b, appendList(nil, texts))
	b = append(b, `,"table":`...)
	keys := make([]string, len(t.blocks))
	for i, x := range t.blocks {
		keys[i] = x.first
	}
	return append(appendStrings(b, keys), '}')
}
