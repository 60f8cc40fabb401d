package classifier

// Prediction is a model's answers for one text, one an axis.
type Prediction struct {
	Model   string // the model's id
	Stance  Opinion
	Hostile Opinion
	Spam    Opinion
}

// Opinion is a model's answer on one axis.
type Opinion struct {
	Answer        string     // one of the axis's answers, or Unsure
	Best          string     // the most probable answer, also where Answer is Unsure; "" on an axis the model lacks
	Probabilities [3]float64 // in the order of Axis.Answers; they sum to 1, or are all 0 on an axis the model lacks
	Known         int        // words of the text that were seen in training
	Words         int        // words of the text
}

// On is the opinion on one axis.
func (p *Prediction) On(axis Axis) *Opinion {
	switch axis {
	case Stance:
		return &p.Stance
	case Hostile:
		return &p.Hostile
	default:
		return &p.Spam
	}
}

// Coverage is the share of the text's words that training had seen: 0 to 1.
func (o *Opinion) Coverage() float64 {
	if o.Words == 0 {
		return 0
	}
	return float64(o.Known) / float64(o.Words)
}

// Probability is the probability of one answer of the axis, 0 for an answer the axis does not have.
func (o *Opinion) Probability(axis Axis, answer string) float64 {
	if i := axis.AnswerIndex(answer); i >= 0 {
		return o.Probabilities[i]
	}
	return 0
}

// Evidence is the arithmetic behind one number: Prior plus the shares of all rows is LogOdds, to 1e-9.
type Evidence struct {
	Axis    Axis
	Answer  string  // what the log-odds speak for: yes, or one of favor, against, none (centred on the mean of the three)
	LogOdds float64 // calibrated, in nats
	Prior   float64 // what the score is before any word is read, in nats
	Scale   float64 // what each weight of a word or phrase was multiplied by: calibration slope over the square root of the known features
	// LetterScale is what each weight of a run of letters was multiplied by: its slope over the square root of the text's runs. 0 without letters.
	LetterScale float64
	Rows        []EvidenceRow
}

// EvidenceRow is one word or mark of the text and what it brought.
type EvidenceRow struct {
	Text       string  // as written
	ReadAs     string  // as the text chain read it; "" where that is only case folding
	Disguise   string  // how it was written unlike it is read: "dots, Cyrillic с"; "" for a word that hides nothing
	Start, End int     // in code points of the text; End is exclusive
	Share      float64 // in nats; above 0 speaks for Answer
}

// Explanation is a prediction with its evidence.
type Explanation struct {
	Prediction Prediction
	Answering  [3]AxisParameters // from where the model answers, in the order of Axes
	Evidence   []Evidence        // hostile and spam one each (yes), stance one a class, in the order of Axes and Answers; axes the model lacks are absent
}
