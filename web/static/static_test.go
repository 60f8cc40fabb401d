package static

import (
	"path"
	"strings"
	"testing"
)

// TestImports follows every import of every module: it names what is served, by its hash.
func TestImports(t *testing.T) {
	found := 0
	for name, url := range urls {
		asset, ok := Find(path.Base(url))
		if !ok || len(asset.Data) == 0 {
			t.Errorf("%s is not served as %s", name, url)
		}
		if path.Ext(name) != ".js" {
			continue
		}
		for line := range strings.Lines(string(asset.Data)) {
			if !strings.HasPrefix(line, "import ") {
				continue
			}
			found++
			_, from, _ := strings.Cut(line, `"./`)
			other, _, _ := strings.Cut(from, `"`)
			if _, ok := Find(other); !ok {
				t.Errorf("%s: %s names nothing that is served", name, strings.TrimSpace(line))
			}
		}
	}
	if found == 0 {
		t.Error("no module imports another one")
	}
}
