package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestLabelAndDecide(t *testing.T) {
	s := newSite(t)
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, "One.", "Two.", "Three.")))
	o := s.must(exitDone, "label", "1", "--hostile", "yes", "--stance", "against", "--decision", "reject", "--reason", "insult", "--as", "anna", "--revision", "1")
	contains(t, o.err, "1: rejected, labelled stance: against, labelled hostile: yes; undo id ")
	row := s.comment(1)
	if row.Status != "rejected" || row.Revision != 2 || row.Human == nil || row.Human.Hostile != "yes" || row.Human.Stance != "against" || row.Human.Spam != "" {
		t.Errorf("%+v", row)
	}
	conflict := s.must(exitFailed, "label", "1", "--hostile", "no", "--as", "ben", "--revision", "1")
	contains(t, conflict.err, "anna rejected, labelled stance: against, labelled hostile: yes at 2026-05-14T09:00:0", "nothing was saved")
	if now := s.comment(1); now.Revision != 2 || now.Human.Hostile != "yes" {
		t.Errorf("the refused label was saved: %+v", now)
	}
	s.must(exitDone, "label", "1", "--hostile", "no", "--as", "ben")
	if now := s.comment(1); now.Revision != 3 || now.Human.Hostile != "no" || now.Status != "rejected" {
		t.Errorf("%+v", now)
	}
	s.must(exitDone, "label", "2", "--decision", "approve")
	s.must(exitDone, "label", "3", "--decision", "escalate", "--spam", "cant_tell")
	for status, id := range map[string]string{"approved": "2", "escalated": "3"} {
		if found := s.queue("--filter", "status:"+status).Comments; len(found) != 1 || found[0].ID != id {
			t.Errorf("%s: %+v", status, found)
		}
	}
	if human := s.comment(2).Human; human != nil {
		t.Errorf("approving made labels: %+v", human)
	}
}

func TestLabelFile(t *testing.T) {
	s := newSite(t)
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, "One.", "Two.", "Three.")))
	mixed := s.file("labels.jsonl", strings.Join([]string{
		`{"id":"1","hostile":"yes","decision":"reject","reason":"insult","revision":1,"action_id":"a-1"}`,
		``,
		`{"id":2,"stance":"favor","spam":"no"}`,
		`{"id":"3","hostile":"maybe"}`,
		`{"id":"3","mood":"bad"}`,
		`not JSON`,
		`{"id":"99","hostile":"no"}`,
		`{"id":"1","hostile":"no","revision":1}`,
		`{"id":"3","hostile":"no"} {"id":"2","hostile":"no"}`,
		`{"id":"3","decision":"approve"}`,
	}, "\n"))
	o := s.must(exitSomeRefused, "label", "--file", mixed, "--as", "anna")
	contains(t, o.err, mixed+`:4: no answer "maybe" on hostile`, mixed+`:5: no field "mood"`, mixed+":6: not an action", mixed+":7: ",
		mixed+":8: anna rejected, labelled hostile: yes at ", mixed+":9: more than one object", "3 done, 6 refused", "1: rejected, labelled hostile: yes; undo id a-1\n",
		"2: labelled stance: favor, labelled spam: no; undo id ", "3: approved; undo id ")
	if strings.Count(o.err, "\n") != 10 {
		t.Errorf("not a line an action and one to end:\n%s", o.err)
	}
	again := s.must(exitDone, "label", "--file", s.file("again.jsonl", `{"id":"1","hostile":"yes","decision":"reject","revision":1,"action_id":"a-1"}`), "--as", "anna")
	contains(t, again.err, "1 done")
	if row := s.comment(1); row.Revision != 2 {
		t.Errorf("an action sent twice acted twice: revision %d", row.Revision)
	}
	s.must(exitDone, "label", "1", "--decision", "approve", "--revision", "2", "--as", "ben")
	late := s.must(exitDone, "label", "--file", s.file("late.jsonl", `{"id":"1","hostile":"yes","decision":"reject","action_id":"a-1"}`), "--as", "anna")
	contains(t, late.err, "1 done")
	if row := s.comment(1); row.Revision != 3 || row.Status != "approved" {
		t.Errorf("an action sent again after somebody decided anew: %+v", row)
	}
	bad := s.must(exitFailed, "label", "--file", s.file("bad.jsonl", "not JSON\n"+`{"id":"0","hostile":"no"}`), "--as", "anna")
	contains(t, bad.err, "bad.jsonl:1:", "bad.jsonl:2:", "0 done, 2 refused")
	s.in = strings.NewReader(`{"id":"2","hostile":"no"}`)
	contains(t, s.must(exitDone, "label", "--file", "-").err, "2: labelled hostile: no; undo id ")
	s.in = strings.NewReader(`{"id":"2","hostile":"no","reason":"` + strings.Repeat("x", 2<<20) + `"}`)
	if o := s.must(exitFailed, "label", "--file", "-"); !strings.Contains(o.err, "-: ") {
		t.Error(o.err)
	}
}

// What somebody else decided is decided anew by who says so; where the desk has users, one of them acts.
func TestLabelAsSomebody(t *testing.T) {
	s := newSite(t)
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, "One.", "Two.")))
	s.must(exitDone, "label", "1", "--decision", "approve", "--as", "anna")
	s.must(exitDone, "label", "1", "--decision", "reject", "--as", "anna")
	contains(t, s.must(exitFailed, "label", "1", "--decision", "approve", "--as", "ben").err, "anna rejected it: to decide it anew, name the revision 3")
	contains(t, s.must(exitDone, "label", "1", "--hostile", "no", "--as", "ben").err, "1: labelled hostile: no")
	contains(t, s.must(exitDone, "label", "1", "--decision", "approve", "--revision", "4", "--as", "ben").err, "1: approved")

	s.withPassword(exitDone, "a long password\n", "user", "add", "anna")
	contains(t, s.must(exitFailed, "label", "2", "--hostile", "no", "--as", "nobody").err, `no user "nobody"`)
	s.must(exitDone, "label", "2", "--hostile", "no", "--as", "ANNA")
	s.must(exitDone, "label", "2", "--spam", "no")
	d := s.open()
	defer d.Close()
	history, err := d.store.History(t.Context(), 2)
	if err != nil || len(history) != 2 || history[0].Actor != "anna" || history[1].Actor != "command line" {
		t.Errorf("history %+v, error %v", history, err)
	}
}

// A text in the wrong place is not shown whole.
func TestLabelFileShowsNoText(t *testing.T) {
	s := newSite(t)
	text := "this is what the reader wrote under the article"
	for _, key := range []string{"id", "hostile", "decision"} {
		line := fmt.Sprintf(`{"id":"1","%s":"%s"}`, key, text)
		if o := s.must(exitFailed, "label", "--file", s.file("labels.jsonl", line)); strings.Contains(o.err, "under the article") {
			t.Errorf("%s: %s", key, o.err)
		}
	}
}

// labels is a file of one action a comment, ids from 1.
func labels(s *site, n int, fields func(i int) string) string {
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, `{"id":"%d",%s}`+"\n", i+1, fields(i))
	}
	return s.file("labels.jsonl", lines.String())
}

func TestLabelUndo(t *testing.T) {
	s := newSite(t)
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, "One.")))
	said := s.must(exitDone, "label", "1", "--hostile", "yes", "--decision", "reject", "--as", "anna").err
	_, id, _ := strings.Cut(strings.TrimSpace(said), "undo id ")
	s.must(exitUsage, "label", "1", "--undo", id)
	contains(t, s.must(exitDone, "label", "--undo", id).err, "1: undone")
	if now := s.comment(1); now.Status != "pending" || now.Revision != 3 || now.Human != nil {
		t.Errorf("%+v", now)
	}
	s.must(exitFailed, "label", "--undo", "no-such-action")
}
