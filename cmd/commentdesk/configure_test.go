package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Flags over the environment over the file over defaults; which layer set a value is seen by what the command does.
func TestConfigurationLayers(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	isCSV := func(o outcome) bool { return strings.HasPrefix(o.out, "source,") }
	isArray := func(o outcome) bool { return strings.HasPrefix(o.out, "[") }
	isTable := func(o outcome) bool { return strings.HasPrefix(o.out, "source  ") }
	isLines := func(o outcome) bool { return strings.HasPrefix(o.out, "{") }
	config := s.file("desk.toml", "format = \"csv\"\n")
	plain := s.environment

	if o := s.must(exitDone, "extract", pages); !isLines(o) {
		t.Errorf("default: %s", o.out)
	}
	if o := s.must(exitDone, "extract", pages, "--config", config); !isCSV(o) {
		t.Errorf("file: %s", o.out)
	}
	s.environment = append(plain, "COMMENTDESK_CONFIG="+config)
	if o := s.must(exitDone, "extract", pages); !isCSV(o) {
		t.Errorf("file named by the environment: %s", o.out)
	}
	s.environment = append(s.environment, "COMMENTDESK_FORMAT=table")
	if o := s.must(exitDone, "extract", pages); !isTable(o) {
		t.Errorf("environment over file: %s", o.out)
	}
	if o := s.must(exitDone, "extract", pages, "--format", "json"); !isArray(o) {
		t.Errorf("flag over environment: %s", o.out)
	}
	s.environment = append(s.environment, "COMMENTDESK_NONSENSE=1", "COMMENTDESK_PAGES=/somewhere", "UNRELATED=1", "COMMENTDESK_=x")
	if o := s.must(exitDone, "extract", pages); !isTable(o) {
		t.Errorf("unknown variables: %s", o.out)
	}
	other := s.file("other.toml", "format = \"json\"\n")
	if o := s.must(exitDone, "extract", pages, "--config", other, "--format", "csv"); !isCSV(o) {
		t.Errorf("%s", o.out)
	}
	s.environment = append(plain, "COMMENTDESK_CONFIG="+config)
	if o := s.must(exitDone, "extract", pages, "--config", other); !isArray(o) {
		t.Errorf("--config over COMMENTDESK_CONFIG: %s", o.out)
	}
}

func TestTheDatabaseOfEachLayer(t *testing.T) {
	s := newSite(t)
	where := func(name string) string { return filepath.Join(s.folder, name) }
	config := s.file("desk.toml", `db = "`+where("file.db")+`"`+"\nlimit = 1\n")
	s.environment = nil
	topic := []string{"topic", "add", "bridge", "--claim", "The bridge should be closed", "--config", config}
	s.must(exitDone, topic...)
	s.environment = []string{"COMMENTDESK_DB=" + where("environment.db")}
	s.must(exitDone, topic...)
	s.must(exitDone, append(topic, "--db", where("deep/er/flag.db"))...)
	for _, name := range []string{"file.db", "environment.db", "deep/er/flag.db"} {
		if _, err := os.Stat(where(name)); err != nil {
			t.Error(err)
		}
	}
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, "One.", "Two.")))
	if page := s.queue("--config", config); len(page.Comments) != 1 {
		t.Errorf("limit = 1 shows %d comments", len(page.Comments))
	}
	if page := s.queue("--config", config, "--limit", "2"); len(page.Comments) != 2 {
		t.Errorf("--limit 2 shows %d comments", len(page.Comments))
	}
}

func TestConfigurationMistakes(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	for name, try := range map[string]struct{ content, says string }{
		"unknown key":   {"format = \"csv\"\ncolour = \"red\"\n", `no setting "colour"`},
		"a section":     {"[queue]\nlimit = 3\n", `no setting "queue.limit"`},
		"no TOML":       {"format: csv\n", ""},
		"a wrong value": {"format = \"xml\"\n", `no format "xml"`},
		"a wrong type":  {"json = \"perhaps\"\n", "json"},
	} {
		t.Run(name, func(t *testing.T) {
			config := s.file("bad.toml", try.content)
			o := s.run("extract", pages, "--config", config)
			if o.code != exitUsage || !strings.Contains(o.err, try.says) || o.out != "" {
				t.Errorf("%+v", o)
			}
			if !strings.HasPrefix(name, "a wrong") && !strings.Contains(o.err, config) {
				t.Errorf("%q does not name the file", o.err)
			}
		})
	}
	s.environment = append(s.environment, "COMMENTDESK_LIMIT=many")
	if o := s.run("queue"); o.code != exitUsage || !strings.Contains(o.err, "setting limit: ") {
		t.Errorf("%+v", o)
	}
}

// commentdesk.toml of the working folder is read without being named.
func TestConfigurationOfTheWorkingFolder(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	t.Chdir(s.folder)
	s.file("commentdesk.toml", "summary = true\n")
	contains(t, s.must(exitDone, "extract", pages).out, `"family":"like"`)
	s.file("commentdesk.toml", "sumary = true\n")
	contains(t, s.must(exitUsage, "extract", pages).err, `commentdesk.toml: no setting "sumary"`)
}

// A claim that somebody types outweighs a topic of the environment, and the other way round.
func TestTypedClaimOverConfiguredTopic(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	s.environment = append(s.environment, "COMMENTDESK_TOPIC=taliban-al-qaeda")
	contains(t, s.must(exitDone, "classify", pages).out, `"topic":"taliban-al-qaeda"`)
	contains(t, s.must(exitDone, "classify", pages, "--claim", "Bridges are good").out, `"claim":"Bridges are good","topic":""`)
	s.environment = append(s.environment, "COMMENTDESK_CLAIM=Bridges are bad")
	s.must(exitUsage, "classify", pages)
	contains(t, s.must(exitDone, "classify", pages, "--topic", "speed-limit").out, `"topic":"speed-limit"`)
}
