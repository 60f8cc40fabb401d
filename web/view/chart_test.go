package view

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestCountTicks: from zero to at least the top, few, evenly spaced, whole.
func TestCountTicks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := rapid.IntRange(0, 3_000_000).Draw(t, "top")
		var c Chart
		end := c.countTicks(float64(top))
		if end < float64(top) || end > 2*math.Max(1, float64(top)) || len(c.YTicks) < 2 || len(c.YTicks) > 6 {
			t.Fatalf("up to %d: %v, ends at %v", top, c.YTicks, end)
		}
		if c.YTicks[0] != (ChartTick{length(chartBottom), "0"}) || c.YTicks[len(c.YTicks)-1] != (ChartTick{length(chartTop), Local{}.Number(int(end))}) {
			t.Fatalf("up to %d: %v", top, c.YTicks)
		}
		step := 0
		for i := 1; i < len(c.YTicks); i++ {
			value := func(i int) int {
				n, err := strconv.Atoi(strings.ReplaceAll(c.YTicks[i].Label, ",", ""))
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			if gap := value(i) - value(i-1); gap <= 0 || step != 0 && gap != step {
				t.Fatalf("up to %d: uneven ticks %v", top, c.YTicks)
			} else {
				step = gap
			}
		}
	})
}
