-- +goose Up

-- What holds no word has the likeness of its signs from now on, so that ??? and *** no longer count as one text. All likenesses and piles are made
-- anew, in batches: see likeness_due.
delete from likeness;
update comment set pile = 0 where pile > 0;
delete from pile;
update likeness_due set done_to = 0, due_to = (select coalesce(max(id), 0) from comment);
