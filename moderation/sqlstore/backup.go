package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Backup writes a whole and consistent copy of the database to a new file at path, readable by its owner alone, while others go on working.
// A file that is there already is left alone, and that is an error. The copy is a database like the original: Open opens it.
func (s *Store) Backup(ctx context.Context, path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	if _, err := s.writer.ExecContext(ctx, `vacuum into ?`, path); err != nil {
		return errors.Join(fmt.Errorf("back up to %s: %w", path, err), os.Remove(path))
	}
	return nil
}
