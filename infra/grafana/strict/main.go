// Command strict reads dashboards as Grafana's own schema has them: a field that is not known there, is missing, or is of
// another type is a fault, and so is a value that is not allowed.
package main

import (
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func faultOf(file string) string {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	var read dashboard.Dashboard
	// An empty list of faults is an error too, and says nothing.
	if err := read.UnmarshalJSONStrict(raw); err != nil && err.Error() != "" {
		return err.Error()
	}
	if err := read.Validate(); err != nil && err.Error() != "" {
		return err.Error()
	}
	return ""
}

func main() {
	plugins.RegisterDefaultPlugins()
	faults := 0
	for _, file := range os.Args[1:] {
		if fault := faultOf(file); fault != "" {
			fmt.Printf("%s\n%s\n", file, fault)
			faults++
		}
	}
	fmt.Printf("%d dashboards, %d with faults\n", len(os.Args)-1, faults)
	if faults > 0 || len(os.Args) == 1 {
		os.Exit(1)
	}
}
