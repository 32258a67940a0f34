package cli

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"readout/internal/build"
	"readout/internal/load"
	"readout/internal/record"
	"readout/internal/verify"
)

// folders are where a briefing and its texts are.
type folders struct {
	Content string   `default:"content" placeholder:"DIR" help:"Folder of the briefing (default: content)."`
	Texts   []string `sep:"none" placeholder:"DIR" help:"Folder with texts of articles, besides content/private. May be given several times."`
}

// textFile reads the text of a source whose record stands in the folder
// beside, below the content folder.
func (f *folders) textFile(s *record.Source, beside string) ([]byte, error) {
	var places []load.TextFolder
	for _, dir := range slices.Concat([]string{
		filepath.Join(f.Content, filepath.FromSlash(beside)),
		filepath.Join(f.Content, load.PrivateName),
	}, f.Texts) {
		places = append(places, load.TextFolder{FS: os.DirFS(dir), Prefix: filepath.ToSlash(dir)})
	}
	name := verify.TextName(s)
	data, _, ok, err := load.FindText(places, name)
	if err != nil || ok {
		return data, err
	}
	var looked []string
	for _, p := range places {
		looked = append(looked, p.Prefix)
	}
	return nil, fmt.Errorf("the text of %s is not at hand: there is no %s in %s; name the folder that has it with --texts", s.ID, name, strings.Join(looked, ", "))
}

// inputs are what a build depends on.
type inputs struct {
	folders
	Templates       string `default:"templates" placeholder:"DIR" help:"Folder of templates that replace the built-in ones (default: templates)."`
	Static          string `default:"static" placeholder:"DIR" help:"Folder of files that are copied to the site (default: static)."`
	BaseURL         string `name:"base-url" placeholder:"URL" help:"Address that the site will have; overrides base_url in site.yaml."`
	AsOf            string `placeholder:"DATE" help:"Show the briefing as it stood on this day (YYYY-MM-DD)."`
	AllowUnverified bool   `help:"Publish quotations that nothing proves, marked as unverified."`
}

// options checks the inputs and returns them as the build wants them.
func (in *inputs) options(e *env) (build.Options, error) {
	if in.BaseURL != "" {
		u, err := url.Parse(in.BaseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return build.Options{}, usagef("--base-url: %q is not the address of a site: write it whole, for example https://example.org/briefing/", in.BaseURL)
		}
	}
	if in.AsOf != "" {
		if _, err := record.ParseDay(in.AsOf); err != nil {
			return build.Options{}, usagef("--as-of: %v", err)
		}
	}
	if err := briefing(in.Content); err != nil {
		return build.Options{}, err
	}
	return build.Options{
		Content: filepath.Clean(in.Content), Templates: clean(in.Templates), Static: clean(in.Static),
		Texts: in.Texts, BaseURL: in.BaseURL, AsOf: in.AsOf, AllowUnverified: in.AllowUnverified, Embedded: e.embedded,
	}, nil
}

// clean is filepath.Clean, but that no folder stays none: not the current one.
func clean(dir string) string {
	if dir == "" {
		return ""
	}
	return filepath.Clean(dir)
}

// within reports whether a folder is another one or lies in it.
func within(folder, other string) bool {
	a, err1 := filepath.Abs(folder)
	b, err2 := filepath.Abs(other)
	if err1 != nil || err2 != nil {
		return false
	}
	rel, err := filepath.Rel(b, a)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// states counts quotations by what stands behind them.
type states map[verify.State]int

func (s states) add(r *verify.Result) {
	for _, claim := range r.Claims {
		for _, p := range claim {
			s[p.State]++
		}
	}
}

func statesOf(r *build.Result) states { return r.Quotations }

var stateOrder = []verify.State{verify.Verified, verify.ByReceipt, verify.Unverified, verify.Lost}

// String returns the counts in words: "12 quotations: 10 verified, 2 receipt".
func (s states) String() string {
	total := 0
	var parts []string
	for _, state := range stateOrder {
		if n := s[state]; n > 0 {
			total += n
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	if total == 0 {
		return "no quotations"
	}
	return plural(total, "quotation") + ": " + strings.Join(parts, ", ")
}

func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}
