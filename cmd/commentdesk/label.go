package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

func newLabel(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "label ID",
		Short: "Label or decide one comment, or every line of a file",
		Long: `Labels count as a person's: give only what somebody decided. Answers: favor, against, none on stance; yes, no on hostile and spam;
cant_tell on any. --revision N refuses when somebody acted since you looked; without it the comment is taken as it is now, but what somebody else
approved or rejected is not decided anew.

A file (--file, - for standard input) holds one JSON object a line: {"id":"12","stance":"favor","hostile":"no","decision":"approve","reason":"…",
"revision":3}; every line is one action, acknowledged once it is stored. Refused lines are named and the rest go on. With an "action_id" a line
that is sent twice acts once.`,
		Example: `  commentdesk label 12 --hostile yes --decision reject --reason "insult" --as anna
  commentdesk label --file labels.jsonl --as anna
  commentdesk label --undo HVHLKLNTZKYJNCBYKMPT7MVU4E`,
		Args: cobra.MaximumNArgs(1),
		RunE: withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			path, undo := cmd.Flag("file").Value.String(), cmd.Flag("undo").Value.String()
			given := 0
			for _, present := range []bool{len(args) > 0, path != "", undo != ""} {
				if present {
					given++
				}
			}
			switch {
			case given != 1:
				return usage(errors.New("give one ID, or --file, or --undo"))
			case path != "":
				return labelFile(cmd, p, d, path)
			case undo != "":
				return undoAction(cmd, p, d, undo)
			}
			line, err := labelFromFlags(cmd, args[0])
			if err != nil {
				return err
			}
			return labelOne(cmd, p, d, line)
		}),
	}
	for _, axis := range classifier.Axes {
		cmd.Flags().String(string(axis), "", strings.Join(axis.Answers(), ", ")+" or "+moderation.CantTell)
	}
	cmd.Flags().String("decision", "", "approve, reject or escalate")
	cmd.Flags().String("reason", "", "why, for the record")
	cmd.Flags().Int64("revision", 0, "the revision you looked at (default: the comment's revision now)")
	cmd.Flags().String("file", "", "JSON Lines file of actions; - for standard input")
	cmd.Flags().String("undo", "", "cancel the action with this undo id, whoever did it")
	asFlag(cmd)
	databaseFlag(cmd)
	return cmd
}

// undoAction cancels one action; it is refused where somebody acted on the comment after it.
func undoAction(cmd *cobra.Command, p program, d *desk, actionID string) error {
	actor, err := actorOf(cmd, d)
	if err != nil {
		return err
	}
	entry, err := d.service.Undo(cmd.Context(), actionID, actor, true)
	if err == nil {
		say(p.err, "%d: undone", entry.CommentID)
	}
	return err
}

// labelLine is one action as a file carries it.
type labelLine struct {
	ID       json.RawMessage `json:"id"` // a number or a string
	Stance   string          `json:"stance"`
	Hostile  string          `json:"hostile"`
	Spam     string          `json:"spam"`
	Decision string          `json:"decision"`
	Reason   string          `json:"reason"`
	Revision int64           `json:"revision"`
	Action   string          `json:"action_id"` // so that a file sent twice acts once
}

func labelFromFlags(cmd *cobra.Command, id string) (labelLine, error) {
	flag := func(name string) string { return cmd.Flag(name).Value.String() }
	revision, err := cmd.Flags().GetInt64("revision")
	return labelLine{
		ID: json.RawMessage(id), Stance: flag("stance"), Hostile: flag("hostile"), Spam: flag("spam"), Decision: flag("decision"),
		Reason: flag("reason"), Revision: revision,
	}, err
}

func labelOne(cmd *cobra.Command, p program, d *desk, line labelLine) error {
	entry, err := actOn(cmd, d, line)
	if err != nil {
		return err
	}
	sayDone(p, entry)
	return nil
}

// sayDone acknowledges an action, once it is in the ledger.
func sayDone(p program, entry moderation.Entry) {
	say(p.err, "%d: %s; undo id %s", entry.CommentID, entry.Did(), entry.ActionID)
}

// actOn turns one line into an action and does it.
func actOn(cmd *cobra.Command, d *desk, line labelLine) (moderation.Entry, error) {
	id, err := strconv.ParseInt(strings.Trim(string(line.ID), `"`), 10, 64)
	if err != nil {
		return moderation.Entry{}, moderation.Invalid("%.20q is no comment id", line.ID)
	}
	actor, err := actorOf(cmd, d)
	if err != nil {
		return moderation.Entry{}, err
	}
	if line.Revision == 0 {
		if line.Revision, err = revisionNow(cmd.Context(), d, id, actor, line); err != nil {
			return moderation.Entry{}, err
		}
	}
	action := moderation.Action{
		ID: line.Action, CommentID: id, Revision: line.Revision, Actor: actor, Decision: moderation.Decision(line.Decision),
		Reason: line.Reason, Labels: map[classifier.Axis]string{},
	}
	if action.ID == "" {
		action.ID = rand.Text()
	}
	for axis, answer := range map[classifier.Axis]string{
		classifier.Stance: line.Stance, classifier.Hostile: line.Hostile, classifier.Spam: line.Spam,
	} {
		if answer != "" {
			action.Labels[axis] = answer
		}
	}
	return d.service.Act(cmd.Context(), action)
}

// revisionNow is the comment's revision. A decision that somebody else made is not decided anew by somebody who may not know of it.
func revisionNow(ctx context.Context, d *desk, id int64, actor string, line labelLine) (int64, error) {
	stored, err := d.service.Comment(ctx, id)
	if err != nil {
		return 0, err
	}
	status := stored.State.Status
	if line.Decision == "" || status != moderation.Approved && status != moderation.Rejected {
		return stored.State.Revision, nil
	}
	entries, err := d.store.History(ctx, id)
	if err != nil {
		return 0, err
	}
	if line.Action != "" && slices.ContainsFunc(entries, func(e moderation.Entry) bool { return e.ActionID == line.Action }) {
		return stored.State.Revision, nil // sent before: it is acknowledged again, and nothing is decided
	}
	if last := moderation.LastDecision(entries); last != nil && last.Actor != actor {
		return 0, fmt.Errorf("%s %s it: to decide it anew, name the revision %d", last.Actor, status, stored.State.Revision)
	}
	return stored.State.Revision, nil
}

// labelFile does every line of a file; a refused line is named and does not stop the others.
func labelFile(cmd *cobra.Command, p program, d *desk, path string) error {
	input := p.input(cmd.Context())
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		input = file
	}
	done, refused := 0, 0
	scanner := bufio.NewScanner(input)
	scanner.Buffer(nil, 1<<20)
	for n := 1; scanner.Scan(); n++ {
		if len(strings.TrimSpace(scanner.Text())) == 0 {
			continue
		}
		entry, err := actOnLine(cmd, d, scanner.Bytes())
		if err != nil {
			if cmd.Context().Err() != nil {
				return err
			}
			say(p.err, "%s:%d: %v", path, n, err)
			refused++
			continue
		}
		sayDone(p, entry)
		done++
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	say(p.err, "%d done, %d refused", done, refused)
	return refusedExit(done, refused)
}

func actOnLine(cmd *cobra.Command, d *desk, data []byte) (moderation.Entry, error) {
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	var line labelLine
	if err := decoder.Decode(&line); err != nil {
		if field, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
			return moderation.Entry{}, fmt.Errorf("no field %s", field)
		}
		return moderation.Entry{}, errors.New(`not an action: a line is one JSON object as in {"id":12,"hostile":"yes"}`)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return moderation.Entry{}, errors.New("more than one object on the line")
	}
	return actOn(cmd, d, line)
}

// refusedExit is how a command ends that did some records and refused others; what was refused has been said already.
func refusedExit(done, refused int) error {
	switch {
	case refused == 0:
		return nil
	case done == 0:
		return exit{code: exitFailed}
	}
	return exit{code: exitSomeRefused}
}
