package view

import (
	"strings"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/learn"
	"commentdesk/web/view/language"
)

// wordsOfTheDesk are the keys of the words that the desk stores, in the order of their sections.
func wordsOfTheDesk() (keys []string) {
	for _, axis := range classifier.Axes {
		keys = append(keys, "axis."+string(axis))
		for _, answer := range append(pageOrder(axis), classifier.Unsure, moderation.CantTell) {
			keys = append(keys, "answer."+answer)
		}
	}
	for _, status := range moderation.Statuses {
		keys = append(keys, "status."+string(status))
	}
	for _, side := range []moderation.Side{moderation.SideFor, moderation.SideAgainst, moderation.SideOpen} {
		keys = append(keys, "side."+string(side))
	}
	for _, role := range account.Roles {
		keys = append(keys, "role."+string(role))
	}
	for _, state := range []learn.State{learn.StateChampion, learn.StateHeld, learn.StateRetired} {
		keys = append(keys, "state."+string(state))
	}
	for _, state := range []learn.JobState{learn.JobRunning, learn.JobDone, learn.JobHeld, learn.JobFailed, learn.JobInterrupted} {
		keys = append(keys, "job."+string(state))
	}
	return keys
}

// TestTimes: in the reader's zone, over the days on which clocks change, and in the reader's language.
func TestTimes(t *testing.T) {
	english, german := language.English(), language.Find("de")
	for _, c := range []struct {
		language *language.Language
		zone     string
		at, want string
	}{
		{english, "Europe/Berlin", "2026-03-29T00:59:59Z", "29 Mar 2026, 01:59 CET"}, {english, "Europe/Berlin", "2026-03-29T01:00:00Z", "29 Mar 2026, 03:00 CEST"},
		{german, "Europe/Berlin", "2026-10-25T00:30:00Z", "25. Okt. 2026, 02:30 Uhr MESZ"}, {german, "Europe/Berlin", "2026-10-25T01:30:00Z", "25. Okt. 2026, 02:30 Uhr MEZ"},
		{english, "America/Sao_Paulo", "2026-01-01T01:00:00Z", "31 Dec 2025, 22:00 UTC−03:00"}, {english, "Asia/Kathmandu", "2026-01-01T18:20:00Z", "2 Jan 2026, 00:05 UTC+05:45"},
		{english, "Pacific/Kiritimati", "2026-05-14T10:00:00Z", "15 May 2026, 00:00 UTC+14:00"}, {german, "", "2026-05-14T09:00:00Z", "14. Mai 2026, 09:00 Uhr UTC"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		local := Local{Language: c.language, Zone: language.Zone(c.zone), Now: at.Add(48 * time.Hour)}
		if got := local.Exact(at); got != c.want {
			t.Errorf("%s in %s is %q, want %q", c.at, c.zone, got, c.want)
		}
		if got := string(local.Moment(at)); !strings.Contains(got, `datetime="`+c.at+`"`) || strings.Contains(got, "title") {
			t.Errorf("the moment is %s", got)
		}
	}
	now := time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)
	local := Local{Language: german, Zone: language.Zone("Europe/Berlin"), Now: now}
	if got := string(local.Moment(now.Add(-3 * time.Hour))); got != `<time datetime="2026-05-14T06:00:00Z" title="14. Mai 2026, 08:00 Uhr MESZ">vor 3 Stunden</time>` {
		t.Errorf("three hours ago is %s", got)
	}
	if got := local.DeskDate(time.Date(2026, 5, 14, 23, 30, 0, 0, time.UTC)); got != "14. Mai 2026" {
		t.Errorf("the desk's day is %s", got)
	}
}

func TestPercents(t *testing.T) {
	for p, want := range map[float64]string{0: "< 1 %", .004: "< 1 %", .5: "50 %", .996: "> 99 %"} {
		if got := (Local{}).Percent(p); got != want {
			t.Errorf("%v is %q, want %q", p, got, want)
		}
	}
}

func TestParts(t *testing.T) {
	for p, want := range map[float64]string{0: "0 %", .004: "< 1 %", .5: "50 %", .996: "> 99 %", 1: "100 %"} {
		if got := (Local{}).Part(p); got != want {
			t.Errorf("%v is %q, want %q", p, got, want)
		}
	}
}

func TestPercentBesideAThreshold(t *testing.T) {
	for p, want := range map[float64]string{0.349: "34.9 %", 0.3499: "34.9 %", 0.35: "35 %", 0.352: "35 %", 0.34: "34 %", 0.0949: "9 %", 0.995: "> 99 %"} {
		if got := (Local{}).PercentBeside(p, 0.09, 0.35); got != want {
			t.Errorf("%v: %q, want %q", p, got, want)
		}
	}
}
