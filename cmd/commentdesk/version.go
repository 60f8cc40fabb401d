package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"commentdesk/classifier/registry"
)

// version is set by the build (-ldflags "-X main.version=…").
var version = "0.1.0"

func newVersion(p program) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version, the commit and the starter model",
		Example: "  commentdesk version",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			manifest, err := registry.ReadManifest(starterFiles().Manifest)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.out, "commentdesk %s %s %s, starter model %s\n", version, commit(), runtime.Version(), manifest.ID)
			return err
		},
	}
}

// commit is what the build recorded, "" where it recorded none.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return setting.Value[:12]
		}
	}
	return "(no commit recorded)"
}
