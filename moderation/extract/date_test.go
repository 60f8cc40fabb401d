package extract

import "testing"

func TestReadDate(t *testing.T) {
	for line, want := range map[string]string{
		"May 14, 2026 at 3:12 pm":            "2026-05-14T15:12:00",
		"14 May 2026 at 15:12":               "2026-05-14T15:12:00",
		"2026/05/14 at 3:12 pm":              "2026-05-14T15:12:00",
		"2026-05-14 15:12":                   "2026-05-14T15:12:00",
		"2026-05-14T15:12:09Z":               "2026-05-14T15:12:09Z",
		"2026-05-14T15:12:09+02:00":          "2026-05-14T13:12:09Z",
		"Monday, May 14, 2026 3:12 PM":       "2026-05-14T15:12:00",
		"Thu, 14 May 2026 03:12:09 +0200":    "2026-05-14T01:12:09Z",
		"May 14, 2026 at 3:12 pm UTC":        "2026-05-14T15:12:00Z",
		"May 14, 2026 at 3:12 pm GMT":        "2026-05-14T15:12:00Z",
		"May 14, 2026 at 3:12 pm (UTC)":      "2026-05-14T15:12:00Z",
		"May 14, 2026 at 3:12 pm +02:00":     "2026-05-14T13:12:00Z",
		"May 14, 2026 at 3:12 pm UTC-3":      "2026-05-14T18:12:00Z",
		"December 31, 2025 at 11:30 PM EST":  "2026-01-01T04:30:00Z",
		"Sept. 3rd, 2026, 12:05 a.m.":        "2026-09-03T00:05:00",
		"3. September 2026 12:05 pm":         "2026-09-03T12:05:00",
		"May 14, 2026 @ 3:12\u202fpm":        "2026-05-14T15:12:00",
		"[12]May 14, 2026 at 3:12 pm (Edit)": "2026-05-14T15:12:00",
		"May 14, 2026 at 3:12 pm Edit":       "2026-05-14T15:12:00",
		"May 14, 2026":                       "2026-05-14",
		"14/05/2026 at 3:12 pm":              "2026-05-14T15:12:00",
		"05/14/2026 at 3:12 pm":              "2026-05-14T15:12:00",
		"05/05/2026 at 3:12 pm":              "2026-05-05T15:12:00",
		"05/06/2026 at 3:12 pm":              "",
		"February 30, 2026 at 3:12 pm":       "",
		"May 14, 2026 at 13:12 pm":           "",
		"May 14, 2026 at 25:12":              "",
		"May 14, 2026 at 3:12 pm XYZ":        "",
		"2 hours ago":                        "",
		"a day ago":                          "",
		"just now":                           "",
		"yesterday at 3:12 pm":               "",
		"3:12 PM":                            "",
	} {
		if got, ok := readDate(line); !ok || got != want {
			t.Errorf("%q: %q, %v; want %q", line, got, ok, want)
		}
	}
	for _, line := range []string{"", "May", "2026", "in 2026", "May 14", "On May 14, 2026 at 3:12 pm I left", "May 14, 2026 at 3:12 pm was late",
		"hours ago", "long ago", "I know", "at 3:12 pm", "someday", "14 apples 2026"} {
		if got, ok := readDate(line); ok {
			t.Errorf("%q was read as a date: %q", line, got)
		}
	}
}
