package intake

import (
	"errors"
	"fmt"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
)

// rows reads an input that is no page.
func (w *walk) rows(in input) exchange.Rows {
	switch {
	case in.kind == KindLines:
		return exchange.ReadLines(in.from)
	case in.csv:
		return exchange.ReadCSV(in.from, w.options.Columns)
	}
	return exchange.ReadJSON(in.from, w.options.Columns)
}

// each calls do for every good row of the input. What is bad is refused; do may refuse a row by a *exchange.RowError.
func (w *walk) each(in input, do func(exchange.Row) error) error {
	for row, err := range w.rows(in) {
		if stopped := w.ctx.Err(); stopped != nil {
			return stopped
		}
		var bad *exchange.RowError
		if err != nil && !errors.As(err, &bad) {
			w.refuse(in.source, row.Line, err.Error())
			return nil
		}
		if err == nil {
			err = do(row)
		}
		switch {
		case errors.As(err, &bad):
			w.refuse(in.source, bad.Line, bad.Reason)
		case err != nil:
			return err
		}
	}
	return nil
}

// batches gathers rows that follow one another and belong to one article.
func (w *walk) batches(in input, visit func(Batch) error) error {
	gather := gathering{walk: w, visit: visit, in: in}
	if err := w.each(in, gather.row); err != nil {
		return err
	}
	return gather.handOn()
}

// gathering is the batch that is being filled.
type gathering struct {
	walk     *walk
	visit    func(Batch) error
	in       input
	started  bool // a row was read, so that it is known whether rows are labelled
	batch    Batch
	parts    int                // batches that were given away
	article  moderation.Article // of the row before
	position int                // of the row before, within its article
	replaced int
	unlabelled
}

// unlabelled counts rows that are taken without their labels, since one of them is no answer.
type unlabelled struct {
	rows  int
	first error
}

func (u *unlabelled) add(err error) {
	u.rows++
	if u.first == nil {
		u.first = err
	}
}

// messages are the batch's warnings.
func (g *gathering) messages() (messages []string) {
	if g.replaced > 0 {
		messages = append(messages, fmt.Sprintf("invalid UTF-8 in %d rows was replaced by U+FFFD", g.replaced))
	}
	if g.unlabelled.rows > 0 {
		messages = append(messages, fmt.Sprintf("labels of %d rows are left out, the first because %v", g.unlabelled.rows, g.unlabelled.first))
	}
	return messages
}

func (g *gathering) row(row exchange.Row) error {
	if !g.started {
		g.started = true
		if g.in.kind != KindLines && g.walk.options.Kind == "" && g.labelled(row) {
			g.in.kind = KindLabelled
		}
	}
	record, err := row.Record()
	if err != nil {
		return err
	}
	labels, err := row.Labels(g.walk.options.Axis)
	if err != nil && g.in.kind == KindLabelled {
		return err
	}
	if err != nil {
		g.unlabelled.add(err)
	}
	if record.Source == "" {
		record.Source = g.in.source
	}
	article := record.Article()
	article.Source, article.Origin = "", string(g.in.kind)
	if article != g.article || len(g.batch.Records) == MaxBatch {
		if err := g.handOn(); err != nil {
			return err
		}
	}
	g.add(article, record, labels)
	if row.Replaced {
		g.replaced++
	}
	return nil
}

// labelled says whether a row has a label that means something.
func (g *gathering) labelled(row exchange.Row) bool {
	labels, err := row.Labels(g.walk.options.Axis)
	return err == nil && len(labels) > 0
}

// add puts a record into the batch. One without a position stands after the one before.
func (g *gathering) add(article moderation.Article, record exchange.Record, labels map[classifier.Axis]string) {
	if article != g.article {
		g.article, g.position = article, 0
	}
	if record.Position == 0 {
		record.Position = g.position + 1
	}
	g.position = record.Position
	if len(g.batch.Records) == 0 {
		g.batch = Batch{Input: g.in.source, Kind: g.in.kind, Article: article}
		g.batch.Article.Source = record.Source
	}
	g.batch.Records = append(g.batch.Records, record)
	g.batch.Labels = append(g.batch.Labels, labels)
}

// handOn gives the batch away, where there is anything in it.
func (g *gathering) handOn() error {
	if len(g.batch.Records) == 0 {
		return nil
	}
	batch := g.batch
	batch.Messages = g.messages()
	g.parts++
	batch.Part = g.parts
	g.batch, g.replaced, g.unlabelled = Batch{}, 0, unlabelled{}
	g.walk.count.Records += len(batch.Records)
	return g.visit(batch)
}
