package view

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/moderation"
)

// TestLongQuery: a filter that is too long is refused, never left out.
func TestLongQuery(t *testing.T) {
	for _, query := range []string{strings.Repeat("a ", 600), strings.Repeat("ä", 600), strings.Repeat("a", 5000)} {
		place := ParsePlace(url.Values{"q": {query}})
		if _, err := moderation.ParseFilter(place.Query); moderation.ErrorCode(err) != moderation.CodeInvalid || len(place.Query) > moderation.MaxQuery+1 {
			t.Errorf("%d bytes are read as %d, error %v", len(query), len(place.Query), err)
		}
	}
}

// TestPlaceComesBack writes places and reads them again.
func TestPlaceComesBack(t *testing.T) {
	cursor := rapid.StringMatching(`[A-Za-z0-9_-]{0,40}`)
	mix := rapid.Custom(func(t *rapid.T) Mix {
		turn := rapid.IntRange(0, mixTurns).Draw(t, "turn")
		if turn == 0 {
			return Mix{}
		}
		return Mix{turn, cursor.Draw(t, "mix after"), rapid.Bool().Draw(t, "calm")}
	})
	rapid.Check(t, func(t *rapid.T) {
		place := Place{
			Tab:   rapid.SampledFrom([]string{"pending", "escalated", "approved", "rejected", AllTab}).Draw(t, "tab"),
			Order: rapid.SampledFrom(moderation.Orders[:]).Draw(t, "order"),
			Query: rapid.StringN(-1, 60, 200).Draw(t, "query"), ID: rapid.Int64Min(0).Draw(t, "id"), After: cursor.Draw(t, "after"),
			Mix:   mix.Draw(t, "mix"),
			Shade: rapid.SampledFrom([]string{"", "hostile", "favor"}).Draw(t, "shade"),
		}
		for range rapid.IntRange(0, maxBack).Draw(t, "steps") {
			place.Back = append(place.Back, Step{rapid.Int64Min(1).Draw(t, "step"), cursor.Draw(t, "cursor"), mix.Draw(t, "mix")})
		}
		if got := ParsePlaceQuery(place.String()); !cmp.Equal(got, place) {
			t.Fatal(cmp.Diff(place, got))
		}
	})
}

func FuzzParsePlace(f *testing.F) {
	f.Add("tab=all&order=newest&q=x&id=3&after=end&back=1~a.2~b&axis=spam")
	f.Add("back=.~.9223372036854775808~x&id=-1&order=%zz")
	f.Fuzz(func(t *testing.T, query string) {
		place := ParsePlaceQuery(query)
		if place.ID < 0 || len(place.Back) > maxBack || place.Order == "" || place.Tab == "" {
			t.Fatalf("%+v", place)
		}
		if u, err := url.Parse(place.URL()); err != nil || u.Host != "" || u.Path != "/" {
			t.Fatalf("%q leads to %q", query, place.URL())
		}
		if again := ParsePlaceQuery(place.String()); !cmp.Equal(again, place) {
			t.Fatal(cmp.Diff(place, again))
		}
	})
}
