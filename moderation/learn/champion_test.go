package learn_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation/learn"
	"commentdesk/moderation/sqlstore"
)

func TestOpenChampionInstallsTheStarterOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	first := openDesk(t, path, starter(t))
	id := manifestOf(t, starter(t)).ID
	if first.championID() != id || first.champion.Model().ID() != id || first.champion.SetAside() != "" {
		t.Errorf("champion %s, serving %s, set aside %q", first.championID(), first.champion.Model().ID(), first.champion.SetAside())
	}
	first.teachInsult(4)
	report := first.retrain()
	second := openDesk(t, path, starter(t))
	if second.champion.Model().ID() != report.Candidate || len(second.models()) != 2 {
		t.Errorf("opened again it serves %s of %d models, want %s", second.champion.Model().ID(), len(second.models()), report.Candidate)
	}
}

func TestAnotherStarterLeavesTheChampion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	id := openDesk(t, path, starter(t)).championID()
	if other := openDesk(t, path, shippedStarter); other.champion.Model().ID() != id || len(other.models()) != 1 {
		t.Errorf("serving %s of %d models, want %s", other.champion.Model().ID(), len(other.models()), id)
	}
}

func TestRefreshSeesAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	here, there := openDesk(t, path, starter(t)), openDesk(t, path, starter(t))
	before := here.champion.Model()
	if err := here.champion.Refresh(t.Context()); err != nil || here.champion.Model() != before {
		t.Errorf("nothing happened, and the model was opened anew; error %v", err)
	}
	there.teachInsult(4)
	report := there.retrain()
	if here.champion.Model() != before {
		t.Error("changed without Refresh")
	}
	if err := here.champion.Refresh(t.Context()); err != nil || here.champion.Model().ID() != report.Candidate {
		t.Errorf("serving %s, want %s, error %v", here.champion.Model().ID(), report.Candidate, err)
	}
}

func TestAnUnknownChainIsSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	d := openDesk(t, path, starter(t))
	d.teachInsult(6)
	if report := d.retrain(); !report.Promoted {
		t.Fatal(report.Reason)
	}
	newer, err := d.store.ModelFiles(t.Context(), d.championID())
	if err != nil {
		t.Fatal(err)
	}
	manifest := manifestOf(t, newer)
	newer.Manifest = bytes.ReplaceAll(newer.Manifest, []byte(manifest.Chain), []byte("thought-9"))
	newer.Manifest = bytes.ReplaceAll(newer.Manifest, []byte(manifest.ID), []byte(strings.Repeat("ab", 16)))
	id := manifestOf(t, newer).ID
	if err := d.store.SaveModel(t.Context(), learn.ModelRecord{ID: id, State: learn.StateHeld, CreatedAt: began}, newer); err != nil {
		t.Fatal(err)
	}
	if err := d.learner.Promote(t.Context(), id, "eve", "newer is better"); err == nil {
		t.Error("a model that cannot serve was promoted")
	}
	if err := d.store.Promote(t.Context(), learn.Promotion{ID: id, Actor: "eve", Reason: "by a newer program", At: began}); err != nil {
		t.Fatal(err)
	}

	d = openDesk(t, path, starter(t))
	if why := d.learner.SetAside(); !strings.Contains(why, "champion abababab is set aside") || !strings.Contains(why, "thought-9") {
		t.Errorf("set aside: %q", why)
	}
	serving := d.champion.Model()
	if serving.ID() != manifestOf(t, starter(t)).ID || d.championID() != id {
		t.Errorf("serving %s, champion %s", serving.ID(), d.championID())
	}
	if err := d.champion.Refresh(t.Context()); err != nil || d.champion.Model() != serving {
		t.Errorf("the starter was opened anew, error %v", err)
	}

	// The ledger is counted again: the next model knows what the one set aside knew.
	d.acts = 1000
	late := d.submit("", phrase(77, "zorbler"), "Look here, you zorbler")
	d.label(late[0], classifier.Hostile, classifier.Yes)
	report := d.retrain()
	if !report.Promoted || report.Axes[0].Labels != 7 || report.Axes[0].NewLabels != 1 {
		t.Errorf("the report is %+v", report)
	}
	if d.learner.SetAside() != "" || d.comment(late[1]).Prediction.Hostile.Answer != classifier.Yes {
		t.Errorf("set aside %q, answer %+v", d.learner.SetAside(), d.comment(late[1]).Prediction.Hostile)
	}
}

func TestABrokenStarter(t *testing.T) {
	broken := starter(t)
	broken.Manifest = []byte("{}")
	if _, err := learn.OpenChampion(t.Context(), newDesk(t).store, broken, clock); err != nil {
		t.Errorf("beside a champion that serves: %v", err)
	}
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := learn.OpenChampion(t.Context(), store, broken, clock); err == nil || !strings.HasPrefix(err.Error(), "starter: ") {
		t.Errorf("in an empty store: %v", err)
	}
}
