package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const (
	environmentPrefix = "COMMENTDESK_"
	defaultConfig     = "commentdesk.toml"
)

// configure fills the flags that were not given from the environment, and what is then still missing from the TOML file. A key of the file that
// is no flag of any command is an error.
func configure(cmd *cobra.Command, environment []string) error {
	settings := koanf.New(".")
	fromEnvironment := env.Provider(".", env.Opt{
		Prefix: environmentPrefix, EnvironFunc: func() []string { return environment },
		TransformFunc: func(key, value string) (string, any) {
			return strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(key, environmentPrefix)), "_", "-"), value
		},
	})
	layer := koanf.New(".")
	if err := layer.Load(fromEnvironment, nil); err != nil {
		return err
	}
	if err := loadFile(cmd, settings, layer.String("config")); err != nil {
		return err
	}
	if err := settings.Merge(layer); err != nil {
		return err
	}
	var failed error
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if flag.Changed || !settings.Exists(flag.Name) || failed != nil {
			return
		}
		for _, value := range valuesOf(settings, flag) {
			if err := cmd.Flags().Set(flag.Name, value); err != nil {
				failed = usage(fmt.Errorf("setting %s: %w", flag.Name, err))
			}
			flag.Annotations = map[string][]string{configured: {}}
		}
	})
	return failed
}

// configured marks a flag that the environment or the file has set, and no person.
const configured = "configured"

// typed says whether a flag stood on the command line.
func typed(flag *pflag.Flag) bool {
	_, set := flag.Annotations[configured]
	return flag.Changed && !set
}

func valuesOf(settings *koanf.Koanf, flag *pflag.Flag) []string {
	if _, isList := flag.Value.(pflag.SliceValue); isList && settings.Strings(flag.Name) != nil {
		return settings.Strings(flag.Name)
	}
	return []string{settings.String(flag.Name)}
}

// loadFile reads the TOML file: the one that --config or the environment names, else commentdesk.toml where there is one.
func loadFile(cmd *cobra.Command, settings *koanf.Koanf, fromEnvironment string) error {
	path, named := cmd.Flag("config").Value.String(), true
	if path == "" {
		path = fromEnvironment
	}
	if path == "" {
		path, named = defaultConfig, false
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && !named {
		return nil
	}
	if err := settings.Load(file.Provider(path), toml.Parser()); err != nil {
		return usage(fmt.Errorf("%s: %w", path, err))
	}
	known := map[string]bool{}
	collectFlags(cmd.Root(), known)
	for _, key := range settings.Keys() {
		if !known[key] {
			return usage(fmt.Errorf("%s: no setting %q", path, key))
		}
	}
	return nil
}

func collectFlags(cmd *cobra.Command, known map[string]bool) {
	note := func(flag *pflag.Flag) { known[flag.Name] = true }
	cmd.Flags().VisitAll(note)
	cmd.PersistentFlags().VisitAll(note)
	for _, sub := range cmd.Commands() {
		collectFlags(sub, known)
	}
}
