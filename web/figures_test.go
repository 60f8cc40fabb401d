package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// opinion is a comment as people see it, with what became of it.
type opinion struct {
	stance, hostile string
	decision        moderation.Decision
	by              string
	comments        int
}

// opine stores comments under an article and labels and decides them.
func (d *desk) opine(article moderation.Article, opinions ...opinion) {
	d.Helper()
	var page []moderation.Comment
	var said []opinion
	for _, o := range opinions {
		for range o.comments {
			page = append(page, moderation.Comment{SourceID: fmt.Sprintf("%s-%d", article.URL, len(page)), Position: len(page) + 1, Author: "Reader", Text: fmt.Sprintf("Opinion %d.", len(page))})
			said = append(said, o)
		}
	}
	if _, err := d.service.Submit(d.Context(), article, page); err != nil {
		d.Fatal(err)
	}
	for rest := len(page); rest > 0; {
		listed, err := d.service.Queue(d.Context(), moderation.QueueRequest{Order: moderation.OrderNewest, Limit: 200})
		if err != nil {
			d.Fatal(err)
		}
		for _, c := range listed.Comments {
			if c.Article.URL != article.URL || c.State.Revision > 1 {
				continue
			}
			o := said[c.Position-1]
			labels := map[classifier.Axis]string{classifier.Hostile: o.hostile, classifier.Stance: o.stance, classifier.Spam: classifier.No}
			if _, err := d.service.Act(d.Context(), moderation.Action{ID: c.SourceID, CommentID: c.ID, Revision: 1, Actor: o.by, Decision: o.decision, Labels: labels}); err != nil {
				d.Fatal(err)
			}
			rest--
		}
	}
}

func (d *desk) topic(name, claim string) {
	d.Helper()
	if err := d.service.AddTopic(d.Context(), name, claim, "test"); err != nil {
		d.Fatal(err)
	}
}

func TestGrid(t *testing.T) {
	d := newDesk(t, nil)
	vic := d.signedIn("vic", account.Viewer)
	if got := vic.get("/grid").text("main"); !strings.Contains(got, "No comments here.") {
		t.Errorf("an empty desk says %q", got)
	}
	d.topic("bridge", "The bridge should be rebuilt")
	article := func(n int, side moderation.Side) moderation.Article {
		return moderation.Article{URL: fmt.Sprintf("https://news.example/%d", n), Headline: fmt.Sprintf("Bridge, part %d", n), Topic: "bridge", Side: side, Origin: "page"}
	}
	d.opine(article(1, moderation.SideFor), opinion{"favor", "no", "", "anna", 3}, opinion{"against", "yes", "", "anna", 2})
	d.wait(48 * time.Hour)
	d.opine(article(2, moderation.SideAgainst), opinion{"favor", "no", "", "anna", 1}, opinion{"against", "no", "", "anna", 4}, opinion{"cant_tell", "no", "", "anna", 1})
	d.opine(article(3, moderation.SideOpen), opinion{"favor", "no", "", "anna", 2})
	shown := vic.get("/grid")
	if got := shown.text("h2#grid-whole"); got != "Hostile are 0 of 7 comments that agree with their article and 2 of 3 that disagree" {
		t.Errorf("the finding is %q", got)
	}
	rows := func(p *page, table string) (rows []string) {
		p.Find(table + " tbody tr").Each(func(_ int, row *goquery.Selection) {
			row.Find(".hidden").Remove()
			var cells []string
			row.Children().Each(func(_ int, cell *goquery.Selection) {
				cells = append(cells, strings.Join(strings.Fields(cell.Text()), " "))
			})
			rows = append(rows, strings.Join(cells, "|"))
		})
		return rows
	}
	if got := rows(shown, "table.grid"); fmt.Sprint(got) != "[+ agree|7 70 % 3 favor 4 against|0 0 % ■ neither|0 0 %|0 0 % − disagree|1 10 %|2 20 %]" {
		t.Errorf("the grid says %q", got)
	}
	if got := rows(shown, "table.list"); len(got) != 4 || got[0] != "bridge|3 favor 4 against|0|1|0|0|2|1|2" || got[1] != "Bridge, part 2 against|4|0|1|0|0|0|1|0" {
		t.Errorf("topics and articles say %q", got)
	}
	if got := shown.text("main"); !strings.Contains(got, "Left out: 1 whose stance or hostility nobody can tell yet, 2 under articles with an open side.") {
		t.Errorf("what was left out: %q", got)
	}
	link, _ := shown.Find("table.list td .count-link[href]").Last().Attr("href")
	queue := vic.get(link)
	if q := queue.url.Query().Get("q"); q != "stance:against hostile:yes topic:bridge" || queue.Find("article.comment").Length() != 1 {
		t.Errorf("the link leads to %s", queue.url)
	}
	if got := vic.get("/grid?days=1&topic=bridge"); got.text("h2#grid-whole") != "Hostile are 0 of 4 comments that agree with their article and 0 of 1 that disagree" {
		t.Errorf("the last day says %q", got.text("h2#grid-whole"))
	}
	if got := vic.get("/grid?topic=none").status; got != http.StatusNotFound {
		t.Errorf("an unknown topic: status %d", got)
	}
	if got := vic.get("/grid?days=%3Cscript%3E").status; got != http.StatusOK {
		t.Errorf("a bad span: status %d", got)
	}
}

func TestFairness(t *testing.T) {
	d := newDesk(t, nil)
	people := map[string]*browser{"vic": d.signedIn("vic", account.Viewer), "ben": d.signedIn("ben", account.Moderator), "ada": d.signedIn("ada", account.Admin)}
	if got := people["vic"].get("/fairness").text("main"); !strings.Contains(got, "Nothing is decided yet.") {
		t.Errorf("an empty desk says %q", got)
	}
	d.topic("bridge", "The bridge should be rebuilt")
	article := moderation.Article{URL: "https://news.example/1", Headline: "Bridge <b>", Topic: "bridge", Origin: "page"}
	d.opine(article, opinion{"against", "no", moderation.Reject, "ben", 20}, opinion{"against", "no", moderation.Approve, "ben", 10},
		opinion{"favor", "no", moderation.Reject, "ben", 1}, opinion{"favor", "no", moderation.Approve, "anna", 29},
		opinion{"favor", "yes", moderation.Reject, "anna", 3}, opinion{"none", "no", moderation.Approve, "anna", 2}, opinion{"favor", "no", moderation.Escalate, "anna", 1})
	for name, p := range people {
		shown := p.get("/fairness")
		if got := shown.text(".finding"); got != "In calm comments, 20 of 30 that disagree were rejected, 1 of 30 that agree: those that disagree are rejected more often, by 41 to 78 points of 100."+
			"In hostile comments, 0 of 0 that disagree were rejected, 0 of 0 that agree: too few to say." {
			t.Errorf("%s reads %q", name, got)
		}
		if got := shown.text("main"); !strings.Contains(got, "65 decided comments, approved or rejected. Left out: 2 that neither agree nor disagree.") {
			t.Errorf("%s reads %q", name, got)
		}
		moderators := map[string]string{"vic": "", "ben": "ben", "ada": "anna ben"}[name]
		var seen []string
		shown.Find("#by-moderator ~ .scroll").First().Find("tbody tr:nth-child(odd) th").Each(func(_ int, th *goquery.Selection) { seen = append(seen, th.Text()) })
		if moderators == "" && shown.Find("#by-moderator").Length() != 0 || moderators != "" && len(seen) != len(strings.Fields(moderators)) {
			t.Errorf("%s sees the moderators %q, want %q", name, seen, moderators)
		}
		if name != "ada" && strings.Contains(shown.html, "anna") {
			t.Errorf("%s sees what anna did", name)
		}
	}
	if got := people["ben"].get("/fairness").text("#by-moderator"); got != "Your own decisions" {
		t.Errorf("ben's figures stand under %q", got)
	}
}
