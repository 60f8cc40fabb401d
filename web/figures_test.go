package web_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/learn"
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
	if got := rows(shown, "table.grid"); fmt.Sprint(got) != "[+ agree|7 70 %|0 0 % ■ neither|0 0 %|0 0 % − disagree|1 10 %|2 20 %]" {
		t.Errorf("the grid says %q", got)
	}
	if got := rows(shown, "table.list"); len(got) != 4 || got[0] != "bridge|7|0|1|0|0|2|1|2" || got[1] != "Bridge, part 2 against|4|0|1|0|0|0|1|0" {
		t.Errorf("topics and articles say %q", got)
	}
	if got := shown.text("main"); !strings.Contains(got, "Left out: 1 whose stance or hostility nobody can tell yet, 2 under articles with an open side.") {
		t.Errorf("what was left out: %q", got)
	}
	for _, links := range []struct {
		of   *goquery.Selection
		want string
	}{{shown.Find("table.list").First(), "hostile:yes agreement:disagree topic:bridge"}, {shown.Find("table.list").Last(), "hostile:yes agreement:disagree article:"}} {
		link, _ := links.of.Find("td .count-link[href]").Last().Attr("href")
		queue := vic.get(link)
		if q := queue.url.Query().Get("q"); !strings.HasPrefix(q, links.want) || queue.Find("article.comment").Length() != 1 {
			t.Errorf("the link leads to %s, want %s", queue.url, links.want)
		}
	}
	for _, path := range []string{"/grid", "/grid?days=1", "/grid?days=7", "/grid?topic=bridge"} {
		grid, followed := vic.get(path), 0
		grid.Find("a.count-link").Each(func(_ int, link *goquery.Selection) {
			followed++
			link.Find(".hidden").Remove()
			pressed := strings.TrimSpace(link.Text())
			queue := vic.get(link.AttrOr("href", ""))
			if got := strings.Fields(queue.text(".narrow summary .count")); len(got) == 0 || got[0] != pressed {
				t.Errorf("%s: %s leads to %s, which says %q", path, pressed, queue.url, got)
			}
		})
		if followed < 6 {
			t.Errorf("%s: %d links", path, followed)
		}
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
		if got := shown.text("main"); !strings.Contains(got, "65 decided comments, approved or rejected. Left out: 2 that neither agree nor disagree, 3 whose article has no decided comment of the other kind.") {
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

func TestDashboard(t *testing.T) {
	d := newDesk(t, nil)
	vic := d.signedIn("vic", account.Viewer)
	for _, said := range []string{"No comment arrived in the last 28 days", "Nothing waits", "Nothing was approved or rejected in these weeks.", "Nobody has labelled anything in these weeks.", "No model was retrained yet.", "No model was retrained on people’s labels yet."} {
		if got := vic.get("/dashboard").text("main"); !strings.Contains(got, said) {
			t.Errorf("an empty desk does not say %q: %q", said, got)
		}
	}
	d.topic("bridge", "The bridge should be rebuilt")
	article := moderation.Article{URL: "https://news.example/2", Headline: "Bridge", Topic: "bridge", Origin: "page"}
	d.fill(comments...)
	d.wait(3 * time.Hour)
	d.opine(article, opinion{"against", "no", moderation.Reject, "ben", 3}, opinion{"favor", "yes", moderation.Approve, "ben", 2})
	d.wait(7 * 24 * time.Hour)
	d.learner.models = []learn.ModelRecord{
		{ID: strings.Repeat("a", 64), State: learn.StateChampion, CreatedAt: start, CreatedBy: "eva", Parent: strings.Repeat("b", 64),
			Report: []byte(`{"axes":[{"axis":"hostile","labels":210,"new_labels":12,"champion_log_loss":0.31,"candidate_log_loss":0.2,"difference":-0.11,"low":-0.2,"high":-0.02}]}`)},
		{ID: strings.Repeat("b", 64), State: learn.StateRetired},
	}
	shown := vic.get("/dashboard")
	for _, said := range []string{"9 comments arrived in 28 days, most on 14 May: 9", "4 comments wait, 4 of them for 7 days or longer", "In the week of 11 May half were decided within a minute",
		"hostile: people gave the model’s answer", "Model aaaaaaaa, in use", "hostile21012", "better", "hostile: the last retraining took log loss from 0.310 to 0.200, on 210 labels", "bridge555", "stance: the model was unsure before all 5 labels."} {
		if got := shown.text("main"); !strings.Contains(got, said) {
			t.Errorf("the dashboard does not say %q: %q", said, got)
		}
	}
	charts := shown.Find("figure.chart")
	if charts.Length() != 3+2+3+1 {
		t.Errorf("%d charts", charts.Length())
	}
	charts.Each(func(_ int, chart *goquery.Selection) {
		title, rows := chart.Find("svg title").Text(), chart.Find("details tbody tr").Length()
		marks := chart.Find("rect").Length() + chart.Find("circle").Length()
		if title == "" || title != chart.Find("figcaption").Text() || chart.Find("svg desc").Text() == "" || rows == 0 || marks == 0 {
			t.Errorf("the chart %q has %d marks, a table of %d rows, the description %q", title, marks, rows, chart.Find("svg desc").Text())
		}
	})
	digest := vic.get("/dashboard/week")
	if got := digest.text("main > section > p:nth-of-type(-n+4)"); got != "9 comments arrived, 0 the week before."+"5 decisions: 2 approved, 3 rejected, 0 escalated. The week before there were 0."+
		"Of 5 comments decided for the first time, half were within a minute of their arrival, nine of ten within a minute."+"People gave 15 labels; "+correctionsIn(digest)+" of them corrected the model." {
		t.Errorf("the digest says %q", got)
	}
	table := vic.get("/dashboard/week.csv")
	if got := table.header.Get("Content-Type"); got != "text/csv; charset=utf-8" || !strings.Contains(table.header.Get("Content-Disposition"), "commentdesk-weeks.csv") {
		t.Errorf("the table comes as %q", got)
	}
	records, err := csv.NewReader(strings.NewReader(table.html)).ReadAll()
	if err != nil || len(records) != 13 || len(records[0]) != 20 {
		t.Fatalf("%d records, error %v", len(records), err)
	}
	if got := strings.Join(records[11][:9], " "); got != "2026-05-11 9 2 3 0 5 0 0 5" {
		t.Errorf("the week is %q", got)
	}
}

// correctionsIn is the last week's count of corrections in the digest's table: what the shipped model answers is not the test's matter.
func correctionsIn(p *page) string {
	return strings.TrimSpace(p.Find("table tbody tr:nth-child(2) td").Last().Text())
}
