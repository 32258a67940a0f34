package record

// A Page is a plain page: a Markdown file at the top of the content folder.
// The page "index" is the lead of the home page.
type Page struct {
	Header
	Order int // in the list of pages
}

func (p *parser) page(h Header) *Page {
	pg := &Page{Header: h}
	start := p.frontMatter(front{
		{"title", func(v value) { pg.Name = v.text() }},
		{"order", func(v value) { pg.Order = v.number() }},
		{"aliases", func(v value) { pg.Aliases = v.texts() }},
		{"draft", func(v value) { pg.Draft = v.yes() }},
	})
	if pg.Name.Value == "" && pg.ID != "index" {
		p.needName(&pg.Header, "title")
	}
	p.body(&pg.Header, start, nil, nil)
	return pg
}
