package sqlstore

import "context"

// Settings is what the user set, by name.
func (s *Store) Settings(ctx context.Context, user string) (map[string]string, error) {
	var rows []struct {
		Name  string `db:"name"`
		Value string `db:"value"`
	}
	err := s.reader.SelectContext(ctx, &rows, `select name, value from user_setting where user_name = ?`, user)
	set := make(map[string]string, len(rows))
	for _, r := range rows {
		set[r.Name] = r.Value
	}
	return set, err
}

// Set keeps one setting of the user.
func (s *Store) Set(ctx context.Context, user, name, value string) error {
	_, err := s.writer.ExecContext(ctx, `insert into user_setting (user_name, name, value) values (?, ?, ?)
		on conflict (user_name, name) do update set value = excluded.value`, user, name, value)
	return err
}
