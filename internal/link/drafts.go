package link

import (
	"slices"

	"readout/internal/diag"
	"readout/internal/record"
)

// A draft is either no part of the site, and then a link to it dangles, or is
// shown in a preview, and then the link is one that will dangle in a build.

// named reports of a record whether a link of these words would lead to it.
func named(name string) func(*record.Header) bool {
	key := record.Slug(name)
	return func(h *record.Header) bool {
		return h.ID == key || h.Key == key ||
			slices.ContainsFunc(h.Aliases, func(a record.Text) bool { return record.Slug(a.Value) == key })
	}
}

// noteDraft says of a dangling link that it leads to a draft, if it does.
func (j *joiner) noteDraft(d *diag.Diagnostic, is func(*record.Header) bool) bool {
	i := slices.IndexFunc(j.drafts, is)
	if i < 0 {
		return false
	}
	d.Note("this record is a draft: %s", j.drafts[i].File.Path).
		Note("publish it by dropping \"draft: yes\" there, or make this file a draft too")
	return true
}

// warnDraft reports a link to a draft from what is none.
func (j *joiner) warnDraft(to *Node, at diag.Span) {
	if !j.shown || !to.Draft || at.File == nil {
		return
	}
	if from := j.files[at.File.Path]; from != nil && from.Draft {
		return
	}
	j.diags.Warnf(at, "link/draft", "%s is a draft: a build will not have it, and this will lead nowhere", to.ID).
		Note("publish it by dropping \"draft: yes\" in %s, or make this file a draft too", to.File.Path)
}
