package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"

	"readout/internal/build"

	"readout/internal/diag"
	"readout/internal/ingest"
	"readout/internal/load"
	"readout/internal/markdown"
	"readout/internal/output"
	"readout/internal/record"
)

// newCmd has a command for each kind of record. The flags of one are the
// fields of its record, by the same names; see fieldsOf.
type newCmd struct {
	Actor   newActorCmd   `cmd:"" help:"A person, organisation, state, delegation or document."`
	Meeting newMeetingCmd `cmd:"" help:"A meeting, held or planned."`
	Issue   newIssueCmd   `cmd:"" help:"An issue with its options."`
	Source  newSourceCmd  `cmd:"" help:"A source, without its text; see also: readout import."`
	Claim   newClaimCmd   `cmd:"" help:"A claim, at the end of its source's file."`
}

func (*newCmd) Help() string {
	return `Each kind has flags of its own: readout new actor --help. What is not given is left out, and what must not be is said.

Example: readout new actor "Ada Berg" --type person`
}

// placed is where a new record goes.
type placed struct {
	Content string `default:"content" placeholder:"DIR" help:"Folder of the briefing (default: content)."`
	ID      string `name:"id" placeholder:"ID" help:"Id of the record; by default made of its name."`
}

type newActorCmd struct {
	placed
	Name       string   `arg:"" field:"name" help:"Its name."`
	Type       string   `field:"type" placeholder:"TYPE" help:"person, organisation, state, delegation or document." complete:"type"`
	Alias      []string `sep:"none" field:"aliases" placeholder:"NAME" help:"Another name. May be given several times."`
	Represents string   `field:"represents" placeholder:"ID" help:"In whose column its claims count." complete:"actor"`
	Role       []string `sep:"none" field:"role" placeholder:"LINE" help:"A role: \"as of 2026-01-23: chair of [[board]]\". May be given several times."`
}

func (*newActorCmd) Help() string {
	return `Example: readout new actor "Ada Berg" --type person --represents harbour-board`
}

func (c *newActorCmd) Run(e *env) error { return c.write(e, record.KindActor, fieldsOf(c)) }

type newMeetingCmd struct {
	placed
	Title        string   `arg:"" field:"title" help:"Its title."`
	Start        string   `field:"start" placeholder:"DATE" help:"First day, as an EDTF date."`
	End          string   `field:"end" placeholder:"DATE" help:"Last day."`
	WhenAsStated string   `field:"when_as_stated" placeholder:"WORDS" help:"The source's own words for when."`
	Place        string   `field:"place" placeholder:"PLACE" help:"Where."`
	PartOf       []string `sep:"none" field:"part_of" placeholder:"ID" help:"A meeting that it is part of." complete:"meeting"`
	Follows      []string `sep:"none" field:"follows" placeholder:"ID" help:"A meeting that it follows." complete:"meeting"`
	Status       []string `sep:"none" field:"status" placeholder:"LINE" help:"A line of its log: \"2026-01-23: planned, reported\"."`
	Attendance   []string `sep:"none" field:"attendance" placeholder:"LINE" help:"A delegation: \"[[city]]: [[bo-dahl]], reported\"."`
	Agenda       []string `sep:"none" field:"agenda" placeholder:"LINE" help:"A subject: \"[[fares]]\"."`
}

func (*newMeetingCmd) Help() string {
	return `Example: readout new meeting "Second round" --start "2026-01-23?" --place "Town hall"`
}

func (c *newMeetingCmd) Run(e *env) error { return c.write(e, record.KindMeeting, fieldsOf(c)) }

type newIssueCmd struct {
	placed
	Title  string   `arg:"" field:"title" help:"Its title."`
	Order  string   `field:"order" placeholder:"N" help:"Its place among the issues."`
	Option []string `sep:"none" field:"option" placeholder:"LINE" help:"An option: \"keep: the night ferry goes on\". May be given several times."`
}

func (*newIssueCmd) Help() string {
	return `Example: readout new issue "The ferry" --option "keep: the night ferry goes on"`
}

func (c *newIssueCmd) Run(e *env) error { return c.write(e, record.KindIssue, fieldsOf(c)) }

type newSourceCmd struct {
	placed
	Title     string   `arg:"" field:"title" help:"Its title."`
	Publisher string   `field:"publisher" placeholder:"NAME" help:"Who published it."`
	Published string   `field:"published" placeholder:"DATE" help:"When, as an EDTF date."`
	URL       string   `name:"url" field:"url" placeholder:"URL" help:"Where it stands."`
	Author    []string `sep:"none" field:"authors" placeholder:"NAME" help:"An author. May be given several times."`
	Genre     string   `field:"genre" placeholder:"GENRE" help:"report, readout, statement, document or analysis." complete:"genre"`
	Rights    string   `field:"rights" placeholder:"RIGHTS" help:"excerpts or full." complete:"rights"`
	Text      string   `field:"text" placeholder:"FILE" help:"File name of its text."`
}

func (*newSourceCmd) Help() string {
	return `Example: readout new source "Ferry talks resume" --publisher "Harbour Post" --published 2026-01-23`
}

func (c *newSourceCmd) Run(e *env) error { return c.write(e, record.KindSource, fieldsOf(c)) }

type newClaimCmd struct {
	folders
	Source string   `arg:"" help:"The id of its source." complete:"source"`
	Title  string   `arg:"" field:"title" help:"Its heading: what is claimed, in one line."`
	ID     string   `name:"id" field:"id" placeholder:"ID" help:"Its id; by default made of the heading."`
	Holder string   `required:"" field:"holder" placeholder:"WHO" help:"An actor's id, or: \"a description\" (unnamed)." complete:"actor"`
	Via    string   `field:"via" placeholder:"CHAIN" help:"The relay, outward: \"[[aide]] > reporters\"."`
	Party  string   `field:"party" placeholder:"ID" help:"In whose column an unnamed holder's claim counts." complete:"actor"`
	On     string   `field:"on" placeholder:"ISSUE/OPTION" help:"The option that it takes a stance on." complete:"option"`
	Stance string   `field:"stance" placeholder:"STANCE" help:"for, for-if, open, against or unclear." complete:"stance"`
	If     string   `field:"if" placeholder:"WORDS" help:"The condition of a for-if."`
	Act    string   `field:"act" placeholder:"ACT" help:"demands, proposes, accepts, rejects, reiterates, denies or signals." complete:"act"`
	At     string   `field:"at" placeholder:"ID" help:"The meeting." complete:"meeting"`
	About  string   `field:"about" placeholder:"IDS" help:"Actors or issues, parted by commas." complete:"actor"`
	Said   string   `field:"said" placeholder:"DATE" help:"When, if not on the source's date."`
	Quote  []string `sep:"none" field:"quote" placeholder:"WORDS" help:"A quotation. May be given several times."`
	Note   string   `field:"note" placeholder:"TEXT" help:"The editor's note."`
}

func (*newClaimCmd) Help() string {
	return `Example: readout new claim harbour-post "The board wants to keep the ferry" --holder ada-berg --on the-ferry/keep --stance for --quote "the night ferry must run"`
}

// fieldsOf returns the flags of a command as the fields of a record: those
// with a field tag, which is the field's name.
func fieldsOf(cmd any) ingest.Fields {
	fields := ingest.Fields{}
	v := reflect.ValueOf(cmd).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("field")
		if name == "" {
			continue
		}
		switch x := v.Field(i).Interface().(type) {
		case string:
			if x != "" {
				fields[name] = []string{x}
			}
		case []string:
			if len(x) > 0 {
				fields[name] = x
			}
		}
	}
	return fields
}

// folderOf is the folder of a kind's records.
func folderOf(kind record.Kind) string {
	for folder, k := range record.Folders {
		if k == kind {
			return folder
		}
	}
	return ""
}

// write writes a new record, unless its id is taken.
func (c *placed) write(e *env, kind record.Kind, fields ingest.Fields) error {
	id := record.Slug(c.ID)
	if id == "" {
		id = ingest.NewID(kind, fields)
	}
	if id == "" {
		return usagef("no id can be made of that name: give one with --id")
	}
	if file, err := c.taken(id); err != nil {
		return err
	} else if file != "" {
		return fmt.Errorf("the id %s is taken by %s: choose another with --id", id, file)
	}
	data, err := ingest.NewRecord(kind, fields)
	if err != nil {
		return err
	}
	name := path.Join(filepath.ToSlash(filepath.Clean(c.Content)), folderOf(kind), id+".md")
	if err := e.sound(kind, name, data); err != nil {
		return err
	}
	if _, err := output.WriteFile(filepath.FromSlash(name), data); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "written %s\n", name)
	_, diags := record.Parse(kind, diag.NewFile(name, data), markdown.New(markdown.Options{}))
	for _, d := range diags {
		if d.Code == "front/missing" {
			fmt.Fprintf(e.stdout, "to do: %s; %s\n", d.Message, strings.Join(d.Notes, "; "))
		}
	}
	return nil
}

// taken returns the file of the record that has an id.
func (c *placed) taken(id string) (string, error) {
	if err := briefing(c.Content); err != nil {
		return "", err
	}
	listing, err := load.Scan(os.DirFS(c.Content), c.Content)
	if err != nil {
		return "", err
	}
	for _, x := range listing.Records {
		if x.Kind != record.KindSite && record.ID(x.Name) == id {
			return path.Join(filepath.ToSlash(c.Content), x.Name), nil
		}
	}
	return "", nil
}

// sound says what is wrong with a file that is about to be written, and fails
// if that is an error: a value that is none must not reach the briefing. A
// field that was not given is no error yet.
func (e *env) sound(kind record.Kind, name string, data []byte) error {
	_, diags := record.Parse(kind, diag.NewFile(name, data), markdown.New(markdown.Options{}))
	var wrong diag.List
	for _, d := range diags {
		if d.Code != "front/missing" && d.Code != "claim/no-quotation" {
			wrong = append(wrong, d)
		}
	}
	wrong.Sort()
	say(e.stderr, wrong)
	if wrong.HasErrors() {
		fmt.Fprintf(e.stderr, "nothing was written\n")
		return errSaid
	}
	return nil
}

// Run appends a claim to its source's file, and keeps the rest byte for byte.
func (c *newClaimCmd) Run(e *env) error {
	name, err := (&placed{Content: c.Content}).taken(record.Slug(strings.TrimPrefix(c.Source, "@")))
	if err != nil {
		return err
	}
	if name == "" || !strings.Contains(name, "/"+folderOf(record.KindSource)+"/") {
		problem := fmt.Sprintf("there is no source %q in %s", c.Source, path.Join(filepath.ToSlash(c.Content), folderOf(record.KindSource)))
		if near := diag.Nearest(c.Source, (&completer{content: c.Content}).ids(record.KindSource)); len(near) > 0 {
			problem += "; did you mean " + strings.Join(near, " or ") + "?"
		}
		return errors.New(problem)
	}
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		return err
	}
	fields := fieldsOf(c)
	if c.ID == "" {
		r, _ := record.Parse(record.KindSource, diag.NewFile(name, data), markdown.New(markdown.Options{}))
		fields["id"] = []string{r.(*record.Source).ProposeID(c.Title)}
	}
	section, err := ingest.NewClaim(fields)
	if err != nil {
		return err
	}
	begin := len(data)
	newline := []byte("\n")
	if bytes.Contains(data, []byte("\r\n")) {
		newline = []byte("\r\n")
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		data = append(data, newline...)
	}
	data = append(data, bytes.ReplaceAll(section, []byte("\n"), newline)...)
	if err := e.sound(record.KindSource, name, data); err != nil {
		return err
	}
	if _, err := output.WriteFile(filepath.FromSlash(name), data); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "written %s\n", name)
	return c.review(e, name, begin)
}

// review says what is wrong with the claim that was written to the end of a
// file: a holder who has no record, a quotation that is not in the text. It is
// written all the same, since that is for the editor to mend.
func (c *newClaimCmd) review(e *env, name string, begin int) error {
	opt, err := (&inputs{folders: folders{Content: c.Content, Texts: c.Texts}}).options(e)
	if err != nil {
		return err
	}
	opt.AllowUnverified = true // without the text at hand it cannot be proved yet
	res, err := build.Check(e.ctx, opt, nil)
	if err != nil {
		return err
	}
	var wrong diag.List
	for _, d := range res.Diags {
		if d.Span.File != nil && d.Span.File.Path == name && d.Span.Start >= begin {
			wrong = append(wrong, d)
		}
	}
	say(e.stderr, wrong)
	if wrong.HasErrors() {
		fmt.Fprintf(e.stderr, "it is written, and this is to be mended in it: %s\n", wrong.Summary())
	}
	return nil
}
