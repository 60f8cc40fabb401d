//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"commentdesk/moderation"
)

// flood puts the text under n articles, each with another ending, and returns the ids, the first one first.
func (d *desk) flood(t *testing.T, n int, text string) (ids []int64) {
	t.Helper()
	for i := range n {
		article := moderation.Article{URL: fmt.Sprintf("https://news.example/flood/%d", i), Headline: fmt.Sprintf("What the council said on day %d", i+1), Origin: "api"}
		comment := moderation.Comment{SourceID: fmt.Sprint("flood", i), Position: 1, Author: "Bargain Bob", Text: text + strings.Repeat("!", i)}
		if _, err := d.service.Submit(t.Context(), article, []moderation.Comment{comment}); err != nil {
			t.Fatal(err)
		}
		page, err := d.service.Queue(t.Context(), moderation.QueueRequest{Order: moderation.OrderNewest, Limit: 1})
		if err != nil || len(page.Comments) != 1 {
			t.Fatalf("%d comments, error %v", len(page.Comments), err)
		}
		ids = append(ids, page.Comments[0].ID)
	}
	return ids
}

// TestRecord writes a note by key, sees what is like the comment, decides all of it by key and undoes it with z.
func TestRecord(t *testing.T) {
	d := newDesk(t)
	const text = "Buy the watches that everyone in town is talking about, half price today only"
	ids := d.flood(t, 6, text)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows(text + "!!!!!")
	if got := anna.text("#alike-title"); got != "5 like this, under 5 articles" {
		t.Errorf("the page says %q", got)
	}
	if got := anna.text(".author"); !strings.Contains(got, "Bargain Bob: 6 comments under this name") {
		t.Errorf("the author: %q", got)
	}

	// n leads to the note, letters of the note are no keys, Esc gives the keys back.
	anna.key("n", "KeyN", "")
	anna.until(`document.activeElement.id === "note"`)
	anna.press("Sells watches. A rare name?")
	anna.until(`document.getElementById("note").value === "Sells watches. A rare name?"`)
	anna.press(kb.Escape)
	anna.until(`document.activeElement.id !== "note"`)
	anna.click(".note-form input[value=author]")
	anna.click(".note-form button")
	anna.until(`document.querySelector(".toast span")?.textContent === "The note was kept."`)
	anna.until(`document.querySelector(".author .note-list p")?.textContent === "Sells watches. A rare name?"`)
	anna.click(".beside summary")
	anna.until(`document.querySelector(".beside details").open`)
	anna.picture("record")

	// All of them in one go.
	anna.press("l")
	anna.until(`document.querySelectorAll("input[name=member]:checked").length === 6`)
	anna.picture("group")
	anna.click(".member:last-of-type input")
	anna.do(chromedp.SendKeys(chromedp.CSS("input[name=reason]"), "advert"))
	anna.press(kb.Escape)
	anna.press("r")
	anna.until(`document.getElementById("reject").open && document.activeElement.value === "" && document.querySelector("#reject input[name=reason]").value === "advert"`)
	anna.press(kb.Enter)
	anna.until(`document.querySelector(".toast span")?.textContent === "5 comments rejected."`)
	for i, id := range ids {
		want := moderation.Rejected
		if i == 0 {
			want = moderation.Pending
		}
		anna.wantLabels(id, want, nil)
	}
	anna.press("z")
	anna.shows(text + "!!!!!")
	for _, id := range ids {
		anna.wantLabels(id, moderation.Pending, nil)
	}
}

// TestPicturesOfRecord looks at the record, the group decision and the printed page in every view.
func TestPicturesOfRecord(t *testing.T) {
	d := newDesk(t)
	ids := d.flood(t, 4, "Buy the watches that everyone in town is talking about, half price today only")
	ada := d.person(t, newBrowser(t), "ada")
	act := func(i int, decision moderation.Decision) {
		t.Helper()
		_, err := d.service.Act(t.Context(), moderation.Action{ID: fmt.Sprint("a", i), CommentID: ids[i], Revision: 1, Actor: "ben", Decision: decision, Reason: "the paper’s own shop"})
		if err != nil {
			t.Fatal(err)
		}
	}
	act(0, moderation.Approve)
	act(1, moderation.Reject)
	article := moderation.Article{URL: "https://news.example/flood/3", Headline: "What the council said on day 4", Origin: "api"}
	edited := "Buy the watches that everyone in town is talking about, half price today only, and "
	edited += strings.Repeat("verylongwordwithoutanybreak", 6)
	for _, text := range []string{edited, "Buy the watches that everyone in town is talking about, half price today only."} {
		if _, err := d.service.Submit(t.Context(), article, []moderation.Comment{{SourceID: "flood3", Position: 1, Author: "Bargain Bob", Text: text}}); err != nil {
			t.Fatal(err)
		}
	}
	for i, about := range []bool{false, true} {
		note := moderation.Note{Key: fmt.Sprint("k", i), By: "ada", Text: "Asked the advertising desk.\n" + strings.Repeat("Averylongwordofanote", 8)}
		if _, err := d.service.AddNote(t.Context(), ids[3], about, note); err != nil {
			t.Fatal(err)
		}
	}
	for _, view := range views {
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		ada.open(fmt.Sprintf("/?id=%d", ids[3]))
		ada.do(chromedp.Evaluate[chromedp.Void](`for (const d of document.querySelectorAll(".beside details")) d.open = true`))
		ada.tall("record", view.name, view.width)
		ada.paper("print", view.name, view.width)
		if view.width < 1100 {
			ada.size(view.width, view.height)
			ada.click(".strip button")
			ada.until(`document.getElementById("context").matches(":popover-open")`)
			ada.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".author").scrollIntoView()`))
			ada.look("record-drawer", view.name)
		}
		ada.size(view.width, view.height)
		ada.open(fmt.Sprintf("/alike/%d", ids[3]))
		ada.look("group", view.name)
	}
}

// tall looks at the whole page, however long it is.
func (p *person) tall(name, view string, width int64) {
	p.Helper()
	p.size(width, int64(js[int](p, `document.documentElement.scrollHeight`)))
	p.look(name, view)
}

// paper looks at the page as it is printed.
func (p *person) paper(name, view string, width int64) {
	p.Helper()
	media := func(media string) {
		if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media}); err != nil {
			p.Fatal(err)
		}
	}
	media("print")
	defer media("")
	if shown := js[[]string](p, `[...document.querySelectorAll("button, textarea, select, a.button")].filter(e => e.checkVisibility()).map(e => e.textContent)`); len(shown) > 0 {
		p.Errorf("printed in %s: controls %q", view, shown)
	}
	if !js[bool](p, `[".author", ".history", ".old-texts", ".evidence", ".alike"].every(s => document.querySelector(s)?.checkVisibility({contentVisibilityAuto: true}))`) {
		p.Errorf("printed in %s: a part of the record is missing", view)
	}
	p.tall(name, view, width)
}
