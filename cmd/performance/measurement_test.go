package main

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tiny is enough to see that every figure is taken.
var tiny = sizes{rounds: 1, page: 20_000, news: 200, stream: 20_000, large: 40_000, trainings: 1, labelled: 24, stored: 40, warmUps: 1, requests: 3, starts: 1}

// oneRound runs each benchmark once.
func oneRound(t *testing.T) {
	t.Helper()
	before := flag.Lookup("test.benchtime").Value.String()
	if err := flag.Set("test.benchtime", "1x"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("test.benchtime", before); err != nil {
			t.Error(err)
		}
	})
}

// TestMeasurements takes every figure that needs no binary.
func TestMeasurements(t *testing.T) {
	oneRound(t)
	taken := 0
	for _, m := range measurements(tiny, surroundings{folder: t.TempDir(), data: writeSets(t), python: defaultPython}) {
		switch m.names[0] {
		case queueHalf, startUp, binarySize, batchOneCore, starterTraining, english.Sprintf(importSpeed, tiny.imported):
			continue
		}
		figures, err := m.measure(t.Context())
		if err != nil {
			t.Errorf("%v: %v", m.names, err)
			continue
		}
		var names []string
		for _, f := range figures {
			names = append(names, f.Name)
			var lacking absent
			if errors.As(f.Missing, &lacking) && (f.Name == sklearnSpeed || f.Name == sklearnRatio) {
				t.Log(f.Name, "was not measured:", lacking)
				continue
			}
			if f.Value == "" || f.How == "" || strings.HasPrefix(f.Value, "0 ") && f.Name != asciiAllocations && f.Name != mixedAllocations {
				t.Errorf("%s: value %q, how %q", f.Name, f.Value, f.How)
			}
		}
		if diff := cmp.Diff(m.names, names); diff != "" {
			t.Errorf("figures (-announced +taken): %s", diff)
		}
		taken += len(figures)
	}
	if taken != 18 {
		t.Errorf("%d figures were taken, want 18", taken)
	}
}

// TestWithoutPublicSets holds that a machine without the sets and without Python measures the rest, and says what it lacks.
func TestWithoutPublicSets(t *testing.T) {
	oneRound(t)
	for _, m := range measurements(tiny, surroundings{folder: t.TempDir(), data: filepath.Join(t.TempDir(), "nothing"), python: "no-such-python"}) {
		switch m.names[0] {
		case threeAxesSpeed, starterTraining, trainingQuarter:
			var lacking absent
			if _, err := m.measure(t.Context()); !errors.As(err, &lacking) {
				t.Errorf("%s: error %v", m.names[0], err)
			}
		}
	}
	around := surroundings{folder: t.TempDir(), data: writeSets(t), python: "no-such-python"}
	figures, err := measureReferences(t.Context(), tiny, around)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		if missing := f.Missing != nil; missing != (f.Name == sklearnSpeed || f.Name == sklearnRatio) {
			t.Errorf("%s: %s", f.Name, f.value())
		}
	}
}

// TestSyntheticPages holds that what is measured is what was meant: a page of comments, and a page of article.
func TestSyntheticPages(t *testing.T) {
	oneRound(t)
	many, long, err := syntheticPages(tiny.page)
	if err != nil {
		t.Fatal(err)
	}
	if many.comments < 20 || long.comments != 1 || len(many.text) < tiny.page || len(long.text) < tiny.page {
		t.Errorf("%d comments in %d bytes, %d in %d", many.comments, len(many.text), long.comments, len(long.text))
	}
	wrong := page{text: many.text, comments: many.comments + 1}
	if _, err := benchmark(1, wrong.benchmark); err == nil {
		t.Error("a page that loses a comment was measured")
	}
}

func TestSignIn(t *testing.T) {
	form := `<form action="/search"><input name="q"></form>
		<form method="post" action="/enter"><input type="hidden" name="token" value="t&amp;1"><input name="who"><input type="password" name="secret"></form>`
	var got url.Values
	site := http.NewServeMux()
	site.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		if cookie, err := r.Cookie("session"); err != nil || cookie.Value != "open" {
			http.Redirect(w, r, "/door", http.StatusSeeOther)
			return
		}
		fmt.Fprint(w, `<article class="comment"><div class="text">Dream on.</div></article>`)
	})
	site.HandleFunc("GET /door", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, form) })
	site.HandleFunc("POST /enter", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		got = r.PostForm
		if got.Get("secret") != "right" {
			fmt.Fprint(w, form)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "open", Path: "/"})
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
	server := httptest.NewServer(site)
	defer server.Close()

	b, err := signIn(t.Context(), server.URL, "anna", "right")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(url.Values{"token": {"t&1"}, "who": {"anna"}, "secret": {"right"}}, got); diff != "" {
		t.Errorf("fields (-want +got): %s", diff)
	}
	page, err := b.get(t.Context(), "/")
	if err != nil || showsComment(page) != nil {
		t.Errorf("page %s, error %v, %v", page, err, showsComment(page))
	}
	if showsComment([]byte(form)) == nil {
		t.Error("the form was taken for the queue")
	}
	if _, err := signIn(t.Context(), server.URL, "anna", "wrong"); err == nil {
		t.Error("a wrong password signed in")
	}
	if _, err := b.get(t.Context(), "/nowhere"); err == nil {
		t.Error("a page that is not there was read")
	}
}

func TestFindAddress(t *testing.T) {
	found := make(chan string, 1)
	findAddress(strings.NewReader("plain words\n{\"msg\":\"starting\",\"address\":\"1\"}\n{\"level\":\"INFO\",\"msg\":\"serving\",\"address\":\"127.0.0.1:9\"}\n"+
		"{\"msg\":\"serving\",\"address\":\"127.0.0.1:10\"}\n"), found)
	if got := <-found; got != "http://127.0.0.1:9" {
		t.Errorf("address %s", got)
	}
}
