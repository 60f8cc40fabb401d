package sqlstore

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// KeepGroup adds the comments to a group; those that there are not are left out.
func (s *Store) KeepGroup(ctx context.Context, groupID string, commentIDs []int64) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		for _, id := range commentIDs {
			if _, err := tx.ExecContext(ctx, `
				insert into decided_group (group_id, comment_id) select ?, id from comment where id = ? on conflict (group_id, comment_id) do nothing`,
				groupID, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// GroupMembers is the comments of a group in order of arrival.
func (s *Store) GroupMembers(ctx context.Context, groupID string) (ids []int64, err error) {
	err = s.reader.SelectContext(ctx, &ids, `select comment_id from decided_group where group_id = ? order by comment_id`, groupID)
	return ids, err
}
