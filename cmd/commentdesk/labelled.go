package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/trial"
	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

// fileLists are flags that take one file or several each: --data a b --exclude c d.
type fileLists struct{ latest *fileList }

// fileList is one of them.
type fileList struct {
	lists *fileLists
	files []string
}

// takeFileLists lets the command's arguments belong to the list before them.
func takeFileLists(cmd *cobra.Command) *fileLists {
	lists := &fileLists{}
	cmd.Flags().SetInterspersed(false)
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		for len(args) > 0 {
			if len(args[0]) > 1 && args[0][0] == '-' {
				if err := cmd.Flags().Parse(args); err != nil {
					return err
				}
				args = cmd.Flags().Args()
				continue
			}
			if lists.latest == nil {
				return fmt.Errorf("%q belongs to no flag; files go behind --data", args[0])
			}
			lists.latest.files = append(lists.latest.files, args[0])
			args = args[1:]
		}
		return nil
	}
	return lists
}

// helpAsked says whether --help stood behind a file, where cobra does not look for it.
func helpAsked(cmd *cobra.Command) bool {
	help, err := cmd.Flags().GetBool("help")
	return err == nil && help
}

// flag gives the command one list.
func (l *fileLists) flag(cmd *cobra.Command, name, usage string) *fileList {
	list := &fileList{lists: l}
	cmd.Flags().Var(list, name, usage)
	return list
}

func (f *fileList) Set(path string) error {
	f.lists.latest = f
	return f.Append(path)
}

func (f *fileList) Append(path string) error {
	f.files = append(f.files, path)
	return nil
}

func (f *fileList) Replace(paths []string) error {
	f.files = paths
	return nil
}

func (f *fileList) GetSlice() []string { return f.files }
func (f *fileList) String() string     { return strings.Join(f.files, " ") }
func (f *fileList) Type() string       { return "FILE..." }

// labelledSet is what labelled files came to.
type labelledSet struct {
	examples []trial.Example
	leftOut  int // rows without a label
	refused  int // rows and files
}

// readLabelled reads labelled rows, with those of their other keys that are named. A stance without a claim is refused: there is nothing it could
// be towards.
func readLabelled(ctx context.Context, options intake.Options, paths []string, keys ...string) (labelledSet, error) {
	var set labelledSet
	count, err := intake.Examples(ctx, paths, options, func(l intake.Labelled) error {
		if l.Example.Labels[classifier.Stance] != "" && strings.TrimSpace(l.Example.Claim) == "" {
			return &exchange.RowError{Line: l.Line, Reason: "stance without a claim"}
		}
		example := trial.Example{Example: l.Example, File: l.Source}
		for _, key := range keys {
			if example.Keys == nil {
				example.Keys = map[string]string{}
			}
			example.Keys[key] = l.Row.Value(key)
		}
		set.examples = append(set.examples, example)
		return nil
	})
	set.leftOut, set.refused = count.LeftOut, count.Refused
	return set, err
}

// readTexts reads every text of files, labelled or not. Here a bad row is an error: its text could not be kept out.
func readTexts(ctx context.Context, options intake.Options, paths []string) (*trial.Texts, error) {
	texts := trial.NewTexts()
	options.Axis = ""
	count, err := intake.Walk(ctx, paths, options, func(batch intake.Batch) error {
		for _, record := range batch.Records {
			texts.Add(record.Text)
		}
		return nil
	})
	if err == nil && count.Refused > 0 {
		err = fmt.Errorf("--exclude: %d rows or files could not be read, so their texts cannot be kept out", count.Refused)
	}
	return texts, err
}

// nothingLabelled is the error of files without any label.
func nothingLabelled(axis classifier.Axis, leftOut int) error {
	if axis != "" {
		return fmt.Errorf("no row has a label on %s; %d rows were left out", axis, leftOut)
	}
	return fmt.Errorf("no row has a label under stance, hostile or spam; %d rows were left out (rows with a key label need --axis)", leftOut)
}

// inTurn lets a command and its progress write to the same place.
type inTurn struct {
	turn sync.Mutex
	to   io.Writer
}

func (w *inTurn) Write(data []byte) (int, error) {
	w.turn.Lock()
	defer w.turn.Unlock()
	return w.to.Write(data)
}

const slowAfter = 2 * time.Second

// slowly runs do. Every two seconds it names the step on w, where that is another than the last time.
func slowly(w io.Writer, do func(step func(string)) error) error {
	var current atomic.Value
	ended := make(chan error, 1)
	go func() { ended <- do(func(step string) { current.Store(step) }) }()
	ticker := time.NewTicker(slowAfter)
	defer ticker.Stop()
	shown := ""
	for {
		select {
		case err := <-ended:
			return err
		case <-ticker.C:
			if step, ok := current.Load().(string); ok && step != shown {
				say(w, "%s …", step)
				shown = step
			}
		}
	}
}
