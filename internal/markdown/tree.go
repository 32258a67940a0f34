package markdown

import (
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A tree is where the nodes of a body are that goldmark has not read, and the
// lists of its parts. They are used again for the next body: a syntax tree is
// fifteen times its text, and to ask for as much anew for each body took longer
// than to parse it.
type tree struct {
	root       ast.Document
	headings   shelf[ast.Heading]
	paragraphs shelf[ast.Paragraph]
	lists      shelf[ast.List]
	items      shelf[ast.ListItem]
	quotes     shelf[ast.Blockquote]
	textBlocks shelf[ast.TextBlock]
	texts      shelf[ast.Text]
	emphases   shelf[ast.Emphasis]
	links      shelf[linkNode]
	cites      shelf[citeNode]

	lines text.Segments // of all blocks
	words []ast.Node    // the blocks of words, in order
	cited []rawCitation // of all citations

	// Of any body, whoever has read it.
	blocks   []Block
	sections []Section
	leaves   []leaf
	shown    map[*ast.Heading]Heading
	ids      slugs
}

var trees = sync.Pool{New: func() any { return &tree{shown: map[*ast.Heading]Heading{}, ids: slugs{}} }}

func newTree() *tree { return trees.Get().(*tree) }

// free gives the tree back. Nothing may refer to it any more.
func (t *tree) free() {
	many := len(t.shown) > mostShelved
	t.root = ast.Document{}
	t.headings.clear()
	t.paragraphs.clear()
	t.lists.clear()
	t.items.clear()
	t.quotes.clear()
	t.textBlocks.clear()
	t.texts.clear()
	t.emphases.clear()
	t.links.clear()
	t.cites.clear()
	if t.lines.SetSliced(0, 0); cap(t.lines.Sliced(0, 0)) > mostShelved {
		t.lines.Clear()
	}
	t.words = emptied(t.words)
	t.cited = emptied(t.cited)
	t.blocks = emptied(t.blocks)
	t.sections = emptied(t.sections)
	t.leaves = emptied(t.leaves)
	clear(t.ids)
	if clear(t.shown); many {
		t.shown, t.ids = map[*ast.Heading]Heading{}, slugs{}
	}
	trees.Put(t)
}

// A shelf gives out zero values of a type, which stay where they are until all
// are taken back.
type shelf[T any] struct{ taken []T }

// mostShelved is how many values stay on a shelf for the next body. One body
// of a megabyte must not hold its memory for ever.
const mostShelved = 1 << 10

func (s *shelf[T]) take() *T {
	if len(s.taken) == cap(s.taken) { // those that were taken from the last row stay there
		s.taken = make([]T, 0, min(max(16, 2*cap(s.taken)), mostShelved))
	}
	s.taken = s.taken[:len(s.taken)+1]
	return &s.taken[len(s.taken)-1]
}

func (s *shelf[T]) clear() { s.taken = emptied(s.taken) }

// emptied returns a list without its values, which it no longer refers to.
func emptied[T any](list []T) []T {
	if cap(list) > mostShelved {
		return nil
	}
	clear(list)
	return list[:0]
}
