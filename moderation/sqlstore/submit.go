package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// importActor stands in the ledger for a text that changed at its source.
const importActor = "import"

// Submit merges an article and its comments in one transaction: see moderation's submitStore. Comments keep the order given; a parent must
// stand before its answers.
func (s *Store) Submit(ctx context.Context, article moderation.Article, comments []moderation.Incoming, fromPage bool, at time.Time) (
	receipt moderation.Receipt, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		receipt, err = submit(ctx, tx, article, comments, fromPage, at)
		return err
	})
	if err != nil {
		return moderation.Receipt{}, err
	}
	return receipt, nil
}

// errDry takes a transaction back that did what it should.
var errDry = errors.New("dry run")

// DrySubmit does what Submit does and takes it back.
func (s *Store) DrySubmit(ctx context.Context, article moderation.Article, comments []moderation.Incoming, fromPage bool, at time.Time) (
	receipt moderation.Receipt, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		if receipt, err = submit(ctx, tx, article, comments, fromPage, at); err != nil {
			return err
		}
		return errDry
	})
	if !errors.Is(err, errDry) {
		return moderation.Receipt{}, err
	}
	return receipt, nil
}

func submit(ctx context.Context, tx *sqlx.Tx, article moderation.Article, comments []moderation.Incoming, fromPage bool, at time.Time) (
	moderation.Receipt, error) {
	receipt := moderation.Receipt{Seen: len(comments), Refused: map[string]int{}}
	fresh, err := keepArticle(ctx, tx, article, at)
	if err != nil {
		return receipt, err
	}
	receipt.Articles = flag(fresh)
	stored, err := articleOf(ctx, tx, article.ID)
	if err != nil {
		return receipt, err
	}
	if len(comments) > 0 && (stored.ClaimSentence() != article.ClaimSentence() || stored.ClaimFrom() != article.ClaimFrom()) {
		return receipt, moderation.ErrClaimMoved
	}
	m, err := newMerge(ctx, tx, article.ID, at, &receipt)
	if err != nil {
		return receipt, err
	}
	defer m.close()
	if err := m.findSnoozed(ctx); err != nil {
		return receipt, err
	}
	for _, in := range comments {
		if err := m.take(ctx, in); err != nil {
			return receipt, err
		}
		if err := m.label(ctx, in); err != nil {
			return receipt, err
		}
	}
	if _, err := count(ctx, tx, string(moderation.Pending), receipt.New); err != nil {
		return receipt, err
	}
	if fromPage {
		return receipt, m.markGone(ctx)
	}
	return receipt, nil
}

// merge is one submission on its way into the tables.
type merge struct {
	tx        *sqlx.Tx
	articleID string
	at        time.Time
	receipt   *moderation.Receipt
	find      *sqlx.Stmt
	insert    *sqlx.Stmt
	likeness  *sqlx.Stmt
	piles     *piler
	ids       map[string]int64  // of every key that came in
	texts     map[string]string // of every key that came in
	models    map[string]int64
	snoozed   map[int64]bool // the article's comments that an answer brings back
}

var insertComment = `insert into comment (
	article_id, key, source_id, position, parent_position, parent_id, author, posted_at, text, arrived_at, gone,
	status, revision, text_version, label_stance, label_hostile, label_spam, model_ref, claim_from, harm, doubt, topic_id, author_key, pile, ` +
	strings.ReplaceAll(predictionColumns, "c.", "") + `)
	values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'pending', 1, 1, '', '', '', ?, ?, ?, ?, coalesce((select topic_id from article where id = ?), 0), ?, ?` + strings.Repeat(", ?", 19) + `) returning id`

func newMerge(ctx context.Context, tx *sqlx.Tx, articleID string, at time.Time, receipt *moderation.Receipt) (*merge, error) {
	m := &merge{tx: tx, articleID: articleID, at: at, receipt: receipt,
		ids: map[string]int64{}, texts: map[string]string{}, models: map[string]int64{}}
	var err error
	if m.find, err = tx.PreparexContext(ctx, `select id, text, gone from comment where key = ?`); err != nil {
		return nil, err
	}
	if m.insert, err = tx.PreparexContext(ctx, insertComment); err != nil {
		return nil, err
	}
	if m.likeness, err = tx.PreparexContext(ctx, keepLikeness); err != nil {
		return nil, err
	}
	m.piles, err = newPiler(ctx, tx)
	return m, err
}

func (m *merge) close() {
	m.find.Close()
	m.insert.Close()
	m.likeness.Close()
	m.piles.close()
}

// knownRow is what a merge needs to know of a comment that is there already.
type knownRow struct {
	ID   int64  `db:"id"`
	Text string `db:"text"`
	Gone bool   `db:"gone"`
}

// take merges one comment and counts it.
func (m *merge) take(ctx context.Context, in moderation.Incoming) error {
	if in.Status != "" && in.Status != moderation.Pending {
		return moderation.Invalid("a comment arrives pending, not %s: a decision needs its entry in the ledger", in.Status)
	}
	if text, repeated := m.texts[in.Key]; repeated {
		if text == in.Text {
			m.receipt.Already++
		} else {
			m.receipt.RefuseAt(in.At, "the same id twice with different texts")
		}
		return nil
	}
	known, err := m.known(ctx, in.Key)
	if errors.Is(err, sql.ErrNoRows) {
		return m.add(ctx, in)
	}
	if err != nil {
		return err
	}
	m.ids[in.Key], m.texts[in.Key] = known.ID, in.Text
	if known.Gone {
		if _, err := m.tx.ExecContext(ctx, `update comment set gone = 0 where id = ?`, known.ID); err != nil {
			return err
		}
	}
	if in.Text == known.Text { // always so without an id: the text is part of the key
		m.receipt.Already++
		return nil
	}
	m.receipt.Changed++
	return m.edit(ctx, known, in)
}

// label keeps the labels that an archive brings, once a comment, on axes that nobody labelled.
func (m *merge) label(ctx context.Context, in moderation.Incoming) error {
	if len(in.Labels) == 0 || m.texts[in.Key] != in.Text {
		return nil
	}
	comment, err := storedByID(ctx, m.tx, m.ids[in.Key], m.at)
	if err != nil {
		return err
	}
	action := moderation.Action{
		ID: importActor + "-" + in.Key, CommentID: comment.ID, Revision: comment.State.Revision, Actor: importActor, By: moderation.ByArchive,
		Labels: map[classifier.Axis]string{},
	}
	for axis, answer := range in.Labels {
		if comment.State.Labels[axis] == "" {
			action.Labels[axis] = answer
		}
	}
	used, _, err := findEntry(ctx, m.tx, moderation.KindAct, action.ID)
	if err != nil || used != nil || len(action.Labels) == 0 {
		return err
	}
	if err := action.Validate(); err != nil {
		return err
	}
	m.receipt.Labels += len(action.Labels)
	_, err = act(ctx, m.tx, action, m.at)
	return err
}

func (m *merge) known(ctx context.Context, key string) (row knownRow, err error) {
	err = m.find.GetContext(ctx, &row, key)
	return row, err
}

// add stores a comment that was not there.
func (m *merge) add(ctx context.Context, in moderation.Incoming) error {
	parent, err := m.parentID(ctx, in.ParentKey)
	if err != nil {
		return err
	}
	model, err := m.model(ctx, in.Prediction.Model)
	if err != nil {
		return err
	}
	likeness := likenessIn(in)
	pile, err := m.piles.put(ctx, likeness, 0, moderation.Pending)
	if err != nil {
		return err
	}
	values := []any{m.articleID, in.Key, in.SourceID, in.Position, in.Parent, parent, in.Author, in.PostedAt, in.Text, milliseconds(m.at),
		model, in.ClaimFrom, in.Harm, in.Doubt, m.articleID, moderation.FoldCase(in.Author), pile}
	var id int64
	if err := m.insert.GetContext(ctx, &id, append(values, predictionValues(in.Prediction)...)...); err != nil {
		return err
	}
	if _, err := m.likeness.ExecContext(ctx, likenessValues(id, likeness)...); err != nil {
		return err
	}
	m.ids[in.Key], m.texts[in.Key] = id, in.Text
	m.receipt.New++
	return m.wakeParent(ctx, parent)
}

// parentID is the stored number of the comment with that key, 0 where there is none.
func (m *merge) parentID(ctx context.Context, key string) (int64, error) {
	if id, ok := m.ids[key]; ok || key == "" {
		return id, nil
	}
	row, err := m.known(ctx, key)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return row.ID, err
}

func (m *merge) model(ctx context.Context, model string) (int64, error) {
	if ref, ok := m.models[model]; ok {
		return ref, nil
	}
	ref, err := modelRef(ctx, m.tx, model)
	m.models[model] = ref
	return ref, err
}

// edit stores a text that changed at its source: the old one is kept, the comment goes back to pending under a new revision.
func (m *merge) edit(ctx context.Context, known knownRow, in moderation.Incoming) error {
	comment, err := storedByID(ctx, m.tx, known.ID, m.at)
	if err != nil {
		return err
	}
	if _, err := m.tx.ExecContext(ctx, `insert into old_text (comment_id, version, text) values (?, ?, ?)`,
		known.ID, comment.State.TextVersion, known.Text); err != nil {
		return err
	}
	if _, err := m.tx.ExecContext(ctx, `update comment set text = ? where id = ?`, in.Text, known.ID); err != nil {
		return err
	}
	likeness := likenessIn(in)
	if _, err := m.likeness.ExecContext(ctx, likenessValues(known.ID, likeness)...); err != nil {
		return err
	}
	if err := m.piles.renew(ctx, likeness, known.ID, comment.State.Status); err != nil {
		return err
	}
	if err := answerAnew(ctx, m.tx, known.ID, in); err != nil {
		return err
	}
	entry := moderation.Entry{At: m.at, Actor: importActor, Kind: moderation.KindText, CommentID: known.ID,
		Revision: comment.State.Revision + 1, TextVersion: comment.State.TextVersion + 1}
	return record(ctx, m.tx, comment.State.Status, &entry)
}

// markGone marks the article's comments that did not come this time as no longer on the page.
func (m *merge) markGone(ctx context.Context) error {
	var there []int64
	if err := m.tx.SelectContext(ctx, &there, `select id from comment where article_id = ? and gone = 0`, m.articleID); err != nil {
		return err
	}
	came := make(map[int64]bool, len(m.ids))
	for _, id := range m.ids {
		came[id] = true
	}
	for _, id := range there {
		if came[id] {
			continue
		}
		if _, err := m.tx.ExecContext(ctx, `update comment set gone = 1 where id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}
