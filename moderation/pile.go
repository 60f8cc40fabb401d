package moderation

// Pile is comments that read alike: each stands in the pile of a near-duplicate that was there when its text came, else in one of its own. Two
// comments of one pile are near-duplicates of one another, or in a row of them.
//
// OrderAlike shows the piles with most comments of the status first; piles of one size by their shelf (see Likeness). Counts change while somebody
// pages, and the piles move with them. A page goes on inside the pile that the last one ended in. A pile that shrank since may come once
// more, with what is left of it; one that grew past the place stands at the top when the queue is begun anew. Over all statuses, piles stand in the
// order in which they began, each with its approved comments first, then escalated, pending and rejected ones.
type Pile struct {
	ID        int64 // 0 for comments of an older database that are not on a pile yet: they come last
	Comments  int   // how many there are of the status asked for, of any where none was; 0 where ID is
	Continued bool  // the page before ended inside this pile
}
