// Package ingest is the editor's way in: it turns an article as it was saved
// into a source record and a private text, finds the names in a text, and
// writes the first lines of new records.
//
// It is pure: bytes in, values out. Nothing is written to disk, nothing depends
// on the clock, and no two runs differ. What the caller does with the result is
// the caller's.
//
// # Articles
//
// [Import] reads plain text, a saved web page (HTML, AMP, XHTML), a web archive
// of one file (MHTML), or Markdown that a program clipped from a page. It never follows an address, runs a script or
// keeps markup: what comes out is text.
//
// The article in a page is found by Readability
// (https://github.com/mozilla/readability), after what cannot be part of it is
// gone: scripts, forms, navigation, notices about cookies, buttons for sharing,
// captions, what is hidden. Each paragraph, heading, item of a list and row of
// a table becomes one paragraph; an item of a numbered list keeps its number, a
// <q> gets its quotation marks, text that was struck out goes. Where the page
// states the article's text in its JSON-LD and much of it was not found, that
// text is taken. What looks like text of the article and was left out is
// reported, never dropped silently.
//
// The stored text is what quotations are proved against, so that words and
// punctuation stay exactly as they are. Only what package quote's folding
// ignores anyway is made uniform: any white space is one space, and soft
// hyphens, zero-width spaces, byte order marks and overrides of direction go.
// Joiners and marks of direction stay, because scripts need them. Paragraphs are
// parted by blank lines. A plain text keeps its lines.
//
// The title, publisher, date, authors, language and address are those that the
// page states of itself: in JSON-LD, OpenGraph, Dublin Core, other meta
// elements, microdata, links. Nothing is guessed. What the page does not state
// is "unknown" or empty; where it contradicts itself, the more specific
// statement is taken and the conflict reported. A date that can be read in two
// ways is not read, and a date that the page gives without saying of what is
// marked as inferred.
//
// # Names
//
// [Names] finds known names in a text, at exact byte offsets; see there for what
// counts as one. [Names.Survey] adds what a text holds besides: names that nobody has
// recorded, and paragraphs that no claim quotes; [Names.Unlinked] looks through
// the briefing's own prose.
//
// # Scaffolds
//
// [NewRecord] and [NewClaim] write the first version of a record or a claim from
// what is known; [Init] writes an empty briefing. What they write parses without
// a mistake as soon as what they were not given is filled in.
package ingest
