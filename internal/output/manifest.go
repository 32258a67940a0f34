package output

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A manifest lists what Readout wrote to a folder: for the path of each file
// the sums of the bytes that it may have, one unless a write was broken off,
// and for that of each folder, with a slash at its end, none.
type manifest map[string][]sum

// A sum tells the bytes of a file from any that it would by accident have.
type sum struct {
	crc  uint32
	size int64
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sumOf(data []byte) sum { return sum{crc32.Checksum(data, castagnoli), int64(len(data))} }

func (m manifest) has(path string) bool { _, ok := m[path]; return ok }

func (m manifest) add(path string, s sum) {
	if !slices.Contains(m[path], s) {
		m[path] = append(m[path], s)
	}
}

// union returns what m or n lists.
func (m manifest) union(n manifest) manifest {
	both := make(manifest, max(len(m), len(n)))
	for _, one := range []manifest{m, n} {
		for path, sums := range one {
			if _, ok := both[path]; !ok {
				both[path] = nil
			}
			for _, s := range sums {
				both.add(path, s)
			}
		}
	}
	return both
}

const manifestHead = "# What Readout wrote here, and may replace and delete. Kept by Readout.\n"

// marshal returns the manifest as its file has it.
func (m manifest) marshal() []byte {
	size := len(manifestHead)
	for path := range m {
		size += len("01234567 123456 \n") + len(path)
	}
	b := append(make([]byte, 0, size), manifestHead...)
	for _, path := range slices.Sorted(maps.Keys(m)) {
		if strings.HasSuffix(path, "/") {
			b = append(append(b, path...), '\n')
		}
		for _, s := range m[path] {
			b = hex.AppendEncode(b, binary.BigEndian.AppendUint32(nil, s.crc))
			b = strconv.AppendInt(append(b, ' '), s.size, 10)
			b = append(append(append(b, ' '), path...), '\n')
		}
	}
	return b
}

// parseManifest reads a manifest. An empty one lists nothing.
func parseManifest(data []byte) (manifest, error) {
	m := make(manifest, bytes.Count(data, []byte("\n")))
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		path, isFolder := strings.CutSuffix(line, "/")
		var s sum
		if !isFolder {
			var crc, size string
			crc, path, _ = strings.Cut(line, " ")
			size, path, _ = strings.Cut(path, " ")
			sum, err := strconv.ParseUint(crc, 16, 32)
			if err == nil {
				s.crc = uint32(sum)
				s.size, err = strconv.ParseInt(size, 10, 64)
			}
			if err != nil {
				return nil, fmt.Errorf("line %d of the manifest is damaged", n)
			}
		}
		if err := checkPath(path); err != nil {
			return nil, fmt.Errorf("line %d of the manifest is damaged: %w", n, err)
		}
		if isFolder {
			m[line] = nil
		} else {
			m.add(path, s)
		}
	}
	return m, nil
}
