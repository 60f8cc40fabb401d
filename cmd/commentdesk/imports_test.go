package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// mayImport says which of our packages each package may import, tests left out. A package that is not listed fails the test: give it its line.
var mayImport = map[string][]string{
	"classifier":           {"classifier/text", "classifier/feature", "classifier/bayes"},
	"classifier/text":      {},
	"classifier/feature":   {"classifier/text"},
	"classifier/bayes":     {},
	"classifier/eval":      {},
	"classifier/eval/page": {"classifier/eval"},
	"classifier/registry":  {"classifier", "classifier/feature"},
	"classifier/trial":     {"classifier", "classifier/eval", "classifier/feature", "classifier/bayes", "classifier/text"},
	"moderation":           {"classifier", "classifier/text"},
	"moderation/learn":     {"moderation", "classifier", "classifier/text", "classifier/feature", "classifier/trial", "classifier/eval", "classifier/registry"},
	"moderation/account":   {"moderation"},
	"moderation/extract":   {"moderation"},
	"moderation/figures":   {"moderation", "classifier"},
	"moderation/exchange":  {"moderation", "classifier"},
	"moderation/intake":    {"moderation", "classifier", "moderation/extract", "moderation/exchange"},
	"moderation/impact":    {"moderation", "classifier", "classifier/registry"},
	"moderation/sqlstore":  {"moderation", "moderation/account", "moderation/figures", "moderation/impact", "moderation/learn", "classifier"},
	"moderation/storetest": {"moderation", "moderation/account", "moderation/figures", "moderation/impact", "moderation/learn", "classifier"},
	"web":                  {"moderation", "moderation/account", "moderation/figures", "moderation/impact", "moderation/learn", "classifier", "classifier/registry", "web/view", "web/view/language", "web/static"},
	"web/view":             {"web/static", "web/view/language", "moderation", "moderation/account", "moderation/figures", "moderation/impact", "moderation/learn", "classifier", "classifier/eval", "classifier/registry", "classifier/trial"},
	"web/static":           {},
	"web/view/language":    {},
	"seeds":                {},
	"models":               {},
	"cmd/starter":          nil, // commands may import everything
	"cmd/commentdesk":      nil,
	"cmd/performance":      nil,
}

// onlyIn names the libraries that one place alone may import.
var onlyIn = map[string]string{
	"github.com/jbrukh/bayesian":  "classifier/bayes",
	"github.com/labstack/echo/v4": "web",
	"modernc.org/sqlite":          "moderation/sqlstore",
	"github.com/pressly/goose/v3": "moderation/sqlstore",
	"github.com/jmoiron/sqlx":     "moderation/sqlstore",
}

func TestImportsPointOneWay(t *testing.T) {
	seen := 0
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && file != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "scratch" || name == "bin") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		seen++
		checkImports(t, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 50 {
		t.Fatalf("only %d source files found: the walk is wrong", seen)
	}
}

func checkImports(t *testing.T, file string) {
	relative, err := filepath.Rel(root, filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	from := filepath.ToSlash(relative)
	allowed, known := mayImport[from]
	if !known {
		t.Errorf("%s: package %s has no line in mayImport", file, from)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if ours, ok := strings.CutPrefix(imported, "commentdesk/"); ok && allowed != nil && !slices.Contains(allowed, ours) {
			t.Errorf("%s imports %s: not allowed for %s", file, imported, from)
		}
		for library, place := range onlyIn {
			if (imported == library || strings.HasPrefix(imported, library+"/")) && from != place && !strings.HasPrefix(from, place+"/") {
				t.Errorf("%s imports %s: only %s may", file, imported, place)
			}
		}
	}
}

// TestPinnedModules holds what the libraries demand of go.mod: the libc that modernc.org/sqlite was made with, jbrukh/bayesian at the version
// whose arithmetic the wrapper knows.
func TestPinnedModules(t *testing.T) {
	ours := requirements(t, filepath.Join(root, "go.mod"))
	if got := ours["github.com/jbrukh/bayesian"]; got != "v1.1.0" {
		t.Errorf("jbrukh/bayesian is %s, the wrapper is written for v1.1.0", got)
	}
	cache := os.Getenv("GOMODCACHE")
	if cache == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			t.Fatal(err)
		}
		cache = filepath.Join(home, "go", "pkg", "mod")
	}
	theirs := filepath.Join(cache, "modernc.org", "sqlite@"+ours["modernc.org/sqlite"], "go.mod")
	if _, err := os.Stat(theirs); err != nil {
		theirs = filepath.Join(cache, "cache", "download", "modernc.org", "sqlite", "@v", ours["modernc.org/sqlite"]+".mod")
	}
	want := requirements(t, theirs)["modernc.org/libc"]
	if got := ours["modernc.org/libc"]; got != want || want == "" {
		t.Errorf("modernc.org/libc is %s, but modernc.org/sqlite %s needs exactly %q", got, ours["modernc.org/sqlite"], want)
	}
}

// requirements reads the require lines of a go.mod.
func requirements(t *testing.T, file string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for _, line := range strings.Split(string(data), "\n") {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) >= 2 && strings.HasPrefix(fields[1], "v") && strings.Contains(path.Clean(fields[0]), ".") {
			versions[fields[0]] = fields[1]
		}
	}
	return versions
}
