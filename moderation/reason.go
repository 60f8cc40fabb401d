package moderation

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"commentdesk/classifier"
)

// Limits of reasons.
const (
	MaxReasons    = 50 // of one site, retired ones too
	MaxReasonName = 60 // characters
)

// Reason is why comments are rejected, in the site's own words. The ledger keeps its name as it was when it was given.
type Reason struct {
	ID      int64
	Name    string
	Axis    classifier.Axis // of the label that it implies; "" where it implies none
	Answer  string
	Retired bool // no longer offered
}

// Implies is the implied label as pages and forms spell it, "hostile:yes"; "" without one.
func (r Reason) Implies() string {
	if r.Axis == "" {
		return ""
	}
	return string(r.Axis) + ":" + r.Answer
}

// ParseImplied reads what Implies writes.
func ParseImplied(written string) (axis classifier.Axis, answer string, err error) {
	if written == "" {
		return "", "", nil
	}
	name, answer, _ := strings.Cut(written, ":")
	axis = classifier.Axis(name)
	if axis.Index() < 0 || axis.AnswerIndex(answer) < 0 {
		return "", "", Invalid("no label %.40q that a reason can imply", written)
	}
	return axis, answer, nil
}

// With is the reason as a decision keeps it: its name, and what was written beside it.
func (r Reason) With(written string) string {
	if r.Name == "" || written == "" {
		return r.Name + written
	}
	return r.Name + ": " + written
}

// reasonStore keeps the list of reasons. Each change notes an event in the same transaction.
type reasonStore interface {
	// Reasons is every reason in the order in which they are offered, retired ones last.
	Reasons(ctx context.Context) ([]Reason, error)
	// AddReason puts a reason at the end; Exists where the name is taken, Invalid where there are limit already.
	AddReason(ctx context.Context, reason Reason, limit int, actor string, at time.Time) error
	// ChangeReason gives the reason of that id its new name, implied label and state; NotFound, or Exists where the name is taken.
	ChangeReason(ctx context.Context, reason Reason, actor string, at time.Time) error
	// MoveReason changes places with the neighbour before it (up) or behind it; at the end, of those that are offered or of those that are not,
	// nothing happens.
	MoveReason(ctx context.Context, id int64, up bool, actor string, at time.Time) error
}

// Reasons is every reason in the order in which they are offered, retired ones last.
func (s *Service) Reasons(ctx context.Context) ([]Reason, error) { return s.store.Reasons(ctx) }

// Reason is one reason that is offered; Invalid where there is none of that id, or it is retired.
func (s *Service) Reason(ctx context.Context, id int64) (Reason, error) {
	reasons, err := s.store.Reasons(ctx)
	if err != nil {
		return Reason{}, err
	}
	for _, r := range reasons {
		if r.ID == id && !r.Retired {
			return r, nil
		}
	}
	return Reason{}, Invalid("that reason is no longer offered")
}

// lastReasonWithin is how many of a person's acts are looked through for the last rejection.
const lastReasonWithin = 50

// LastReason is the reason of the list that the actor gave with the last rejection: the one with an empty name where it was none that is offered.
func (s *Service) LastReason(ctx context.Context, actor string) (Reason, error) {
	entries, err := s.store.AuditEntries(ctx, AuditFilter{Actor: actor, Kind: string(KindAct)}, auditStart, lastReasonWithin)
	if err != nil {
		return Reason{}, err
	}
	for _, e := range entries {
		if e.Decision == Reject {
			reasons, err := s.store.Reasons(ctx)
			return givenIn(reasons, e.Reason), err
		}
	}
	return Reason{}, nil
}

// givenIn is the reason that With wrote into a decision's reason, the one with the longest name where several could have been.
func givenIn(reasons []Reason, written string) (given Reason) {
	for _, r := range reasons {
		if !r.Retired && len(r.Name) > len(given.Name) && (written == r.Name || strings.HasPrefix(written, r.Name+": ")) {
			given = r
		}
	}
	return given
}

// AddReason puts a reason at the end of the list.
func (s *Service) AddReason(ctx context.Context, reason Reason, actor string) error {
	if err := reason.tidy(); err != nil {
		return err
	}
	return s.store.AddReason(ctx, reason, MaxReasons, actor, s.now())
}

// ChangeReason renames a reason, changes the label it implies, retires it or brings it back. What was decided before keeps the old name.
func (s *Service) ChangeReason(ctx context.Context, reason Reason, actor string) error {
	if err := reason.tidy(); err != nil {
		return err
	}
	return s.store.ChangeReason(ctx, reason, actor, s.now())
}

// MoveReason moves a reason one place up or down.
func (s *Service) MoveReason(ctx context.Context, id int64, up bool, actor string) error {
	return s.store.MoveReason(ctx, id, up, actor, s.now())
}

// tidy cleans the name and says what is wrong with the reason.
func (r *Reason) tidy() error {
	r.Name = tidyName(r.Name)
	if r.Name == "" || utf8.RuneCountInString(r.Name) > MaxReasonName {
		return Invalid("a reason has a name of 1 to %d characters", MaxReasonName)
	}
	axis, answer, err := ParseImplied(r.Implies())
	r.Axis, r.Answer = axis, answer
	return err
}
