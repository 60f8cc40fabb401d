package sqlstore

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// fillLedger writes n entries and n/10 events, a second apart, by a few actors.
func fillLedger(t testing.TB, store *Store, n int) {
	t.Helper()
	for _, statement := range []string{
		`with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
		insert into ledger (position, action_id, at, actor, kind, comment_id, revision, text_version, claim_id, side, decision, reason, cancels, note)
		select i, 'a' || i, 1000 * i, 'user' || (i % 7), case when i % 1000 = 0 then 'topic' else 'act' end, 1 + i % 5000, 2, 1, '', '', 'approve', '', 0, '' from n`,
		`with recursive n(i) as (select 1 union all select i + 1 from n where i < ? / 10)
		insert into event (at, actor, kind, subject, detail) select 10000 * i, 'user' || (i % 7), case when i % 100 = 0 then 'user changed' else 'sign-in' end, '', '' from n`,
	} {
		if _, err := store.writer.Exec(statement, n); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAuditPlans(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fillLedger(t, store, 20000)
	day := storetest.Start
	for _, test := range []struct {
		filter        moderation.AuditFilter
		entry, events string
	}{
		{moderation.AuditFilter{}, "ledger USING INDEX ledger_at", "event USING INDEX event_at"},
		{moderation.AuditFilter{Kind: "topic"}, "ledger USING INDEX ledger_kind", "event USING INDEX event_kind"},
		{moderation.AuditFilter{Actor: "user1"}, "ledger USING INDEX ledger_actor", "event USING INDEX event_actor"},
		{moderation.AuditFilter{Actor: "user1", Kind: "topic"}, "ledger USING INDEX ledger_actor_kind", "event USING INDEX event_"},
		{moderation.AuditFilter{From: day, Until: day.Add(time.Hour)}, "ledger USING INDEX ledger_at", "event USING INDEX event_at"},
		{moderation.AuditFilter{Actor: "user1", From: day, Until: day.Add(time.Hour)}, "ledger USING INDEX ledger_actor", "event USING INDEX event_actor"},
	} {
		for _, analysed := range []bool{false, true} {
			if analysed {
				if _, err := store.writer.Exec(`analyze`); err != nil {
					t.Fatal(err)
				}
			}
			place := moderation.AuditPlace{At: 5_000_000, ID: 5000}
			for want, query := range map[string][3]string{test.entry: {entryColumns, "position"}, test.events: {eventColumns, "id"}} {
				text, args := auditQuery(query[0], query[1], test.filter, place, 51)
				if got := plan(t, store, text, args...); !strings.HasPrefix(got, "SEARCH "+want) || strings.Contains(got, "TEMP B-TREE") {
					t.Errorf("%+v, analysed %v:\n%s\nwant %s", test.filter, analysed, got, want)
				}
			}
		}
	}
	text, args := auditQuery(entryColumns, "position", moderation.AuditFilter{CommentID: 7}, moderation.AuditPlace{At: 1 << 60, ID: 1 << 60}, 51)
	if got := plan(t, store, text, args...); !strings.HasPrefix(got, "SEARCH ledger USING INDEX ledger_comment (comment_id=?)") {
		t.Errorf("one comment: %s", got)
	}
	if got := plan(t, store, lastSignIns, "sign-in", "signed in"); !strings.Contains(got, "SEARCH e USING INDEX event_actor (actor=?)") || strings.Contains(got, "TEMP B-TREE") {
		t.Errorf("last sign-ins: %s", got)
	}
	for _, table := range []string{"ledger", "event"} {
		if got := plan(t, store, `select coalesce(min(kind), '') from `+table+` where kind > ?`, ""); !strings.Contains(got, table+"_kind (kind>?)") {
			t.Errorf("kinds of %s: %s", table, got)
		}
	}
}

func TestArticlesPlan(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	if got := plan(t, store, storedComment+stanceLabelled, 0, "bridges", 5); !strings.Contains(got, "SEARCH c USING INDEX comment_stance (article_id=?)") {
		t.Errorf("labelled stances: %s", got)
	}
	for _, topic := range []string{"", "bridges"} {
		query, args := articlesQuery(topic, "1", 10)
		if got := plan(t, store, query, args...); !strings.Contains(got, "SEARCH a USING INDEX article_topic_id (topic_id=? AND id>?)") || strings.Contains(got, "TEMP B-TREE") {
			t.Errorf("%q: %s", topic, got)
		}
	}
}

// BenchmarkAudit pages through a large ledger, at its start and deep inside.
func BenchmarkAudit(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fillLedger(b, store, 1_000_000)
	for name, filter := range map[string]moderation.AuditFilter{"all": {}, "who": {Actor: "user3"}, "rare": {Actor: "user3", Kind: "topic"}, "comment": {CommentID: 77}} {
		for at, place := range map[string]moderation.AuditPlace{"newest": {At: 1 << 60, ID: 1 << 60}, "deep": {At: 500_000_000, ID: 500_000}} {
			b.Run(name+" "+at, func(b *testing.B) {
				for b.Loop() {
					if entries, err := store.AuditEntries(b.Context(), filter, place, 51); err != nil || len(entries) == 0 {
						b.Fatalf("%d entries, error %v", len(entries), err)
					}
				}
			})
		}
	}
}
