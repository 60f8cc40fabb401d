// Package static holds the stylesheet, the module and the icon. Each is served under a name that carries a hash of its content, so that browsers
// may keep it for good.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"path"
	"strings"
)

//go:embed desk.css desk.js words.js zone.js icon.svg
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
		name := entry.Name()
		data, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(data)
		extension := path.Ext(name)
		hashed := strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:6]) + extension
		urls[name] = Prefix + hashed
		assets[hashed] = Asset{Type: mediaType(extension), Data: data}
	}
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
