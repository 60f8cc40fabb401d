package sqlstore

import (
	"context"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// predictionColumns are the columns of a prediction's answers, in the order of predictionValues and predictionTargets.
const predictionColumns = `c.stance_answer, c.stance_best, c.stance_favor, c.stance_against, c.stance_none, c.stance_known, c.stance_words,
	c.hostile_answer, c.hostile_best, c.hostile_yes, c.hostile_no, c.hostile_known, c.hostile_words,
	c.spam_answer, c.spam_best, c.spam_yes, c.spam_no, c.spam_known, c.spam_words`

// predictionChanges writes the same columns in an update.
const predictionChanges = `
	stance_answer = ?, stance_best = ?, stance_favor = ?, stance_against = ?, stance_none = ?, stance_known = ?, stance_words = ?,
	hostile_answer = ?, hostile_best = ?, hostile_yes = ?, hostile_no = ?, hostile_known = ?, hostile_words = ?,
	spam_answer = ?, spam_best = ?, spam_yes = ?, spam_no = ?, spam_known = ?, spam_words = ?`

func predictionValues(p classifier.Prediction) []any {
	var values []any
	for _, axis := range classifier.Axes {
		o := p.On(axis)
		values = append(values, o.Answer, o.Best)
		for i := range axis.Answers() {
			values = append(values, o.Probabilities[i])
		}
		values = append(values, o.Known, o.Words)
	}
	return values
}

func predictionTargets(p *classifier.Prediction) []any {
	targets := make([]any, 0, 19)
	for _, axis := range classifier.Axes {
		o := p.On(axis)
		targets = append(targets, &o.Answer, &o.Best)
		for i := range axis.Answers() {
			targets = append(targets, &o.Probabilities[i])
		}
		targets = append(targets, &o.Known, &o.Words)
	}
	return targets
}

// modelRef is the short number that stands for a model's id in rows.
func modelRef(ctx context.Context, tx *sqlx.Tx, model string) (ref int64, err error) {
	err = tx.GetContext(ctx, &ref, `
		insert into model_ref (model) values (?) on conflict (model) do update set model = excluded.model returning ref`, model)
	return ref, err
}

// answerAnew replaces a comment's prediction and its places in the queue. Status, labels, revision and lease stay.
func answerAnew(ctx context.Context, tx *sqlx.Tx, commentID int64, in moderation.Incoming) error {
	ref, err := modelRef(ctx, tx, in.Prediction.Model)
	if err != nil {
		return err
	}
	values := append([]any{ref, in.ClaimFrom, in.Harm, in.Doubt}, predictionValues(in.Prediction)...)
	_, err = tx.ExecContext(ctx, `update comment set model_ref = ?, claim_from = ?, harm = ?, doubt = ?,`+predictionChanges+` where id = ?`,
		append(values, commentID)...)
	return err
}
