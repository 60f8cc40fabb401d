package web

import (
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
	"commentdesk/web/view"
)

// maxThresholdReason leaves room for what was changed, in words, within moderation.MaxReason.
const maxThresholdReason = 300

// thresholds shows from where the champion answers, and admins, where the address names other thresholds, what they would change.
func (s *Server) thresholds(c echo.Context) error {
	return s.renderThresholds(c, http.StatusOK, nil)
}

// renderThresholds lays the page out. refused is why a change that was sent is not made.
func (s *Server) renderThresholds(c echo.Context, status int, refused *view.Notice) error {
	ctx, frame := c.Request().Context(), s.frame(c, "models", s.t(c, "thresholds.title"))
	answering, err := s.options.Learner.Answering(ctx)
	if moderation.ErrorCode(err) == moderation.CodeInvalid {
		return s.render(c, http.StatusOK, view.Thresholds{Frame: frame, Notice: &view.Notice{Alarm: true, Title: sentence(frame.Local, err)}})
	}
	if err != nil {
		return err
	}
	judgements, err := s.options.Figures.Judgements(ctx)
	if err != nil {
		return err
	}
	page := view.NewThresholds(frame, answering, judgements)
	page.Notice = noticeOf(refused, frame)
	if c.FormValue("axis") == "" || !frame.MayAdminister() {
		return s.render(c, status, page)
	}
	change, err := thresholdChange(c)
	var after classifier.Parameters
	if err == nil {
		after, err = answering.Changed(change)
	}
	if wrong := refusal(c, err); wrong != nil {
		page.Refuse(c.FormValue("axis"), c.FormValue("low"), c.FormValue("high"), c.FormValue("coverage"), wrong.Title)
		return s.render(c, statuses[moderation.ErrorCode(err)], page)
	}
	if err != nil {
		return err
	}
	moves, err := s.options.Figures.Moves(ctx, change.Axis, after.Axes[change.Axis.Index()].Thresholds())
	if err != nil {
		return err
	}
	page.Proposing(change, answering.Parameters, after, judgements, moves)
	return s.render(c, status, page)
}

// setThresholds makes the change that was confirmed.
func (s *Server) setThresholds(c echo.Context) error {
	change, err := thresholdChange(c)
	if err == nil {
		change.Actor = userOf(c).Name
		err = s.options.Learner.SetThresholds(throughout(c), change)
	}
	if refused := refusal(c, err); refused != nil {
		return s.renderThresholds(c, statuses[moderation.ErrorCode(err)], refused)
	}
	if err != nil {
		return err
	}
	s.say(c, view.Toast{Text: s.t(c, "thresholds.changed", "axis", s.local(c).Axis(change.Axis))})
	return c.Redirect(http.StatusSeeOther, "/models/thresholds")
}

// thresholdChange reads the form.
func thresholdChange(c echo.Context) (learn.ThresholdChange, error) {
	axis, err := classifier.ParseAxis(c.FormValue("axis"))
	if err != nil {
		return learn.ThresholdChange{}, moderation.Invalid("no axis %.20q: stance, hostile or spam", c.FormValue("axis"))
	}
	change := learn.ThresholdChange{Over: c.FormValue("model"), Axis: axis, LetFit: c.FormValue("fit") == "yes", Reason: moderation.Clean(strings.TrimSpace(c.FormValue("reason")))}
	if utf8.RuneCountInString(change.Reason) > maxThresholdReason {
		return change, moderation.Invalid("the reason is longer than %d characters", maxThresholdReason)
	}
	if change.LetFit {
		return change, nil
	}
	for _, field := range []struct {
		name string
		into *float64
	}{{"low", &change.ByHand.Low}, {"high", &change.ByHand.High}, {"coverage", &change.ByHand.MinCoverage}} {
		text := strings.Replace(strings.TrimSpace(c.FormValue(field.name)), ",", ".", 1)
		if axis == classifier.Stance && field.name == "low" {
			continue
		}
		if *field.into, err = strconv.ParseFloat(text, 64); err != nil {
			return change, moderation.Invalid("a threshold is a number from 0 to 1")
		}
	}
	return change, nil
}
