package intake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// stdin is the path that reads standard input.
const stdin = "-"

func (w *walk) paths(paths []string) error {
	for _, path := range paths {
		if err := w.path(path); err != nil {
			return err
		}
	}
	return nil
}

// path reads standard input, a file, a folder, or what a pattern matches where there is nothing of that very name.
func (w *walk) path(path string) error {
	if path == stdin {
		return w.standardInput()
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?["):
		return w.glob(path)
	case err != nil:
		w.refuse(path, 0, reason(err))
		return w.ctx.Err()
	case info.IsDir():
		return w.folder(path)
	}
	return w.file(path)
}

func (w *walk) standardInput() error {
	if w.options.Stdin == nil {
		w.refuse(stdin, 0, "no standard input")
		return nil
	}
	return w.open(stdin, w.options.Stdin)
}

func (w *walk) file(path string) error {
	file, err := os.Open(path)
	if err != nil {
		w.refuse(path, 0, reason(err))
		return w.ctx.Err()
	}
	defer file.Close()
	return w.open(path, file)
}

// folder reads every regular file below, in the order of names. Hidden files and folders are left out; links to folders are not followed.
func (w *walk) folder(root string) error {
	return fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		path := filepath.Join(root, filepath.FromSlash(name))
		switch {
		case err != nil:
			w.refuse(path, 0, reason(err))
			return w.ctx.Err()
		case name != "." && hidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return w.ctx.Err()
		}
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
			return nil
		}
		return w.file(path)
	})
}

// glob reads what a pattern matches, in the order of names. Hidden files match only a pattern that begins with a dot.
func (w *walk) glob(pattern string) error {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		w.refuse(pattern, 0, "broken pattern")
		return nil
	}
	found := false
	for _, path := range matches {
		if hidden(filepath.Base(path)) && !hidden(filepath.Base(pattern)) {
			continue
		}
		found = true
		if err := w.path(path); err != nil {
			return err
		}
	}
	if !found {
		w.refuse(pattern, 0, "no file matches")
	}
	return nil
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

// reason is a file system error without the path, which a Refusal names already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
