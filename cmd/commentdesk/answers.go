package main

import (
	"runtime"

	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

// pieceSize is how many records are answered at a time: enough to be worth a goroutine, few enough to keep all cores busy and little in memory.
const pieceSize = 200

// answers labels records on every core while others are read, and hands them to write one by one in the order they came.
type answers struct {
	classification classification
	write          func(exchange.Answered) error
	waiting        chan chan []exchange.Answered // pieces in their order; each brings its answers when they are ready
	written        chan struct{}                 // closed when writing has ended; err is set before
	err            error
}

func startAnswers(c classification, write func(exchange.Answered) error) *answers {
	a := &answers{classification: c, write: write, waiting: make(chan chan []exchange.Answered, runtime.GOMAXPROCS(0)), written: make(chan struct{})}
	go a.writeAll()
	return a
}

func (a *answers) writeAll() {
	defer close(a.written)
	for piece := range a.waiting {
		for _, answered := range <-piece {
			if a.err = a.write(answered); a.err != nil {
				return
			}
		}
	}
}

// add takes a batch, and waits where too much is under way. The error is write's, of an earlier record.
func (a *answers) add(batch intake.Batch) error {
	for from := 0; from < len(batch.Records); from += pieceSize {
		piece, to := make(chan []exchange.Answered, 1), min(from+pieceSize, len(batch.Records))
		select {
		case a.waiting <- piece:
		case <-a.written:
			return a.err
		}
		go func() { piece <- a.classification.answerAll(batch, from, to) }()
	}
	return nil
}

// close waits until everything is written.
func (a *answers) close() error {
	close(a.waiting)
	<-a.written
	return a.err
}

// answerAll answers the records of a batch from one to another, each beside what a person said of it. Several run at a time.
func (c classification) answerAll(batch intake.Batch, from, to int) []exchange.Answered {
	answered := make([]exchange.Answered, 0, to-from)
	near := c.nearestClaim(batch.Article)
	for i, record := range batch.Records[from:to] {
		answer := c.answer(batch.Article, near, record)
		if batch.Labels != nil {
			answer.Human = exchange.NewHuman(batch.Labels[from+i])
		}
		answered = append(answered, answer)
	}
	return answered
}
