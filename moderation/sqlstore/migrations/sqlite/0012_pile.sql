-- +goose Up

-- Comments that read alike: each stands in the pile of the near-duplicate that was found when its text came, else in one of its own. shelf is
-- moderation.Likeness.Shelf of the first text; the others count the pile's comments by status, in the transaction that changes them.
create table pile (
    id        integer primary key,
    shelf     integer not null,
    pending   integer not null,
    escalated integer not null,
    approved  integer not null,
    rejected  integer not null,
    snoozed   integer not null
) strict;
create index pile_pending on pile (pending desc, shelf, id) where pending > 0;
create index pile_escalated on pile (escalated desc, shelf, id) where escalated > 0;
create index pile_approved on pile (approved desc, shelf, id) where approved > 0;
create index pile_rejected on pile (rejected desc, shelf, id) where rejected > 0;
create index pile_snoozed on pile (snoozed desc, shelf, id) where snoozed > 0;

-- 0 for comments that arrived before there were piles. They are put on one with their likeness, in batches: see likeness_due.
alter table comment add column pile integer not null default 0;
create index comment_pile on comment (pile, status, id);
update likeness_due set done_to = 0, due_to = (select coalesce(max(id), 0) from comment);
