package learn_test

import (
	"context"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
	"commentdesk/moderation/sqlstore"
)

// shippedStarter is the model that the program ships with.
var shippedStarter = registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}

// Words that the small starter knows: those that say nothing, and those that speak for an answer.
var (
	plainWords = strings.Fields(`the a of to and in is it that you this they on at with for one so we what about from have will would could
		our street town council people think see say read paper here now again today year week house bus school water old new every some
		always still made went going like make take such only all there their your my was were than then how who as by or be are do did`)
	insults   = strings.Fields("idiot moron scum pathetic clown liar coward fool")
	courtesy  = strings.Fields("thanks please kind agreed welcome fair friend sorry")
	offers    = strings.Fields("cheap click buy discount earn bitcoin pills offer")
	reporting = strings.Fields("article mayor reader vote letter meeting budget report")
)

const oldClaim = "The town should build the bridge"

// smallStarter is trained once, from synthetic text.
var smallStarter = sync.OnceValues(func() (registry.Files, error) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(words []string) string { return words[random.IntN(len(words))] }
	leaning := map[bool][2][]string{true: {insults, offers}, false: {courtesy, reporting}}
	stances := map[string][]string{
		classifier.Favor: {"support", "finally"}, classifier.Against: {"oppose", "waste"}, classifier.None: {"weather", "football"},
	}
	var examples []classifier.Example
	for i := range 900 {
		hostile, spam, stance := i%3 == 0, i%4 == 0, classifier.Stance.Answers()[random.IntN(3)]
		words := []string{pick(leaning[hostile][0]), pick(leaning[hostile][0]), pick(leaning[spam][1]), pick(leaning[spam][1]), pick(stances[stance])}
		for range 5 + random.IntN(15) {
			words = append(words, pick(plainWords))
		}
		random.Shuffle(len(words), func(a, b int) { words[a], words[b] = words[b], words[a] })
		examples = append(examples, classifier.Example{Text: strings.Join(words, " "), Claim: oldClaim, Labels: map[classifier.Axis]string{
			classifier.Hostile: yesNo(hostile), classifier.Spam: yesNo(spam), classifier.Stance: stance,
		}})
	}
	model, counts, err := classifier.Train(feature.Current, examples, classifier.Shipped())
	if err != nil {
		return registry.Files{}, err
	}
	return registry.Encode(model, counts, registry.Origin{Data: "made for tests"}, nil)
})

func yesNo(yes bool) string {
	if yes {
		return classifier.Yes
	}
	return classifier.No
}

func starter(t testing.TB) registry.Files {
	t.Helper()
	files, err := smallStarter()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func manifestOf(t testing.TB, files registry.Files) registry.Manifest {
	t.Helper()
	manifest, err := registry.ReadManifest(files.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	return manifest
}

// desk is a learner with a real store and the service beside it.
type desk struct {
	t        testing.TB
	path     string
	store    *sqlstore.Store
	champion *learn.Champion
	service  *moderation.Service
	learner  *learn.Learner
	acts     int
}

var began = time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)

func clock() time.Time { return began }

// newDesk is a desk with an empty store on the small starter.
func newDesk(t testing.TB, change ...func(*learn.Options)) *desk {
	t.Helper()
	return openDesk(t, filepath.Join(t.TempDir(), "desk.db"), starter(t), change...)
}

func openDesk(t testing.TB, path string, files registry.Files, change ...func(*learn.Options)) *desk {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	champion, err := learn.OpenChampion(t.Context(), store, files, clock)
	if err != nil {
		t.Fatal(err)
	}
	service := moderation.NewService(store, champion, clock)
	options := learn.Options{Store: store, Starter: files, Champion: champion, Rescore: service.Rescore, Now: clock, AutoPromote: true}
	for _, c := range change {
		c(&options)
	}
	return &desk{t: t, path: path, store: store, champion: champion, service: service, learner: learn.NewLearner(options)}
}

func waitForEditor(o *learn.Options) { o.AutoPromote = false }

// submit brings in a page under a claim ("" leaves the article without a topic) and returns the comments' numbers.
func (d *desk) submit(claim string, texts ...string) []int64 {
	d.t.Helper()
	headline := fmt.Sprintf("Page %d of the evening paper", d.acts)
	d.acts++
	article := moderation.Article{URL: "https://news.example/" + strings.ReplaceAll(headline, " ", "-"), Headline: headline, Origin: moderation.OriginPage}
	if claim != "" {
		article.Topic = fmt.Sprintf("about %08x", crc32.ChecksumIEEE([]byte(claim)))
		if err := d.service.AddTopic(d.t.Context(), article.Topic, claim, "eve"); err != nil {
			d.t.Fatal(err)
		}
	}
	comments := make([]moderation.Comment, len(texts))
	for i, text := range texts {
		comments[i] = moderation.Comment{Position: i + 1, Author: "Reader", Text: text}
	}
	receipt, err := d.service.Submit(d.t.Context(), article, comments)
	if err != nil || receipt.New != len(texts) {
		d.t.Fatalf("%d texts submitted: %+v, error %v", len(texts), receipt, err)
	}
	var ids []int64
	request := moderation.QueueRequest{Order: moderation.OrderOldest, Limit: moderation.MaxPage}
	for {
		page, err := d.service.Queue(d.t.Context(), request)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, c := range page.Comments {
			if c.Article.Headline == headline {
				ids = append(ids, c.ID)
			}
		}
		if request.After = page.Next; page.Next == "" {
			return ids
		}
	}
}

// label answers one axis of a comment and returns the action's id.
func (d *desk) label(id int64, axis classifier.Axis, answer string) string {
	d.t.Helper()
	return d.act(moderation.Action{CommentID: id, Labels: map[classifier.Axis]string{axis: answer}})
}

func (d *desk) act(action moderation.Action) string {
	d.t.Helper()
	d.acts++
	action.ID, action.Actor, action.Revision = fmt.Sprintf("act-%d", d.acts), "anna", d.comment(action.CommentID).State.Revision
	if _, err := d.service.Act(d.t.Context(), action); err != nil {
		d.t.Fatal(err)
	}
	return action.ID
}

func (d *desk) undo(action string) {
	d.t.Helper()
	if _, err := d.service.Undo(d.t.Context(), action, "anna", false); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) comment(id int64) moderation.Stored {
	d.t.Helper()
	stored, err := d.service.Comment(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return stored
}

func (d *desk) retrain() learn.Report {
	d.t.Helper()
	report, err := d.learner.Retrain(d.t.Context(), "anna", quiet)
	if err != nil {
		d.t.Fatal(err)
	}
	return report
}

func (d *desk) models() []learn.ModelRecord {
	d.t.Helper()
	records, err := d.learner.Models(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return records
}

// lastJob is the newest job.
func (d *desk) lastJob() learn.Job {
	d.t.Helper()
	jobs, err := d.learner.Jobs(d.t.Context(), 1)
	if err != nil || len(jobs) != 1 {
		d.t.Fatalf("jobs %+v, error %v", jobs, err)
	}
	return jobs[0]
}

func (d *desk) championID() string {
	d.t.Helper()
	id, err := d.store.ChampionID(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func quiet(string, int) {}

// phrase is the numbered text of plain words and the words given, no two of them near-duplicates.
func phrase(n int, words ...string) string {
	random := rand.New(rand.NewPCG(uint64(n), 99))
	for range 12 {
		words = append(words, plainWords[random.IntN(len(plainWords))])
	}
	random.Shuffle(len(words), func(a, b int) { words[a], words[b] = words[b], words[a] })
	return strings.Join(words, " ")
}

func wantCode(t testing.TB, err error, code moderation.Code) {
	t.Helper()
	if got := moderation.ErrorCode(err); got != code {
		t.Errorf("error %v has code %q, want %q", err, got, code)
	}
}
