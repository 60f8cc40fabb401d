package main

import (
	"os"
	"runtime"
	"testing"
)

func TestParsePeak(t *testing.T) {
	for written, want := range map[string]int64{"1234 kB": 1234 << 10, "0 kB": 0, "": 0, "12": 0, "-5 kB": 0, "many kB": 0} {
		if got := parsePeak(written); got != want {
			t.Errorf("%q is read as %d, want %d", written, got, want)
		}
	}
}

func TestPeakMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells a program's peak memory in /proc")
	}
	if peak := peakMemory(os.Getpid()); peak < 1<<20 || peak > 1<<40 {
		t.Errorf("this test has held %d bytes at most", peak)
	}
	if peak := peakMemory(-1); peak != 0 {
		t.Errorf("no process has held %d bytes", peak)
	}
}
