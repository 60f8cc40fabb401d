package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
)

func newQueue(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "queue",
		Short: "List comments as the web queue shows them",
		Long: `Lists one page of comments. The filter is the one of the web queue's search box: status:pending hostile:yes p(hostile)>0.8
stance:unsure topic:… author:… origin:… article:… id:… agreement:disagree after:2026-05-14 before:2026-05-15 for:anna opinion:wanted "words". --after takes the cursor that the page before ended with.
--order alike lists near-duplicates one after the other, the largest pile first; with --json each row then says its pile and how many are alike.`,
		Example: `  commentdesk queue --limit 5
  commentdesk queue --filter 'status:pending p(hostile)>0.8' --order harm --json
  commentdesk queue --filter 'topic:speed-limit stance:unsure' --order doubt`,
		Args: cobra.NoArgs,
		RunE: withDesk(p, func(cmd *cobra.Command, _ []string, d *desk) error {
			request, err := queueRequest(cmd)
			if err != nil {
				return err
			}
			format, err := outputFormat(cmd, p.out)
			if err != nil {
				return err
			}
			page, err := d.service.Queue(cmd.Context(), request)
			if err != nil {
				return err
			}
			return writeQueue(p, format, page)
		}),
	}
	cmd.Flags().String("filter", "status:pending", "which comments")
	cmd.Flags().String("order", "harm", "harm, doubt, newest, oldest or alike")
	cmd.Flags().Int("limit", moderation.DefaultPage, "how many, at most "+strconv.Itoa(moderation.MaxPage))
	cmd.Flags().String("after", "", "cursor of the page before")
	formatFlags(cmd)
	databaseFlag(cmd)
	return cmd
}

func queueRequest(cmd *cobra.Command) (moderation.QueueRequest, error) {
	filter, err := moderation.ParseFilter(cmd.Flag("filter").Value.String())
	if err != nil {
		return moderation.QueueRequest{}, err
	}
	order, err := moderation.ParseOrder(cmd.Flag("order").Value.String())
	if err != nil {
		return moderation.QueueRequest{}, err
	}
	limit, err := cmd.Flags().GetInt("limit")
	if err == nil && limit < 1 {
		err = usage(fmt.Errorf("--limit is at least 1"))
	}
	return moderation.QueueRequest{Filter: filter, Order: order, Limit: limit, After: cmd.Flag("after").Value.String()}, err
}

// queueRow is one comment of queue --json.
type queueRow struct {
	ID       string    `json:"id"`
	Status   string    `json:"status"`
	Revision int64     `json:"revision"`
	Lease    *rowLease `json:"lease"`           // null where nobody has the comment open
	Pile     int64     `json:"pile,omitempty"`  // see moderation.Pile; only in that order
	Alike    int       `json:"alike,omitempty"` // how many of the status are on it
	exchange.Answered
}

type rowLease struct {
	User  string    `json:"user"`
	Until time.Time `json:"until"`
}

func newQueueRow(stored moderation.Stored) queueRow {
	comment := stored.Comment
	record := exchange.FromComment(stored.Article, comment, nil)
	row := queueRow{
		ID: strconv.FormatInt(stored.ID, 10), Status: string(stored.State.Status), Revision: stored.State.Revision,
		Answered: exchange.NewAnswered(record, stored.ClaimFrom, stored.Prediction),
	}
	row.Human = exchange.NewHuman(stored.State.Labels)
	if stored.Lease != nil {
		row.Lease = &rowLease{User: stored.Lease.User, Until: stored.Lease.Until.UTC()}
	}
	return row
}

// newPiledRow is the i-th row of the page, with its pile where the order is by piles.
func newPiledRow(stored moderation.Stored, page moderation.QueuePage, i int) queueRow {
	row := newQueueRow(stored)
	if page.Piles != nil {
		row.Pile, row.Alike = page.Piles[i].ID, page.Piles[i].Comments
	}
	return row
}

// Columns, Cells, TableColumns and TableCells put id, status and revision before what classify shows.
func (r queueRow) Columns() []string {
	return append([]string{"id", "status", "revision"}, r.Answered.Columns()...)
}

func (r queueRow) Cells() []string {
	return append([]string{r.ID, r.Status, strconv.FormatInt(r.Revision, 10)}, r.Answered.Cells()...)
}

func (r queueRow) TableColumns() []exchange.Column {
	return append([]exchange.Column{{Name: "id"}, {Name: "status"}}, r.Answered.TableColumns()[1:]...)
}

func (r queueRow) TableCells() []string {
	return append([]string{r.ID, r.Status}, r.Answered.TableCells()[1:]...)
}

// writeQueue writes a page. JSON is one object with the cursor; the other formats name the cursor on standard error.
func writeQueue(p program, format exchange.Format, page moderation.QueuePage) error {
	if format == exchange.FormatJSON {
		return writeQueueJSON(p.out, page)
	}
	writer := exchange.NewWriter[queueRow](p.out, format)
	for i, stored := range page.Comments {
		if err := writer.Write(newPiledRow(stored, page, i)); err != nil {
			return err
		}
	}
	if err := writer.Close(); err != nil {
		return err
	}
	switch {
	case page.Next != "" && page.Scanned:
		say(p.err, "enough rows looked at; continue with --after %s", page.Next)
	case page.Next != "":
		say(p.err, "more with --after %s", page.Next)
	case len(page.Comments) == 0:
		say(p.err, "no comments here")
	}
	return nil
}

func writeQueueJSON(w io.Writer, page moderation.QueuePage) error {
	rows := make([]queueRow, len(page.Comments))
	for i, stored := range page.Comments {
		rows[i] = newPiledRow(stored, page, i)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		Comments []queueRow `json:"comments"`
		Next     string     `json:"next"`
	}{rows, page.Next})
}
