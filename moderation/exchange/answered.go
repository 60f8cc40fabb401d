package exchange

import (
	"math"

	"commentdesk/classifier"
)

// ActionQueue is what becomes of every comment until rules that have earned their right exist.
const ActionQueue = "queue"

// Answered is a record with the model's answers, and a person's where there are any.
type Answered struct {
	Record
	ClaimFrom     string        `json:"claim_from"` // given, matched or headline; "" without a claim
	Labels        Labels        `json:"labels"`     // an answer of the axis, or unsure
	Probabilities Probabilities `json:"probabilities"`
	Coverage      Coverage      `json:"coverage"`
	Action        string        `json:"action"`
	Model         string        `json:"model"`
	Evidence      *Evidence     `json:"evidence,omitempty"` // nil where nobody asked for it
	Human         *Labels       `json:"human,omitempty"`    // a person's labels; nil where there are none, "" on an axis without
}

// Labels is one answer an axis.
type Labels struct {
	Stance  string `json:"stance"`
	Hostile string `json:"hostile"`
	Spam    string `json:"spam"`
}

// Probabilities is one number an answer, rounded to six decimals; nil on an axis that the model lacks.
type Probabilities struct {
	Stance  StanceProbabilities `json:"stance"`
	Hostile YesNo               `json:"hostile"`
	Spam    YesNo               `json:"spam"`
}

// StanceProbabilities sum to 1.
type StanceProbabilities struct {
	Favor   *float64 `json:"favor"`
	Against *float64 `json:"against"`
	None    *float64 `json:"none"`
}

// YesNo probabilities sum to 1.
type YesNo struct {
	Yes *float64 `json:"yes"`
	No  *float64 `json:"no"`
}

// Coverage is the share of a text's words that training had seen, an axis: 0 to 1.
type Coverage struct {
	Stance  float64 `json:"stance"`
	Hostile float64 `json:"hostile"`
	Spam    float64 `json:"spam"`
}

// Evidence is the arithmetic behind the answers: for stance one part a class in the order favor, against, none, centred on the mean of the
// three; nil on an axis that the model lacks.
type Evidence struct {
	Claim   *NearestClaim  `json:"claim,omitempty"` // nil where the claim was given, or no claim is near
	Stance  []EvidencePart `json:"stance"`
	Hostile *EvidencePart  `json:"hostile"`
	Spam    *EvidencePart  `json:"spam"`
}

// NearestClaim is the claim that the article stands nearest to, of those the model learned stance for. It is matched where Nearness reaches
// Threshold.
type NearestClaim struct {
	Sentence  string  `json:"sentence"`
	Nearness  float64 `json:"nearness"`
	Threshold float64 `json:"threshold"`
}

// NewNearestClaim is nil where no claim is near.
func NewNearestClaim(match classifier.ClaimMatch) *NearestClaim {
	if match.Nearness == 0 {
		return nil
	}
	return &NearestClaim{Sentence: match.Claim.Sentence, Nearness: rounded(match.Nearness), Threshold: rounded(match.Threshold)}
}

// EvidencePart speaks for one answer: Prior plus the shares of all rows is LogOdds, in nats.
type EvidencePart struct {
	Answer  string        `json:"answer"`
	LogOdds float64       `json:"log_odds"`
	Prior   float64       `json:"prior"`
	Scale   float64       `json:"scale"`        // of words and phrases: calibration over the root of how many are known
	Letters float64       `json:"letter_scale"` // the same for runs of letters
	Rows    []EvidenceRow `json:"rows"`
}

// EvidenceRow is one word or mark of the text; Start and End are code points, End is exclusive.
type EvidenceRow struct {
	Text   string  `json:"text"`
	ReadAs string  `json:"read_as"`
	Hidden string  `json:"disguise"` // how the word was disguised: "dots, Cyrillic с"
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Share  float64 `json:"share"`
}

// NewAnswered puts a prediction beside a record.
func NewAnswered(record Record, claimFrom string, prediction classifier.Prediction) Answered {
	stance, hostile, spam := &prediction.Stance, &prediction.Hostile, &prediction.Spam
	favor, against, none := probability(stance, classifier.Stance, classifier.Favor), probability(stance, classifier.Stance, classifier.Against),
		probability(stance, classifier.Stance, classifier.None)
	return Answered{
		Record:    record,
		ClaimFrom: claimFrom,
		Labels:    Labels{Stance: answer(stance), Hostile: answer(hostile), Spam: answer(spam)},
		Probabilities: Probabilities{
			Stance:  StanceProbabilities{Favor: favor, Against: against, None: none},
			Hostile: yesNo(hostile, classifier.Hostile),
			Spam:    yesNo(spam, classifier.Spam),
		},
		Coverage: Coverage{Stance: rounded(stance.Coverage()), Hostile: rounded(hostile.Coverage()), Spam: rounded(spam.Coverage())},
		Action:   ActionQueue,
		Model:    prediction.Model,
	}
}

// NewEvidence arranges an explanation's evidence by axis.
func NewEvidence(evidence []classifier.Evidence) *Evidence {
	arranged := &Evidence{Stance: []EvidencePart{}}
	for _, e := range evidence {
		part := EvidencePart{Answer: e.Answer, LogOdds: e.LogOdds, Prior: e.Prior, Scale: e.Scale, Letters: e.LetterScale, Rows: make([]EvidenceRow, len(e.Rows))}
		for i, row := range e.Rows {
			part.Rows[i] = EvidenceRow{Text: row.Text, ReadAs: row.ReadAs, Hidden: row.Disguise, Start: row.Start, End: row.End, Share: row.Share}
		}
		switch e.Axis {
		case classifier.Stance:
			arranged.Stance = append(arranged.Stance, part)
		case classifier.Hostile:
			arranged.Hostile = &part
		case classifier.Spam:
			arranged.Spam = &part
		}
	}
	return arranged
}

// NewHuman is a person's labels for Answered.Human; nil where there are none.
func NewHuman(labels map[classifier.Axis]string) *Labels {
	if len(labels) == 0 {
		return nil
	}
	return &Labels{Stance: labels[classifier.Stance], Hostile: labels[classifier.Hostile], Spam: labels[classifier.Spam]}
}

func answer(opinion *classifier.Opinion) string {
	if opinion.Answer == "" {
		return classifier.Unsure
	}
	return opinion.Answer
}

func yesNo(opinion *classifier.Opinion, axis classifier.Axis) YesNo {
	return YesNo{Yes: probability(opinion, axis, classifier.Yes), No: probability(opinion, axis, classifier.No)}
}

func probability(opinion *classifier.Opinion, axis classifier.Axis, answer string) *float64 {
	if opinion.Best == "" {
		return nil
	}
	p := rounded(opinion.Probability(axis, answer))
	return &p
}

// rounded keeps six decimals, so that output is equal on every machine.
func rounded(share float64) float64 { return math.Round(share*1e6) / 1e6 }
