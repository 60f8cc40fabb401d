package main

import "time"

// latency is how long requests took that went well, in milliseconds, and how many failed.
type latency struct {
	milliseconds []float64
	errors       int
	first        error // of those that failed
}

// time runs do and keeps how long it took.
func (l *latency) time(do func() error) error {
	start := time.Now()
	err := do()
	l.add(time.Since(start), err)
	return err
}

func (l *latency) add(took time.Duration, err error) {
	if err == nil {
		l.milliseconds = append(l.milliseconds, took.Seconds()*1e3)
		return
	}
	if l.errors++; l.first == nil {
		l.first = err
	}
}

// join adds what others measured.
func (l *latency) join(others ...latency) {
	for _, o := range others {
		l.milliseconds = append(l.milliseconds, o.milliseconds...)
		if l.errors += o.errors; l.first == nil {
			l.first = o.first
		}
	}
}

// at is the quantile p in milliseconds; 0 where nothing went well.
func (l *latency) at(p float64) float64 {
	if len(l.milliseconds) == 0 {
		return 0
	}
	return quantile(l.milliseconds, p)
}

// String is the value in the table.
func (l *latency) String() string {
	value := "p50 " + rounded(l.at(.5)) + " ms, p95 " + rounded(l.at(.95)) + ", p99 " + rounded(l.at(.99)) + english.Sprintf("; %d requests", len(l.milliseconds))
	if l.errors > 0 {
		value += english.Sprintf(", %d errors (first: %v)", l.errors, l.first)
	}
	return value
}

// figure is the row of a latency.
func (l *latency) figure(name, how string) figure {
	return figure{Name: name, Value: l.String(), How: how}
}
