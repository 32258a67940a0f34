// Command readout makes briefing websites out of annotated articles. What it
// does is in [readout/internal/cli]; this file only brings the built-in
// templates and static files along.
package main

import (
	"context"
	"embed"
	"os"

	"readout/internal/cli"
)

//go:embed templates static
var embedded embed.FS

func main() {
	os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, embedded))
}
