package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
)

func (e *evaluation) readLabelsPerClaim(cmd *cobra.Command, train bool) error {
	list := cmd.Flag("labels-per-claim").Value.String()
	if list == "" {
		return nil
	}
	if !train || cmd.Flag("model").Value.String() != "" || (len(e.axes) > 0 && !slices.Contains(e.axes, classifier.Stance)) {
		return errors.New("--labels-per-claim is for stance, and needs --train without --model")
	}
	for part := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || n < 0 {
			return fmt.Errorf("--labels-per-claim %q: whole numbers from 0, as in 0,2,5,10,15", list)
		}
		e.labelsPerClaim = append(e.labelsPerClaim, n)
	}
	return nil
}
