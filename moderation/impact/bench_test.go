package impact_test

import (
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"commentdesk/classifier"
)

// BenchmarkChange is one estimate over 100,000 waiting comments of 30 words, and tells how long reading them took and how much memory they hold.
func BenchmarkChange(b *testing.B) {
	d := newDesk(b)
	claim := d.model.Describe().Claims[0].Sentence
	d.arrive(claim, written(100_000, 1)...)
	memory := func() uint64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before, at := memory(), time.Now()
	s := d.service(b, 0)
	b.Logf("read in %.1f s, %d MiB held", time.Since(at).Seconds(), (memory()-before)>>20)
	for name, labels := range map[string]map[classifier.Axis]string{
		"hostile": {classifier.Hostile: classifier.Yes}, "stance": {classifier.Stance: classifier.Favor},
		"three": {classifier.Hostile: classifier.Yes, classifier.Spam: classifier.Yes, classifier.Stance: classifier.Against},
	} {
		b.Run(name, func(b *testing.B) {
			id, spent := int64(0), processor()
			for b.Loop() {
				id++
				e, err := s.Estimate(b.Context(), id, labels)
				if err != nil || !e.Ready {
					b.Fatalf("%+v, error %v", e, err)
				}
				if id == 1 {
					b.Log(fmt.Sprintf("%d of %d answers change", e.Changed(), e.Waiting))
				}
			}
			b.ReportMetric(float64((processor()-spent).Milliseconds())/float64(b.N), "cpu-ms/op") // however busy the machine is
		})
	}
}

// processor is the time that the process was given.
func processor() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
