package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

const userColumns = `select id, name, role, disabled, epoch, password, created_at from users`

type userRow struct {
	ID        int64        `db:"id"`
	Name      string       `db:"name"`
	Role      account.Role `db:"role"`
	Disabled  bool         `db:"disabled"`
	Epoch     int64        `db:"epoch"`
	Password  string       `db:"password"`
	CreatedAt int64        `db:"created_at"`
}

func (r userRow) user() account.User {
	return account.User{ID: r.ID, Name: r.Name, Role: r.Role, Disabled: r.Disabled, Epoch: r.Epoch, CreatedAt: instant(r.CreatedAt)}
}

// Users lists every user by name.
func (s *Store) Users(ctx context.Context) ([]account.User, error) {
	var rows []userRow
	if err := s.reader.SelectContext(ctx, &rows, userColumns+` order by name_key`); err != nil {
		return nil, err
	}
	users := make([]account.User, len(rows))
	for i, row := range rows {
		users[i] = row.user()
	}
	return users, nil
}

// CountUsers is how many users there are, disabled ones too.
func (s *Store) CountUsers(ctx context.Context) (n int, err error) {
	err = s.reader.GetContext(ctx, &n, `select count(*) from users`)
	return n, err
}

// LastSignIns is when each user last signed in, by the user's number.
func (s *Store) LastSignIns(ctx context.Context) (map[int64]time.Time, error) {
	var rows []struct {
		ID int64 `db:"id"`
		At int64 `db:"at"`
	}
	if err := s.reader.SelectContext(ctx, &rows, lastSignIns, account.EventSignIn, account.SignedIn); err != nil {
		return nil, err
	}
	last := make(map[int64]time.Time, len(rows))
	for _, row := range rows {
		if row.At != 0 {
			last[row.ID] = instant(row.At)
		}
	}
	return last, nil
}

// lastSignIns goes from each user's newest event back to a sign-in.
const lastSignIns = `
	select u.id, coalesce((select e.at from event e where e.actor = u.name and e.kind = ? and e.detail = ? order by e.at desc, e.id desc limit 1), 0) as at
	from users u`

// User is one user by number, NotFound where there is none.
func (s *Store) User(ctx context.Context, id int64) (account.User, error) {
	var row userRow
	err := s.reader.GetContext(ctx, &row, userColumns+` where id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return account.User{}, moderation.NotFound("no user %d", id)
	}
	return row.user(), err
}

// Credentials is one user by name, in any case, with the password's hash; NotFound where there is none.
func (s *Store) Credentials(ctx context.Context, name string) (account.User, string, error) {
	row, err := userNamed(ctx, s.reader, name)
	return row.user(), row.Password, err
}

func userNamed(ctx context.Context, q sqlx.QueryerContext, name string) (row userRow, err error) {
	err = sqlx.GetContext(ctx, q, &row, userColumns+` where name_key = ?`, moderation.FoldCase(name))
	if errors.Is(err, sql.ErrNoRows) {
		return row, moderation.NotFound("no user %q", name)
	}
	return row, err
}

// AddUser stores a new user and notes the event; Exists where the name is taken, in any case.
func (s *Store) AddUser(ctx context.Context, user account.User, hash, actor string) (account.User, error) {
	err := s.write(ctx, func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &user.ID, `
			insert into users (name, name_key, role, disabled, epoch, password, created_at) values (?, ?, ?, ?, ?, ?, ?)
			on conflict (name_key) do nothing returning id`,
			user.Name, moderation.FoldCase(user.Name), user.Role, flag(user.Disabled), user.Epoch, hash, milliseconds(user.CreatedAt))
		if errors.Is(err, sql.ErrNoRows) {
			return moderation.Exists("there is a user %q", user.Name)
		}
		if err != nil {
			return err
		}
		return note(ctx, tx, user.CreatedAt, actor, "user added", user.Name, string(user.Role))
	})
	if err != nil {
		return account.User{}, err
	}
	user.CreatedAt = instant(milliseconds(user.CreatedAt))
	return user, nil
}

// ChangeUser changes what the change names, raises the user's epoch and notes the event. Forbidden where no admin would be left who can
// sign in.
func (s *Store) ChangeUser(ctx context.Context, name string, change account.Change, actor string, at time.Time) (user account.User, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		row, err := userNamed(ctx, tx, name)
		if err != nil {
			return err
		}
		wasAdmin := row.Role == account.Admin && !row.Disabled
		var done []string
		if change.Hash != nil {
			row.Password, done = *change.Hash, append(done, "password")
		}
		if change.Role != nil {
			row.Role, done = *change.Role, append(done, "role "+string(*change.Role))
		}
		if change.Disabled != nil {
			row.Disabled = *change.Disabled
			done = append(done, map[bool]string{true: "disabled", false: "enabled"}[row.Disabled])
		}
		if change.SignOut {
			done = append(done, "signed out everywhere")
		}
		row.Epoch++
		if _, err := tx.ExecContext(ctx, `update users set role = ?, disabled = ?, epoch = ?, password = ? where id = ?`,
			row.Role, flag(row.Disabled), row.Epoch, row.Password, row.ID); err != nil {
			return err
		}
		var admins int
		if err := tx.GetContext(ctx, &admins, `select count(*) from users where role = 'admin' and disabled = 0`); err != nil {
			return err
		}
		if wasAdmin && admins == 0 {
			return moderation.Forbidden("there is no other admin than %s", row.Name)
		}
		user = row.user()
		return note(ctx, tx, at, actor, "user changed", row.Name, strings.Join(done, ", "))
	})
	if err != nil {
		return account.User{}, err
	}
	return user, nil
}
