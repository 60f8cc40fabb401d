package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

var update = flag.Bool("update", false, "write the golden files anew")

// everyCommand calls do for each command of ours.
func everyCommand(cmd *cobra.Command, do func(*cobra.Command)) {
	do(cmd)
	for _, sub := range cmd.Commands() {
		everyCommand(sub, do)
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	seen := 0
	everyCommand(newRoot(program{}), func(cmd *cobra.Command) {
		seen++
		switch {
		case cmd.Hidden || cmd.Deprecated != "":
			t.Errorf("%s is hidden", cmd.CommandPath())
		case cmd.Short == "" || cmd.Example == "":
			t.Errorf("%s has no help or no example", cmd.CommandPath())
		case cmd.RunE == nil:
			t.Errorf("%s does nothing", cmd.CommandPath())
		}
		if strings.HasSuffix(cmd.Short, ".") || strings.ToUpper(cmd.Short[:1]) != cmd.Short[:1] {
			t.Errorf("%s: the short help %q is not like the others", cmd.CommandPath(), cmd.Short)
		}
		for line := range strings.Lines(cmd.Example) {
			if !strings.HasPrefix(line, "  commentdesk") {
				t.Errorf("%s: the example %q is no command", cmd.CommandPath(), line)
			}
		}
	})
	if seen < 25 {
		t.Errorf("only %d commands", seen)
	}
}

// Examples must be commands that exist, with flags that they have.
func TestExamplesParse(t *testing.T) {
	everyCommand(newRoot(program{}), func(cmd *cobra.Command) {
		for line := range strings.Lines(cmd.Example) {
			for part := range strings.SplitSeq(line, "&&") {
				checkExample(t, cmd.CommandPath(), strings.TrimSpace(part))
			}
		}
	})
}

func checkExample(t *testing.T, path, example string) {
	args := words(example)
	if len(args) == 0 || args[0] != "commentdesk" {
		t.Errorf("%s: %q is no command", path, example)
		return
	}
	found, rest, err := newRoot(program{}).Find(args[1:])
	if err != nil {
		t.Errorf("%s: %q: %v", path, example, err)
		return
	}
	if err := found.ParseFlags(rest); err != nil {
		t.Errorf("%s: %q: %v", path, example, err)
		return
	}
	if err := found.ValidateArgs(found.Flags().Args()); err != nil {
		t.Errorf("%s: %q: %v", path, example, err)
	}
}

// words splits a command as a shell would: quotes hold words together; what follows a redirection or a remark is left out.
func words(command string) []string {
	var list []string
	word, quote, open := "", rune(0), false
	for _, r := range command + " " {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, open = r, true
		case quote == 0 && (r == '>' || r == '<' || r == '('):
			return list
		case quote == 0 && r == ' ':
			if word != "" || open {
				list = append(list, word)
			}
			word, open = "", false
		default:
			word += string(r)
		}
	}
	return list
}

func TestHelpTexts(t *testing.T) {
	s := newSite(t)
	written := map[string]bool{}
	everyCommand(newRoot(program{}), func(cmd *cobra.Command) {
		path := strings.Fields(cmd.CommandPath())
		name := strings.Join(path, "-") + ".golden"
		written[name] = true
		t.Run(strings.Join(path, " "), func(t *testing.T) {
			golden(t, filepath.Join("testdata", "help", name), s.must(exitDone, append(path[1:], "--help")...).out)
		})
	})
	files, err := os.ReadDir(filepath.Join("testdata", "help"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !written[file.Name()] {
			t.Errorf("testdata/help/%s belongs to no command", file.Name())
		}
	}
}

// golden compares with a file, or with -update writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-update writes it anew):\n%s", file, diff)
	}
}

func TestGroupsAndCompletion(t *testing.T) {
	s := newSite(t)
	for _, group := range []string{"model", "topic", "user"} {
		if o := s.must(exitDone, group); o.out != s.must(exitDone, group, "--help").out {
			t.Errorf("%s alone does not show its help", group)
		}
	}
	contains(t, s.must(exitDone, "completion", "bash").out, "commentdesk")
	contains(t, s.must(exitDone, "version").out, "commentdesk "+version, "starter model ")
	if _, err := os.Stat(s.db); !os.IsNotExist(err) {
		t.Error("help made a database")
	}
}
