package main

import (
	"os"
	"strings"
	"testing"
)

func TestWrongUsage(t *testing.T) {
	s := newSite(t)
	s.file("c.jsonl", rows(t, "One.", "Two."))
	s.must(exitDone, "import", s.folder+"/c.jsonl")
	for name, try := range map[string]struct {
		args []string
		says string
	}{
		"unknown command":    {[]string{"frobnicate"}, `no command "frobnicate"`},
		"unknown subcommand": {[]string{"model", "frobnicate"}, `no command "frobnicate"`},
		"unknown flag":       {[]string{"queue", "--frobnicate"}, "--frobnicate"},
		"no path":            {[]string{"extract"}, "requires at least 1 arg"},
		"too many arguments": {[]string{"queue", "x"}, "unknown command"},
		"format":             {[]string{"extract", "x", "--format", "xml"}, `no format "xml"`},
		"kind":               {[]string{"extract", "x", "--kind", "pdf"}, `no kind "pdf"`},
		"source":             {[]string{"import", "x", "--from", "pdf"}, `no source "pdf"`},
		"columns":            {[]string{"classify", "x", "--columns", "text"}, "want key=column"},
		"claim and topic":    {[]string{"classify", "x", "--claim", "a", "--topic", "b"}, "exclude one another"},
		"no such topic":      {[]string{"classify", "x", "--topic", "nowhere"}, `no topic "nowhere"`},
		"postgres":           {[]string{"queue", "--db", "postgres://localhost/desk"}, "PostgreSQL is not in this version"},
		"postgresql":         {[]string{"classify", "x", "--db", "postgresql://localhost/desk"}, "PostgreSQL is not in this version"},
		"serve on postgres":  {[]string{"serve", "--db", "postgres://localhost/desk"}, "PostgreSQL is not in this version"},
		"no database":        {[]string{"queue", "--db", ""}, "--db needs a file"},
		"limit below 1":      {[]string{"queue", "--limit", "0"}, "--limit"},
		"limit above 200":    {[]string{"queue", "--limit", "201"}, "200"},
		"limit no number":    {[]string{"queue", "--limit", "x"}, "--limit"},
		"order":              {[]string{"queue", "--order", "price"}, `no order "price"`},
		"filter":             {[]string{"queue", "--filter", "mood:bad"}, "mood"},
		"cursor":             {[]string{"queue", "--after", "nonsense"}, "this place in the queue"},
		"id and file":        {[]string{"label", "1", "--file", "x"}, "give one ID, or --file"},
		"neither":            {[]string{"label"}, "give one ID, or --file"},
		"no id":              {[]string{"label", "one", "--hostile", "yes"}, "no comment id"},
		"no label":           {[]string{"label", "1"}, "nothing to do"},
		"no such answer":     {[]string{"label", "1", "--hostile", "perhaps"}, `no answer "perhaps" on hostile`},
		"no such decision":   {[]string{"label", "1", "--decision", "burn"}, `no decision "burn"`},
		"revision to come":   {[]string{"label", "1", "--hostile", "no", "--revision", "9"}, "never had the revision 9"},
		"long reason":        {[]string{"label", "1", "--hostile", "no", "--reason", strings.Repeat("x", 501)}, "500"},
		"side":               {[]string{"topic", "side", "0123456789abcdef", "left"}, `no side "left"`},
		"topic, no claim":    {[]string{"topic", "add", "mill"}, "claim"},
		"role":               {[]string{"user", "add", "anna", "--role", "queen"}, `queen`},
		"model id too short": {[]string{"model", "promote", "3f"}, `no model "3f"`},
		"completion":         {[]string{"queue", "--config", s.folder + "/nowhere.toml"}, "nowhere.toml"},
	} {
		t.Run(name, func(t *testing.T) {
			o := s.run(try.args...)
			want := exitUsage
			if name == "model id too short" {
				want = exitFailed
			}
			if o.code != want || !strings.Contains(o.err, try.says) || o.out != "" {
				t.Errorf("exit %d instead of %d; %q lacks %q; standard output %q", o.code, want, o.err, try.says, o.out)
			}
			if strings.Count(o.err, "\n") != 1 || !strings.HasPrefix(o.err, "commentdesk: ") {
				t.Errorf("the complaint is not one line: %q", o.err)
			}
		})
	}
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), "desk.db") && entry.Name() != "c.jsonl" {
			t.Errorf("%s was made", entry.Name())
		}
	}
}

// What does not exist is a failure, not a mistake in usage.
func TestNotThere(t *testing.T) {
	s := newSite(t)
	if o := s.run("queue"); o.code != exitFailed || !strings.Contains(o.err, "no database "+s.db) {
		t.Errorf("%+v", o)
	}
	if _, err := os.Stat(s.db); !os.IsNotExist(err) {
		t.Error("looking made a database")
	}
	s.begin()
	for _, try := range []struct{ args, says string }{
		{"label 7 --hostile yes", "7"},
		{"topic assign 0123456789abcdef mill", "0123456789abcdef"},
		{"user passwd anna", "anna"},
		{"user disable anna", "anna"},
		{"model show 3f9c0a12", "3f9c0a12"},
		{"import x --topic nowhere", "nowhere"},
		{"label --file nowhere.jsonl", "nowhere.jsonl"},
		{"extract nowhere.txt", "nowhere.txt"},
	} {
		if o := s.run(strings.Fields(try.args)...); o.code != exitFailed || !strings.Contains(o.err, try.says) {
			t.Errorf("%s: %+v", try.args, o)
		}
	}
}
