package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"readout": func() {
			os.Exit(Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.DirFS(os.Getenv("EMBEDDED"))))
		},
	})
}

// The scripts have a small briefing in site/, and the texts of its articles
// in texts/.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("EMBEDDED", root)
			if err := os.CopyFS(filepath.Join(env.WorkDir, "site", "content"), os.DirFS("testdata/harbour/content")); err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Join(env.WorkDir, "site", "content", "private"), 0o777); err != nil {
				return err
			}
			return os.CopyFS(filepath.Join(env.WorkDir, "texts"), os.DirFS("testdata/harbour/texts"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"replace": replace,
			"status":  status,
		},
	})
}

// replace puts words in the place of others: replace OLD NEW FILE...
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: replace OLD NEW FILE...")
	}
	for _, name := range args[2:] {
		data := ts.ReadFile(name)
		if !strings.Contains(data, args[0]) {
			ts.Fatalf("%s does not say %q", name, args[0])
		}
		data = strings.ReplaceAll(data, args[0], strings.ReplaceAll(args[1], `\n`, "\n"))
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(data), 0o666))
	}
}

// status runs a command that must end with this status: status N COMMAND...
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	if got := strings.TrimPrefix(errorText(err), "exit status "); got != args[0] {
		ts.Fatalf("exit status %s, not %s", got, args[0])
	}
}

func errorText(err error) string {
	if err == nil {
		return "0"
	}
	return err.Error()
}
