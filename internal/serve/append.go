package serve

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"readout/internal/diag"
	"readout/internal/link"
	"readout/internal/quote"
)

// A claimRequest asks for a claim to be written out, and added to its source's
// file if Write says so.
type claimRequest struct {
	Source string     `json:"source"`
	Digest string     `json:"digest"` // of the file that the form was filled in for
	Write  bool       `json:"write"`
	Claim  claimDraft `json:"claim"`
}

// A claimAnswer is what came of it.
type claimAnswer struct {
	ID       string    `json:"id"`
	Section  string    `json:"section"`
	Proof    proof     `json:"proof"`
	Problems []problem `json:"problems"` // errors keep it from being written
	Written  bool      `json:"written"`
	Changed  bool      `json:"changed"` // the file is not the one any more that the form was filled in for
	Place    string    `json:"place"`   // of the claim, once written
	Edit     string    `json:"edit"`    // opens it there
}

// maxClaim is the most bytes of a request to write.
const maxClaim = 1 << 20

// trusted reports whether a request that can change a file comes from a page
// of this very server on this very machine. A page elsewhere can send a POST
// here, but neither our Origin nor a header of its own choosing without being
// asked first (https://fetch.spec.whatwg.org/#cors-preflight-fetch), and it
// does not know the token, which no page that it can read holds.
func (s *server) trusted(r *http.Request) error {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch site := r.Header.Get("Sec-Fetch-Site"); {
	case err != nil || !remote.Addr().Unmap().IsLoopback():
		return errors.New("files are written for this machine only")
	case r.Header.Get("Origin") != "http://"+r.Host:
		return errors.New("the request does not come from a page of this server")
	case site != "" && site != "same-origin":
		return errors.New("the request does not come from a page of this server")
	case kind != "application/json":
		return errors.New("the request is not JSON")
	case s.token == "" || subtle.ConstantTimeCompare([]byte(r.Header.Get("X-Readout-Token")), []byte(s.token)) != 1:
		return errors.New("the request does not have this server's token: load the page again")
	}
	return nil
}

// answerClaim answers a POST of a claim.
func (s *server) answerClaim(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if err := s.trusted(r); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	var in claimRequest
	body := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxClaim))
	body.DisallowUnknownFields()
	if err := body.Decode(&in); err != nil {
		http.Error(w, "the request cannot be read: "+err.Error(), http.StatusBadRequest)
		return
	}
	if _, err := body.Token(); err != io.EOF {
		http.Error(w, "the request holds more than one value", http.StatusBadRequest)
		return
	}
	// One at a time: a second one must find what the first has written.
	s.writing.Lock()
	defer s.writing.Unlock()
	now, release := s.hold()
	defer release()
	d := now.desk
	src, text := d.source(in.Source)
	if src == nil {
		http.Error(w, "there is no such source", http.StatusNotFound)
		return
	}
	if text == nil {
		http.Error(w, "the text of this source is not at hand", http.StatusConflict)
		return
	}
	out, status := s.claim(d, src, text, &in)
	sendJSON(w, status, out)
}

func (s *server) claim(d *desk, src *link.Source, text *quote.Text, in *claimRequest) (*claimAnswer, int) {
	c := &in.Claim
	if c.ID = line(c.ID); c.ID == "" {
		c.ID = src.Record.ProposeID(line(c.Heading))
	}
	out := &claimAnswer{ID: c.ID, Proof: d.proveAll(text, c.Quotation, quote.Options{
		After: line(c.After), Before: line(c.Before), Long: line(c.Long) != "",
	})}
	n := d.compose(src, c)
	out.Section = n.section
	if !out.Proof.Proved {
		n.diags.Errorf(n.file.At(n.at), "serve/claim", "the quotation is not proved: it is %s", out.Proof.Result)
	}
	if in.Write || !n.diags.HasErrors() {
		d.resolve(n)
	}
	out.Problems = problemsOf(n.diags)
	if !in.Write {
		return out, http.StatusOK
	}
	if n.diags.HasErrors() {
		return out, http.StatusUnprocessableEntity
	}
	if err := s.replace(src, in.Digest, n.file); err != nil {
		out.Changed = errors.Is(err, errChanged)
		out.Problems = append(out.Problems, problem{Severity: diag.Error.String(), Message: err.Error(), Notes: []string{}})
		return out, http.StatusConflict
	}
	out.Written = true
	at := n.file.At(n.at)
	out.Place, out.Edit = at.String(), s.Editor.link(at)
	fmt.Fprintf(s.Log, "%s: added the claim %s\n", at, c.ID)
	return out, http.StatusOK
}

func problemsOf(l diag.List) []problem {
	list := []problem{}
	for _, d := range l {
		notes := d.Notes
		if notes == nil {
			notes = []string{}
		}
		list = append(list, problem{d.Severity.String(), d.Code, d.Message, notes})
	}
	return list
}

var errChanged = errors.New("the file has changed since this page was made: look again, and add the claim once more")

// replace writes the file of a source anew, if it is still the one that was
// built from, and that the form was filled in for.
func (s *server) replace(src *link.Source, digest string, file *diag.File) error {
	if s.Write == nil {
		return errors.New("this server writes no files")
	}
	name := filepath.FromSlash(src.File.Path)
	// By their real names: a link in the folder must not lead out of it.
	folder, err := filepath.EvalSymlinks(filepath.Join(s.Content, "sources"))
	if err != nil {
		return err
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(folder, real)
	if err != nil || !filepath.IsLocal(rel) {
		return fmt.Errorf("%s is not in the folder of the sources", src.File.Path)
	}
	now, err := os.ReadFile(real)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, src.File.Data) || digest != hash(src.File.Data) {
		return errChanged
	}
	if !strings.HasPrefix(string(file.Data), string(now)) {
		return errors.New("the rest of the file would not stay as it is")
	}
	return s.Write(real, file.Data)
}
