package feature

// Edges are the words that a text begins and ends with: adverts open with a call and close with a name.

var edgePrefixes = [...]string{beginsPrefix, endsPrefix}

const (
	firstWordEdge = iota
	lastWordEdge
)

func (f *Features) addEdges(first, last *read) {
	f.addEdge(firstWordEdge, begins(first.common), first.at)
	f.addEdge(lastWordEdge, ends(last.common), last.at)
}

func (f *Features) addEdge(which int32, hash uint64, at int32) {
	if f.add(Edge, ForSpam, hash, at, at) {
		f.Items[len(f.Items)-1].detail[0] = which
	}
}
