package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// TestCover covers hostile text on every page for who wants that: nothing of it stands outside of a closed fold, in a title or a name neither.
func TestCover(t *testing.T) {
	d := newDesk(t, nil)
	bad := "You are a w0rthless idiot and everyone like you should be thrown out of this worthless place."
	ids := d.fill(bad, strings.ToUpper(bad), comments[1], bad+" ")
	anna, ben := d.signedIn("anna", account.Admin), d.signedIn("ben", account.Admin)
	if got := anna.post("/settings/calm", url.Values{"cover": {"yes"}, "share": {"0"}}); got.text(".notice") != "Your settings were kept." || got.Find("[name=cover][checked]").Length() != 1 {
		t.Errorf("the settings say %q", got.text(".notice"))
	}
	pick := fmt.Sprintf("%d.1", ids[0])
	entry, err := d.service.Act(t.Context(), moderation.Action{ID: "act", CommentID: ids[1], Revision: 1, Actor: "eva", Decision: moderation.Approve, Labels: map[classifier.Axis]string{classifier.Stance: classifier.Favor}})
	if err != nil {
		t.Fatal(err)
	}
	visits := map[string]func(b *browser) *page{
		"bulk": func(b *browser) *page { return b.post("/bulk", url.Values{"pick": {pick}, "decision": {"reject"}}) },
		"left": func(b *browser) *page {
			return b.post("/bulk", url.Values{"pick": {fmt.Sprintf("%d.7", ids[0])}, "decision": {"reject"}, "confirm": {"bulk-" + b.url}})
		},
		"group left": func(b *browser) *page {
			return b.post(fmt.Sprintf("/alike/%d", ids[0]), url.Values{"member": {fmt.Sprintf("%d.7", ids[0])}, "decision": {"reject"}, "group": {"group"}})
		},
	}
	for _, path := range []string{"/", fmt.Sprintf("/?id=%d", ids[2]), "/?view=list", "/?view=list&tab=all", fmt.Sprintf("/alike/%d", ids[0]), fmt.Sprintf("/evidence/%d/%d", ids[1], entry.Position),
		fmt.Sprintf("/change?comment=%d&hostile=no", ids[0])} {
		visits[path] = func(b *browser) *page { return b.get(path) }
	}
	for name, visit := range visits {
		open := visit(ben)
		if open.Find("[data-cover]").Length() > 0 || !strings.Contains(strings.ToLower(open.html), "thrown out") {
			t.Errorf("%s: covered for somebody else, or not there", name)
		}
		got := visit(anna)
		if got.Find("[data-cover][open]").Length() > 0 || !strings.Contains(got.html, "Hostile text hidden.") {
			t.Errorf("%s: nothing is covered", name)
		}
		got.Find("[data-cover] > :not(summary)").Remove()
		rest, err := got.Html()
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"thrown out", "idiot", "w0rthless", "worthless"} {
			if at := strings.Index(strings.ToLower(rest), word); at >= 0 {
				t.Errorf("%s: outside of the covers stands %q", name, rest[max(0, at-200):at+20])
			}
		}
	}
	if asked := anna.get(fmt.Sprintf("/?id=%d&axis=hostile", ids[0])); asked.Find(".comment > [data-cover]").Length() > 0 || !strings.Contains(asked.text(".comment .text"), "thrown out") {
		t.Error("whoever asks for the evidence does not see the text")
	}
	if got := anna.get(fmt.Sprintf("/?id=%d", ids[0])); got.text(".comment > [data-cover] summary kbd") != "u" {
		t.Error("the button does not tell its key")
	}
	for _, b := range []*browser{anna, ben} {
		list := b.get("/?view=list").Find(".listing")
		list.Find(".box").Remove()
		if n := strings.Count(list.Text(), comments[1]); n != 1 {
			t.Errorf("the list says a calm text %d times", n)
		}
	}
	calm := anna.get(fmt.Sprintf("/?id=%d", ids[2]))
	if calm.Find(".comment > [data-cover]").Length() > 0 {
		t.Error("a calm text is covered")
	}
}

// TestCoverGoesByPeople: a person's label stands above the model's answer, both ways.
func TestCoverGoesByPeople(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0], comments[1])
	anna := d.signedIn("anna", account.Moderator)
	anna.post("/settings/calm", url.Values{"cover": {"yes"}, "share": {"0"}})
	for i, answer := range []string{classifier.No, classifier.Yes} {
		if _, err := d.service.Act(t.Context(), moderation.Action{ID: answer, CommentID: ids[i], Revision: 1, Actor: "eva", Labels: map[classifier.Axis]string{classifier.Hostile: answer}}); err != nil {
			t.Fatal(err)
		}
		if got := anna.get(fmt.Sprintf("/?id=%d", ids[i])).Find(".comment > [data-cover]").Length() == 1; got != (answer == classifier.Yes) {
			t.Errorf("labelled hostile: %s, covered: %v", answer, got)
		}
	}
}

// walk goes from the address by "next", so many times, and returns the comments' texts; calm ones begin with an asterisk.
func (b *browser) walk(address string, steps int) (texts []string, last *page) {
	b.Helper()
	for range steps {
		last = b.get(address)
		text := last.text(".comment .text")
		if last.text(".comment .calm") == "A calm one, by your setting. Change it" {
			text = "*" + text
		}
		texts = append(texts, text)
		address = last.Find("a[rel=next]").AttrOr("href", "/nothing")
	}
	return texts, last
}

// TestMixCalm mixes calm comments in: three of ten, the one that waits longest first, without moving the order of harm.
func TestMixCalm(t *testing.T) {
	d := newDesk(t, nil)
	var texts []string
	for i := range 12 {
		texts = append(texts, fmt.Sprintf("You are a worthless idiot, number %c.", 'a'+i))
	}
	for i := range 5 {
		texts = append(texts, fmt.Sprintf("The library opens at nine on day %c.", 'a'+i))
	}
	ids := d.fill(texts...)
	for _, id := range ids[12:] {
		if _, err := d.service.Act(t.Context(), moderation.Action{ID: fmt.Sprint("act", id), CommentID: id, Revision: 1, Actor: "eva", Labels: map[classifier.Axis]string{classifier.Hostile: classifier.No, classifier.Spam: classifier.No}}); err != nil {
			t.Fatal(err)
		}
	}
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	d.wait(moderation.LeaseTime + time.Second) // signing in opened the first ones
	order, _ := anna.walk("/", 10)
	if slices.ContainsFunc(order, func(text string) bool { return strings.HasPrefix(text, "*") || strings.Contains(text, "library") }) {
		t.Fatalf("without the setting come %q", order)
	}
	if strings.Contains(anna.get("/").html, "mix=") {
		t.Error("without the setting the address counts")
	}
	if got := anna.post("/settings/calm", url.Values{"share": {"30"}}); got.Find("[name=share] [selected]").AttrOr("value", "") != "30" {
		t.Error("the share is not kept")
	}
	got, last := anna.walk("/", 14)
	want := []string{order[0], order[1], order[2], "*" + texts[12], order[3], order[4], "*" + texts[13], order[5], order[6], "*" + texts[14], order[7], order[8], order[9], "*" + texts[15]}
	if !slices.Equal(got, want) {
		t.Errorf("came\n%q\nwant\n%q", got, want)
	}
	back := anna.get(last.Find("a[rel=prev]").AttrOr("href", ""))
	if again, _ := anna.walk(back.Find("a[rel=next]").AttrOr("href", ""), 1); back.text(".comment .text") != order[9] || again[0] != want[13] {
		t.Errorf("back and on again come %q and %q", back.text(".comment .text"), again)
	}
	for _, address := range []string{"/?q=hostile:yes", "/?q=p(hostile)>0.1", "/?order=newest", "/?tab=all"} {
		if came, _ := anna.walk(strings.ReplaceAll(address, ">", "%3E"), 5); slices.ContainsFunc(came, func(text string) bool { return strings.HasPrefix(text, "*") }) {
			t.Errorf("%s: came %q", address, came)
		}
	}
	if came, _ := anna.walk("/?q=worthless", 4); strings.HasPrefix(came[3], "*") {
		t.Errorf("a word that calm ones lack: came %q", came)
	}
	if came, _ := anna.walk("/?q=day", 4); came[3] != "*"+texts[12] {
		t.Errorf("a word that calm ones have: came %q", came)
	}

	// What ben has open is passed over; what anna decides moves on.
	d.wait(moderation.LeaseTime + time.Second)
	ben.get(fmt.Sprintf("/?id=%d", ids[12]))
	got, last = anna.walk("/", 4)
	if got[3] != "*"+texts[13] {
		t.Errorf("past what ben has open comes %q", got[3])
	}
	form := url.Values{}
	for _, input := range last.Find("#act input").EachIter() {
		form.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
	}
	form.Set("decision", "approve")
	if next := anna.post("/act", form); next.text(".comment .text") != order[3] {
		t.Errorf("after the calm one comes %q, want %q", next.text(".comment .text"), order[3])
	}
	for _, mix := range []string{"4~nonsense", "4~~calm", "11~", "x", "4~" + strings.Repeat("x", 2000)} {
		if got := anna.get("/?mix=" + mix); got.status != http.StatusOK || got.text(".comment .text") == "" {
			t.Errorf("%.20s: status %d", mix, got.status)
		}
	}
	for _, share := range []string{"", "15", "-10", "x"} {
		if got := anna.post("/settings/calm", url.Values{"share": {share}}); got.status != http.StatusBadRequest {
			t.Errorf("a share of %q: status %d", share, got.status)
		}
	}
}
