package learn

import (
	"context"
	"time"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
)

// LabelledComment is one comment with the labels that stand on its current text.
type LabelledComment struct {
	CommentID int64
	Text      string
	Claim     string // the sentence that stance was labelled against
	Labels    map[classifier.Axis]moderation.Label
	Positions map[classifier.Axis]int64 // of the ledger entry that gave each label
}

// labelStore reads what people answered.
type labelStore interface {
	// Labelled calls visit for each comment that has a standing label, in order of comment id, as of ledger position upTo, and returns that
	// position; 0 means the newest. CantTell is included.
	Labelled(ctx context.Context, upTo int64, visit func(LabelledComment) error) (position int64, err error)
}

// Arrival is what a model said of one comment, as it is stored: the probability of yes, or −1 on an axis that the model lacks.
type Arrival struct {
	Model         string
	Hostile, Spam float64
}

// arrivalStore reads what was said of all that arrived.
type arrivalStore interface {
	// Arrivals calls visit for every comment, whatever became of it, in no order. It reads no texts and holds one comment at a time.
	Arrivals(ctx context.Context, visit func(Arrival) error) error
}

// State is what became of a model.
type State string

const (
	StateChampion State = "champion" // in use
	StateHeld     State = "held"     // compared and not promoted
	StateRetired  State = "retired"  // was champion once
)

// ModelRecord is a model as the store lists it.
type ModelRecord struct {
	ID        string
	State     State
	Parent    string // the champion it was compared with; "" for the starter
	Position  int64  // the ledger position it was trained up to
	CreatedAt time.Time
	CreatedBy string
	Reason    string // why it is held, or the reason an editor gave for promoting
	Report    []byte // Report as JSON; empty for the starter
}

// ModelFiles are a model's three files, as bytes.
type ModelFiles = registry.Files

// modelStore keeps models whole: record and files in one transaction.
type modelStore interface {
	// SaveModel stores a model; the same id again changes nothing.
	SaveModel(ctx context.Context, record ModelRecord, files ModelFiles) error
	// Models lists every model, newest first.
	Models(ctx context.Context) ([]ModelRecord, error)
	ModelFiles(ctx context.Context, id string) (ModelFiles, error)
	// ModelManifest is the first of a model's files alone, NotFound for an unknown id.
	ModelManifest(ctx context.Context, id string) ([]byte, error)
	// ChampionID is the id of the model in use, "" before the first.
	ChampionID(ctx context.Context) (string, error)
	// ChampionAt is the id of the model that was in use then, "" before the first.
	ChampionAt(ctx context.Context, then time.Time) (string, error)
	// Promote makes a stored model the champion, the old one retired, and notes the event, in one transaction. NotFound for an unknown id, Busy
	// where the champion is not the one to replace.
	Promote(ctx context.Context, promotion Promotion) error
	// PreviousChampion is the id of the champion to go back to, "" where there is none. A model that was gone back from is not gone back to.
	PreviousChampion(ctx context.Context) (string, error)
}

// Promotion says which model becomes champion.
type Promotion struct {
	ID     string
	Over   string // the champion that it replaces; "" for whichever there is
	Actor  string
	Reason string
	At     time.Time
}

// JobState is how far a job has come.
type JobState string

const (
	JobRunning     JobState = "running"
	JobDone        JobState = "done"
	JobHeld        JobState = "held" // finished; the candidate was not promoted
	JobFailed      JobState = "failed"
	JobInterrupted JobState = "interrupted" // the process ended before the job did
)

// Job is one retraining that somebody started.
type Job struct {
	ID        int64
	State     JobState
	StartedBy string
	StartedAt time.Time
	HeardAt   time.Time // when the process that runs it last wrote how far it is
	EndedAt   time.Time // zero while running
	Step      string    // what it is doing, in words
	Percent   int       // 0 to 100
	Message   string    // how it ended
	ModelID   string    // the candidate, once there is one
}

// SilentJob is longer than any step of a retraining takes.
const SilentJob = 15 * time.Minute

// jobStore keeps jobs; at most one runs.
type jobStore interface {
	// StartJob is Busy while another runs. One that was not heard of for SilentJob is interrupted: its process is dead.
	StartJob(ctx context.Context, startedBy string, at time.Time) (Job, error)
	UpdateJob(ctx context.Context, job Job) error
	// InterruptJobs ends jobs that a dead process left running.
	InterruptJobs(ctx context.Context, at time.Time) error
	// Jobs lists the newest jobs first.
	Jobs(ctx context.Context, limit int) ([]Job, error)
}

// rescoreStore walks the pending comments for a new champion.
type rescoreStore interface {
	// PendingBatch is up to limit pending comments whose prediction names another model, in queue order (most likely harmful first), then snoozed
	// ones in that order. After one of them, as it was read then, come those behind its place; nil is from the top.
	PendingBatch(ctx context.Context, modelID string, after *moderation.Stored, limit int) ([]moderation.Stored, error)
	// Rescored writes new answers for a batch in one transaction. Revision and lease stay. A comment whose text version or article's claim
	// changed since it was read is left out.
	// It does not wait for the disk: what is lost with the machine's power is answered once more.
	Rescored(ctx context.Context, answers []Rescored) error
	// CountUnanswered is how many comments PendingBatch would list in all.
	CountUnanswered(ctx context.Context, modelID string) (int, error)
}

// Rescored is one comment's new answers.
type Rescored struct {
	CommentID   int64
	TextVersion int
	Claim       string // the sentence it was scored against
	Answers     moderation.Incoming
}

// Store is everything learning needs of a store.
type Store interface {
	labelStore
	arrivalStore
	modelStore
	jobStore
	rescoreStore
}
