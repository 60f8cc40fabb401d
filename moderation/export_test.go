package moderation

// SuggestIn is suggest, for tests that need packages which import this one.
var SuggestIn = suggest
