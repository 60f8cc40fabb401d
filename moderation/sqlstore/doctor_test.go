package sqlstore

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// TestDoctorFinds breaks each thing that the doctor looks at, and wants it named.
func TestDoctorFinds(t *testing.T) {
	for damage, want := range map[string]string{
		`update comment set status = 'approved' where id = 2`:             "comment 2: its status is approved, the ledger says pending",
		`update comment set revision = 9 where id = 1`:                    "comment 1: its revision is 9, the ledger says 3",
		`update comment set label_spam = 'no' where id = 1`:               `comment 1: its label on spam is "no", the ledger says "yes"`,
		`update comment set label_stance = 'favor' where id = 3`:          `comment 3: its label on stance is "favor", the ledger says ""`,
		`update comment set text_version = 2 where id = 3`:                "comment 3: text version 2, but 0 earlier texts are kept",
		`insert into old_text values (3, 1, 'x')`:                         "comment 3: text version 1, but 1 earlier texts are kept",
		`update counter set value = 7 where name = 'rejected'`:            "1 comments are rejected, the counter says 7",
		`update counter set value = 7 where name = 'ledger'`:              "the ledger ends at position 2, its counter says 7",
		`update ledger set position = 3 where position = 2`:               "the ledger has 2 entries at positions 1 to 3: some are missing",
		`update ledger set revision = 5 where position = 2`:               "comment 1: entry 2 has revision 5, its place says 3",
		`update ledger set decision = 'approve' where position = 2`:       "comment 1: its status is rejected, the ledger says approved",
		`update ledger set kind = 'undo', cancels = 1 where position = 2`: `comment 1: its label on spam is "yes", the ledger says ""`,
		`update comment set topic_id = 9 where id = 2`:                    "comment 2: its topic is not its article's",
		`update comment set author_key = 'somebody' where id = 2`:         "comment 2: its author's key is not its author's",
		`delete from label where position = 1`:                            `comment 1: its label on spam is "yes", the ledger says ""`,
	} {
		store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
		fill(t, store, 3)
		for i, action := range []moderation.Action{
			{ID: "a", Labels: map[classifier.Axis]string{classifier.Spam: classifier.Yes}},
			{ID: "b", Decision: moderation.Reject},
		} {
			action.CommentID, action.Revision, action.Actor, action.By = 1, int64(i)+1, "anna", moderation.ByPerson
			if _, err := store.Act(t.Context(), action, storetest.Start); err != nil {
				t.Fatal(err)
			}
		}
		if found, err := store.Doctor(t.Context()); err != nil || len(found) != 0 {
			t.Fatalf("before the damage: %q, error %v", found, err)
		}
		if _, err := store.writer.Exec(damage); err != nil {
			t.Fatalf("%s: %v", damage, err)
		}
		if found, err := store.Doctor(t.Context()); err != nil || !slices.Contains(found, want) {
			t.Errorf("%s: found\n%s\nwant %s, error %v", damage, strings.Join(found, "\n"), want, err)
		}
	}
}

func TestDoctorNamesAtMostAHundred(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 700)
	if _, err := store.writer.Exec(`update comment set revision = 4`); err != nil {
		t.Fatal(err)
	}
	if found, err := store.Doctor(t.Context()); err != nil || len(found) != doctorLimit {
		t.Errorf("%d differences, error %v", len(found), err)
	}
}
