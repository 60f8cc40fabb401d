package moderation

import (
	"errors"
	"fmt"
	"time"
)

// Code says what kind of failure an Error is; web maps it to a status, cmd to an exit code.
type Code string

const (
	CodeInvalid   Code = "invalid"   // what was asked makes no sense
	CodeNotFound  Code = "not_found" // there is no such thing
	CodeForbidden Code = "forbidden" // the role does not allow it
	CodeExists    Code = "exists"    // the name is taken
	CodeBusy      Code = "busy"      // one at a time, and one is running
)

// Error is a failure that a user may read.
type Error struct {
	Code    Code
	Message string // in English
	Format  string // of the message, with its Args: for who says it in another language
	Args    []any
}

func (e *Error) Error() string { return e.Message }

// Invalid, NotFound, Forbidden, Exists and Busy make an Error of their code.
func Invalid(format string, args ...any) error {
	return newError(CodeInvalid, format, args)
}
func NotFound(format string, args ...any) error {
	return newError(CodeNotFound, format, args)
}
func Forbidden(format string, args ...any) error {
	return newError(CodeForbidden, format, args)
}
func Exists(format string, args ...any) error {
	return newError(CodeExists, format, args)
}
func Busy(format string, args ...any) error { return newError(CodeBusy, format, args) }

func newError(code Code, format string, args []any) error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Format: format, Args: args}
}

// ErrorCode is the code of the first Error in err's chain, "" where there is none.
func ErrorCode(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Conflict says that somebody changed the comment after the actor had seen it: who, what, when. Nothing was written.
type Conflict struct {
	CommentID int64
	Revision  int64     // the comment's revision now
	By        string    // who acted last; "import" for a changed text
	Did       string    // in words: "rejected", "labelled hostile: yes" …
	At        time.Time // when
	Entry     Entry     // what that was, for who says it in another language
}

func (c *Conflict) Error() string {
	return fmt.Sprintf("%s %s at %s; nothing was saved", c.By, c.Did, c.At.UTC().Format(time.RFC3339))
}
