package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// auditRows is how many rows a page of the audit log shows.
const auditRows = 50

// audit shows what was done, by whom, newest first.
func (s *Server) audit(c echo.Context) error {
	ctx, status := c.Request().Context(), http.StatusOK
	page := view.Audit{Frame: s.frame(c, "audit", s.t(c, "audit.title")), Form: readAuditForm(c.QueryParams())}
	kinds, err := s.options.Service.AuditKinds(ctx)
	if err != nil {
		return err
	}
	page.Kinds = view.NewAuditKinds(s.local(c), kinds, page.Form.Kind)
	filter, err := s.auditFilter(c, page.Form)
	var listed moderation.AuditPage
	if err == nil {
		listed, err = s.options.Service.Audit(ctx, moderation.AuditRequest{Filter: filter, Limit: auditRows, After: c.QueryParam("after")})
	}
	if page.Notice = refusal(c, err); page.Notice != nil {
		status = statuses[moderation.ErrorCode(err)]
	} else if err != nil {
		return err
	}
	undone, err := s.options.Service.Undone(ctx, listed.Rows)
	if err != nil {
		return err
	}
	page.Rows = view.NewAuditRows(s.local(c), listed.Rows, undone)
	page.Later = c.QueryParam("after") != ""
	page.Next = listed.Next
	return s.render(c, status, page)
}

func readAuditForm(values url.Values) view.AuditForm {
	return view.AuditForm{Who: values.Get("who"), Kind: values.Get("kind"), From: values.Get("from"), To: values.Get("to"), Comment: values.Get("comment")}
}

// auditFilter reads the form; days are days in UTC, the last one included. A user's name is found in any case.
func (s *Server) auditFilter(c echo.Context, form view.AuditForm) (filter moderation.AuditFilter, err error) {
	filter.Actor, filter.Kind, filter.Decision = form.Who, form.Kind, view.AuditDecision(form.Kind)
	if filter.Decision != "" {
		filter.Kind = string(moderation.KindAct)
	}
	if form.Who != "" {
		user, err := s.options.Accounts.ByName(c.Request().Context(), form.Who)
		if err == nil {
			filter.Actor = user.Name
		} else if moderation.ErrorCode(err) != moderation.CodeNotFound {
			return filter, err
		}
	}
	if filter.From, err = readDay(form.From); err != nil {
		return filter, err
	}
	if filter.Until, err = readDay(form.To); err != nil {
		return filter, err
	}
	if !filter.Until.IsZero() {
		filter.Until = filter.Until.AddDate(0, 0, 1)
	}
	if form.Comment != "" {
		if filter.CommentID, err = strconv.ParseInt(form.Comment, 10, 64); err != nil || filter.CommentID <= 0 {
			return filter, moderation.Invalid("a comment is named by its number")
		}
	}
	return filter, nil
}

func readDay(written string) (time.Time, error) {
	if written == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, written)
	if err != nil {
		return day, moderation.Invalid("a day is written like 2026-05-14")
	}
	return day, nil
}
