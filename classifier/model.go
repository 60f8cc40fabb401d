package classifier

// Model is immutable and answers for one to three axes. It is safe for concurrent use.
type Model struct {
	id string
}

// ID is the hash of the model's content.
func (m *Model) ID() string { return m.id }

// Classify answers for one example; its labels are ignored.
func (m *Model) Classify(e Example) Prediction { return Prediction{Model: m.id} }

// Explain is Classify with the arithmetic.
func (m *Model) Explain(e Example) Explanation { return Explanation{Prediction: m.Classify(e)} }
