package impact

import (
	"context"
	"fmt"
	"slices"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
)

// waiting is the comments that wait, and the newest labelled ones, as one model reads them.
type waiting struct {
	basis    *classifier.Basis
	trained  int64 // the ledger position up to which the model has learned
	sample   Sample
	index    *classifier.Index
	rows     []row
	pending  map[int64]uint32 // by comment: its row
	labelled map[int64]uint32
	likeness map[uint32]moderation.Likeness // of labelled rows
	position int64                          // of the ledger, up to which this is kept
	lastID   int64                          // comments that arrived after it are not read yet
	stale    bool                           // what happened since cannot be followed: read anew
}

// row is one comment under one claim.
type row struct {
	commentID int64
	version   int32
	dead      bool                    // decided, changed, or labelled otherwise
	labels    []moderation.GivenLabel // nil where it stands here because it waits
	claim     string                  // of a labelled comment: what stance was labelled against
	answers   [3]string
	place     [2]int16 // harm, doubt
}

const (
	readBatch   = 1000
	settleAfter = 20_000
	// Of so much that happened since the last look a request catches up; beyond it everything is read anew, in the background.
	mostToFollow = 5 * readBatch
)

// open lays out the model in use; read fills in the comments.
func open(ctx context.Context, store Store, model *classifier.Model) (*waiting, error) {
	files, err := store.ModelFiles(ctx, model.ID())
	if err != nil {
		return nil, err
	}
	counts, manifest, err := registry.ReadCounts(files)
	if err != nil {
		return nil, err
	}
	basis, err := classifier.NewBasis(model, counts)
	if err != nil {
		return nil, err
	}
	return &waiting{
		basis: basis, trained: manifest.Origin.Position, sample: everything, index: basis.NewIndex(), pending: map[int64]uint32{},
		labelled: map[int64]uint32{}, likeness: map[uint32]moderation.Likeness{},
	}, nil
}

// read fills in what waits and what was labelled. most is how many waiting comments are taken before a sample is.
func (w *waiting) read(ctx context.Context, store Store, most int, progress func(read, of int)) error {
	var err error
	if w.position, err = store.LedgerEnd(ctx); err != nil {
		return err
	}
	counts, err := store.Counts(ctx)
	if err != nil {
		return err
	}
	all := counts[moderation.Pending]
	if all > most {
		w.sample = Sample{Below: int64(float64(most) / float64(all) * HashRange)}
	}
	ids, err := store.LabelledLately(ctx, MostLabelled)
	if err != nil {
		return err
	}
	of := min(all, most) + len(ids)
	for {
		texts, err := store.Waiting(ctx, w.lastID, readBatch, w.sample)
		if err != nil {
			return err
		}
		w.arrive(texts)
		progress(w.index.Len(), of)
		if len(texts) < readBatch {
			break
		}
	}
	slices.Reverse(ids) // rows of labelled comments stand in the order of their labels
	for batch := range slices.Chunk(ids, readBatch/2) {
		if err := w.label(ctx, store, batch); err != nil {
			return err
		}
		progress(w.index.Len(), of)
	}
	w.index.Settle()
	return nil
}

func (w *waiting) arrive(texts []Text) {
	for _, text := range texts {
		w.wait(text)
		w.lastID = text.CommentID
	}
}

// wait puts a comment among those that wait; one that was there comes back.
func (w *waiting) wait(text Text) {
	if at, ok := w.pending[text.CommentID]; ok && w.rows[at].version == int32(text.Version) {
		w.rows[at].dead = false
		return
	}
	w.pending[text.CommentID] = w.add(text)
}

// add reads a text and returns its row.
func (w *waiting) add(text Text) uint32 {
	at := uint32(len(w.rows))
	p := w.index.Add(classifier.Example{Text: text.Text, Claim: text.Claim})
	if w.index.Unsettled() >= settleAfter {
		w.index.Settle()
	}
	r := row{commentID: text.CommentID, version: int32(text.Version)}
	r.answers, r.place = said(&p)
	w.rows = append(w.rows, r)
	return at
}

// said is a prediction's answers and places.
func said(p *classifier.Prediction) (answers [3]string, place [2]int16) {
	for i, axis := range classifier.Axes {
		answers[i] = p.On(axis).Answer
	}
	harm, doubt := moderation.Priority(*p)
	return answers, [2]int16{int16(harm), int16(doubt)}
}

// label reads the labels of comments anew.
func (w *waiting) label(ctx context.Context, store Store, ids []int64) error {
	found, err := store.LabelledOf(ctx, ids)
	if err != nil {
		return err
	}
	byID := make(map[int64]Labelled, len(found))
	for _, one := range found {
		byID[one.CommentID] = one
	}
	for _, id := range ids {
		one, ok := byID[id]
		at, was := w.labelled[id]
		switch {
		case !ok:
			if was {
				w.rows[at].dead = true
			}
			continue
		case was && w.rows[at].version == int32(one.Version) && w.rows[at].claim == one.Claim:
			w.rows[at].labels, w.rows[at].dead = one.Labels, false
			continue
		case was:
			w.rows[at].dead = true
		}
		at = w.add(one.Text)
		w.rows[at].labels, w.rows[at].claim = one.Labels, one.Claim
		w.labelled[id], w.likeness[at] = at, moderation.LikenessOf(one.Text.Text)
	}
	return nil
}

// follow takes in what happened since: arrivals, and what the ledger has of others. Where that is too much, or claims moved, w is stale.
func (w *waiting) follow(ctx context.Context, store Store) error {
	end, err := store.LedgerEnd(ctx)
	if err != nil {
		return err
	}
	var changed []int64
	for after := w.position; after < end; {
		entries, err := store.Ledger(ctx, after, readBatch)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if entry.CommentID == 0 {
				w.stale = true
				continue
			}
			changed = append(changed, entry.CommentID)
		}
		if len(entries) == 0 {
			return fmt.Errorf("the ledger ends at %d and has nothing after %d", end, after)
		}
		after = entries[len(entries)-1].Position
		if w.stale = w.stale || len(changed) > mostToFollow; w.stale {
			return nil
		}
	}
	for n := 0; ; n += readBatch {
		texts, err := store.Waiting(ctx, w.lastID, readBatch, w.sample)
		if err != nil {
			return err
		}
		w.arrive(texts)
		if len(texts) < readBatch {
			break
		}
		if w.stale = n >= mostToFollow; w.stale {
			return nil
		}
	}
	slices.Sort(changed)
	for batch := range slices.Chunk(slices.Compact(changed), readBatch/2) {
		if err := w.revisit(ctx, store, batch); err != nil {
			return err
		}
	}
	w.position = end
	w.stale = w.stale || len(w.rows) > 2*(len(w.pending)+len(w.labelled))
	return nil
}

// revisit reads comments anew that something happened to.
func (w *waiting) revisit(ctx context.Context, store Store, ids []int64) error {
	for _, id := range ids {
		if at, ok := w.pending[id]; ok {
			w.rows[at].dead = true
		}
	}
	texts, err := store.TextsOf(ctx, ids, true)
	if err != nil {
		return err
	}
	for _, text := range texts {
		if w.sample.Holds(text.CommentID) && text.CommentID <= w.lastID {
			w.wait(text)
		}
	}
	return w.label(ctx, store, ids)
}
