package main

import (
	"context"
	"log/slog"
	"time"
)

// likenessPause is left between two batches, so that people at the desk write in between.
const likenessPause = 20 * time.Millisecond

// takeLikeness gives comments of an older database what near-duplicates are found by, a batch at a time while the desk is served. It ends with
// the last of them, and goes on at the next start where it was stopped.
func takeLikeness(ctx context.Context, d *desk, logger *slog.Logger) {
	for began := time.Now(); ; {
		left, err := d.service.TakeLikeness(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			logger.Warn("near-duplicates of older comments are not found yet", "error", err)
			return
		case left == 0:
			if took := time.Since(began); took > time.Second {
				logger.Info("near-duplicates of older comments are found now", "ms", took.Milliseconds())
			}
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(likenessPause):
		}
	}
}
