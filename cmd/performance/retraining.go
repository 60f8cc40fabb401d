package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

const retrainingTime = "retraining, %d labelled comments"

func measureRetraining(ctx context.Context, s sizes, folder string) (figures []figure, err error) {
	comments, err := syntheticComments(s.labelled)
	if err != nil {
		return nil, err
	}
	d, err := openDesk(ctx, filepath.Join(folder, "retraining.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.submit(ctx, comments); err != nil {
		return nil, err
	}
	if err := d.label(ctx, comments); err != nil {
		return nil, err
	}
	start := time.Now()
	report, err := d.learner.Retrain(ctx, "performance", func(string, int) {})
	took := time.Since(start)
	if err != nil {
		return nil, err
	}
	for _, a := range report.Axes {
		if a.Labels != s.labelled {
			return nil, fmt.Errorf("%d of %d labels on %s trained: the others were taken for near-duplicates", a.Labels, s.labelled, a.Axis)
		}
	}
	outcome := "held"
	if report.Promoted {
		outcome = "promoted"
	}
	return []figure{{Name: english.Sprintf(retrainingTime, s.labelled), Value: rounded(took.Seconds()) + " s", How: english.Sprintf(
		"one run of learn.Learner.Retrain on a SQLite file: ledger to candidate, comparison, stored; %d synthetic comments, a label on each of %d axes; the candidate was %s",
		s.labelled, len(report.Axes), outcome)}}, nil
}
