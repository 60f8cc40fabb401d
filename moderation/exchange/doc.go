// Package exchange reads and writes rows of comments: JSON Lines and JSON arrays, CSV, plain lines, labelled examples, tables for people. A
// reader turns bytes into a Row, whatever the format; Row.Record and Row.Example say what it means. A writer takes a Record, an Answered or a
// Summary. Everything streams: no format is ever held whole. It knows no files and no folders (intake), no article pages (extract), no store.
package exchange
