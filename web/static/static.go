// Package static holds the stylesheet, the modules and the icon. Each is served under a name that carries a hash of its content, so that browsers
// may keep it for good. A module that imports another one names it plainly, and is served with the hashed name.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"path"
	"regexp"
	"strings"
)

//go:embed *.css *.js *.svg
var files embed.FS

// Prefix is where assets are served.
const Prefix = "/static/"

// Asset is one file as it is served.
type Asset struct {
	Type string // media type
	Data []byte
}

var (
	urls   = map[string]string{} // by plain name
	assets = map[string]Asset{}  // by hashed name
)

func init() {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		add(entry.Name())
	}
}

// imported is how a module names another one of this folder.
var imported = regexp.MustCompile(`(?m)^(import .*)"\./([a-z_]+\.js)";$`)

// add takes a file in, after the modules that it imports: their hashed names are part of its content. Modules do not import in circles.
func add(name string) {
	if urls[name] != "" {
		return
	}
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	data = imported.ReplaceAllFunc(data, func(line []byte) []byte {
		parts := imported.FindSubmatch(line)
		other := string(parts[2])
		add(other)
		return []byte(string(parts[1]) + `"./` + path.Base(urls[other]) + `";`)
	})
	sum := sha256.Sum256(data)
	extension := path.Ext(name)
	hashed := strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:6]) + extension
	urls[name] = Prefix + hashed
	assets[hashed] = Asset{Type: mediaType(extension), Data: data}
}

// mediaType does not ask the machine's own table where that could differ.
func mediaType(extension string) string {
	switch extension {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return mime.TypeByExtension(extension)
}

// URL is where the file of that plain name is served, "" where there is none.
func URL(name string) string { return urls[name] }

// Find is the asset of a hashed name.
func Find(hashed string) (Asset, bool) {
	asset, ok := assets[hashed]
	return asset, ok
}
