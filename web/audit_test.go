package web_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

func TestAudit(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	ada := d.signedIn("ada", account.Admin)
	eva := d.signedIn("eva", account.Editor)
	d.wait(24 * time.Hour)
	open := eva.get(fmt.Sprintf("/?id=%d", ids[0]))
	eva.post("/act", open.form("#act", url.Values{"decision": {"reject"}, "hostile": {"yes"}, "reason": {"=insult"}}))
	log := eva.get("/audit")
	if log.status != http.StatusOK || log.Find(".audit tbody tr").Length() != 6 {
		t.Fatalf("status %d, rows %q", log.status, log.text(".audit tbody"))
	}
	if got := log.text(".audit tbody tr:first-child"); got != fmt.Sprintf("just nowevadecision, label or wait comment %d rejected; hostile: yes: =insult", ids[0]) {
		t.Errorf("the newest row is %q", got)
	}
	if at := log.Find(".audit tbody a").AttrOr("href", ""); eva.get(at).text(".text") != comments[0] {
		t.Errorf("%s does not lead to the comment", at)
	}
	if log.Find("a[href^='/audit.csv']").Length() != 0 {
		t.Error("an editor is offered the file")
	}
	for query, want := range map[string]int{
		"who=EVA": 2, "who=test": 2, "kind=sign-in": 2, "kind=act&who=eva": 1, "kind=act:reject": 1, "kind=act:approve": 0, "from=2026-05-15": 1, "to=2026-05-14": 5, "from=2026-05-14&to=2026-05-15": 6,
		fmt.Sprintf("comment=%d", ids[0]): 1, fmt.Sprintf("comment=%d", ids[1]): 0, "who=nobody": 0,
	} {
		if got := eva.get("/audit?" + query); got.status != http.StatusOK || got.Find(".audit tbody tr").Length() != want {
			t.Errorf("%s: status %d, rows %q, want %d", query, got.status, got.text(".audit tbody"), want)
		}
	}
	for query, want := range map[string]string{"from=yesterday": "A day is written like 2026-05-14.", "comment=x": "A comment is named by its number.",
		"after=x": "This is no place in the audit log: start with the newest."} {
		if got := eva.get("/audit?" + query); got.status != http.StatusBadRequest || got.text(".alarm") != want {
			t.Errorf("%s: status %d, %q", query, got.status, got.text(".alarm"))
		}
	}
	if got := eva.post("/undo", eva.get("/").form("#undo", nil)); got.status != http.StatusOK {
		t.Fatalf("undo: status %d", got.status)
	}
	if got := eva.get("/audit?kind=undo").text(".audit tbody tr td:last-child"); got != "undid: rejected; hostile: yes (done by eva)" {
		t.Errorf("the undo says %q", got)
	}
	file := ada.get("/audit.csv?kind=act")
	rows, err := csv.NewReader(strings.NewReader(file.html)).ReadAll()
	if err != nil || len(rows) != 2 || !strings.HasPrefix(file.header.Get("Content-Type"), "text/csv") {
		t.Fatalf("rows %q, error %v", rows, err)
	}
	if got, want := strings.Join(rows[1], "|"), fmt.Sprintf("ledger|1|2026-05-15T09:00:00Z|eva|act|%d|reject|hostile=yes|||'=insult", ids[0]); got != want {
		t.Errorf("the row is %s", got)
	}
	if strings.Contains(ada.get("/audit.csv").html, "worthless") {
		t.Error("the file holds a comment's text")
	}
	if got := ada.do(ada.request(http.MethodHead, "/audit.csv", nil)); got.status != http.StatusOK || got.html != "" {
		t.Errorf("HEAD: status %d, %d bytes", got.status, len(got.html))
	}
}

// TestAuditPages pages through more rows than one page and one block of the file hold.
func TestAuditPages(t *testing.T) {
	d := newDesk(t, nil)
	ada := d.signedIn("ada", account.Admin)
	const events = moderation.MaxAuditPage + 30
	for i := range events {
		if err := d.store.Note(t.Context(), start.Add(time.Duration(i)*time.Minute), "test", "sign-in", fmt.Sprint("n", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	seen, pages := map[string]bool{}, 0
	for at := "/audit?who=test&kind=sign-in"; at != ""; pages++ {
		log := ada.get(at)
		log.Find(".audit tbody td:last-child").Each(func(_ int, cell *goquery.Selection) { seen[cell.Text()] = true })
		at = log.Find("a[rel=next]").AttrOr("href", "")
	}
	if len(seen) != events || pages != (events+49)/50 {
		t.Errorf("%d rows on %d pages", len(seen), pages)
	}
	rows, err := csv.NewReader(strings.NewReader(ada.get("/audit.csv?kind=sign-in&who=test").html)).ReadAll()
	if err != nil || len(rows) != events+1 {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
}
