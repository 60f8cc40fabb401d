package page

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// MayWrite says why a page cannot go to path: a folder, a file that is no page of ours, or no folder to write it in. A page of ours may be
// written over.
func MayWrite(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return checkFolder(filepath.Dir(path))
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%s is a folder", path)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is no regular file", path)
	}
	ours, err := isPage(path)
	if err == nil && !ours {
		err = fmt.Errorf("%s is there and is no page of this program: it is not overwritten", path)
	}
	return err
}

func checkFolder(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no folder", path)
	}
	return err
}

// isPage says that the file begins as ours do.
func isPage(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	start, err := io.ReadAll(io.LimitReader(file, 1<<10))
	return bytes.Contains(start, []byte(Generator)), err
}

// Save writes the page to path whole or not at all: into a file beside it, synced, then renamed. What MayWrite refuses stays as it is. A link is
// followed, so that it stays one.
func Save(path string, p Page) error {
	if err := MayWrite(path); err != nil {
		return err
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	file, err := create(path)
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := writeSynced(file, p); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// create makes a new file beside path that nobody else has.
func create(path string) (*os.File, error) {
	for attempt := range 100 {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d-%d", filepath.Base(path), os.Getpid(), attempt))
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
	return nil, fmt.Errorf("no name is free beside %s", path)
}

func writeSynced(file *os.File, p Page) error {
	buffered := bufio.NewWriter(file)
	if err := errors.Join(Write(buffered, p), buffered.Flush()); err != nil {
		file.Close()
		return err
	}
	if err := file.Sync(); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}
