package intake

import (
	"context"
	"errors"

	"commentdesk/classifier"
	"commentdesk/moderation/exchange"
)

// Labelled is one labelled example with where it stands.
type Labelled struct {
	Source  string // the path, as given
	Line    int
	Example classifier.Example
	Row     exchange.Row // as it was read, for its other keys
}

// Examples reads labelled rows from every path and calls visit for each; see Walk. Rows without a label on options.Axis are counted in
// Count.LeftOut. Pages and plain lines are refused.
func Examples(ctx context.Context, paths []string, options Options, visit func(Labelled) error) (Count, error) {
	w := &walk{ctx: ctx, options: options}
	w.read = func(in input) error {
		if in.kind.isPage() || in.kind == KindLines {
			w.refuse(in.source, 0, "no labelled rows: JSON Lines, a JSON array or CSV with a column text is needed")
			return nil
		}
		return w.each(in, func(row exchange.Row) error {
			example, err := row.Example(options.Axis)
			if errors.Is(err, exchange.ErrNoLabel) {
				w.count.LeftOut++
				return nil
			}
			if err != nil {
				return err
			}
			w.count.Records++
			return visit(Labelled{Source: in.source, Line: row.Line, Example: example, Row: row})
		})
	}
	err := w.paths(paths)
	return w.count, err
}
