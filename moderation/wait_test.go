package moderation_test

import (
	"testing"

	"commentdesk/moderation"
)

// TestNobodyJudgesOnesOwnQuestion: who asked for a second opinion neither decides the comment nor gets it handed.
func TestNobodyJudgesOnesOwnQuestion(t *testing.T) {
	asked := moderation.State{Status: moderation.Pending, Waiting: moderation.Waiting{AskedBy: "anna"}}
	for name, test := range map[string]struct {
		action moderation.Action
		want   moderation.Code
	}{
		"the asker decides":            {moderation.Action{Actor: "anna", Decision: moderation.Approve}, moderation.CodeForbidden},
		"the asker, spelled otherwise": {moderation.Action{Actor: "ANNA", Decision: moderation.Approve}, moderation.CodeForbidden},
		"another decides":              {moderation.Action{Actor: "ben", Decision: moderation.Approve}, ""},
		"it is handed to the asker":    {moderation.Action{Actor: "ben", Wait: moderation.Wait{Kind: moderation.HandOver, For: "anna"}}, moderation.CodeInvalid},
		"it is handed to somebody":     {moderation.Action{Actor: "ben", Wait: moderation.Wait{Kind: moderation.HandOver, For: "eve"}}, ""},
		"it is handed to oneself":      {moderation.Action{Actor: "ben", Wait: moderation.Wait{Kind: moderation.HandOver, For: "ben"}}, moderation.CodeInvalid},
		"another opinion is asked for": {moderation.Action{Actor: "ben", Wait: moderation.Wait{Kind: moderation.Ask}}, moderation.CodeInvalid},
	} {
		if err := test.action.Fits(asked); moderation.ErrorCode(err) != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
