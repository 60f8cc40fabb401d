package intake

import (
	"context"
	"fmt"
	"io"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
	"commentdesk/moderation/extract"
)

// MaxBatch is how many rows a Batch holds at most. A page is one Batch, however many comments it has.
const MaxBatch = 1000

// Options say how inputs are read; the zero value recognises everything and reads no standard input.
type Options struct {
	Kind        Kind             // of every input; "" recognises each from its content
	Columns     exchange.Columns // other names of keys and columns
	Axis        classifier.Axis  // what the key label answers; "" where each axis has its own key
	Stdin       io.Reader        // what the path - reads
	MaxPage     int64            // bytes of one page; 0 is extract's own cap
	MaxUnpacked int64            // bytes that one gzip input may unpack to; 0 is DefaultMaxUnpacked
	Refused     func(Refusal)    // called for each bad row and each bad file, in order; nil ignores them
}

// Refusal names a row or a file that was left out, never its text.
type Refusal struct {
	File   string
	Line   int // 0 where the whole file is meant
	Reason string
}

func (r Refusal) String() string {
	if r.Line == 0 {
		return r.File + ": " + r.Reason
	}
	return fmt.Sprintf("%s:%d: %s", r.File, r.Line, r.Reason)
}

// Batch is one page, or up to MaxBatch rows of one input that follow one another and belong to the same article.
type Batch struct {
	Input    string // the path, as given; - for standard input
	Part     int    // from 1 in each input
	Kind     Kind
	Article  moderation.Article // its ID is "" where rows name no article
	Records  []exchange.Record
	Labels   []map[classifier.Axis]string // people's answers, beside Records; nil for a page
	Page     *extract.Warnings            // what was made of the footer; nil for rows
	Messages []string                     // warnings to show with Input
}

// Comments are the records as the service takes them.
func (b Batch) Comments() []moderation.Comment {
	comments := make([]moderation.Comment, len(b.Records))
	for i, record := range b.Records {
		comments[i] = record.Comment()
	}
	return comments
}

// Count is what a walk came to.
type Count struct {
	Inputs  int // files and standard input that were opened
	Records int // comments or examples handed on
	LeftOut int // rows without a label on the axis; Examples only
	Refused int // rows and files
}

// Walk reads every path in the order given and calls visit for each Batch; a page without comments is a Batch too. What is bad goes to
// options.Refused and is counted. The error is visit's, as it came, or the context's; it ends the walk.
func Walk(ctx context.Context, paths []string, options Options, visit func(Batch) error) (Count, error) {
	w := &walk{ctx: ctx, options: options}
	w.read = func(in input) error {
		if in.kind.isPage() {
			return w.page(in, visit)
		}
		return w.batches(in, visit)
	}
	err := w.paths(paths)
	return w.count, err
}

// walk is one call of Walk or Examples.
type walk struct {
	ctx     context.Context
	options Options
	count   Count
	read    func(input) error
}

// input is one opened input, unpacked, of a known kind. csv and json say in which format the rows of a labelled file stand.
type input struct {
	source string
	kind   Kind
	csv    bool
	from   io.Reader
}

func (w *walk) refuse(file string, line int, reason string) {
	w.count.Refused++
	if w.options.Refused != nil {
		w.options.Refused(Refusal{File: file, Line: line, Reason: reason})
	}
}

// open unpacks and recognises an input and reads it.
func (w *walk) open(source string, from io.Reader) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	w.count.Inputs++
	unpacked, err := unpack(from, w.options.MaxUnpacked)
	if err != nil {
		w.refuse(source, 0, err.Error())
		return nil
	}
	in, err := recognise(source, unpacked, w.options)
	if err != nil {
		w.refuse(source, 0, err.Error())
		return nil
	}
	return w.read(in)
}
