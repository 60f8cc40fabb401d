package web

import (
	"encoding/csv"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation"
	"commentdesk/web/view"
)

// auditCSV streams every row that the filter of the page wants. Comments' texts are not among the columns.
func (s *Server) auditCSV(c echo.Context) error {
	filter, err := s.auditFilter(c, readAuditForm(c.QueryParams()))
	if err != nil {
		return err
	}
	request := moderation.AuditRequest{Filter: filter, Limit: moderation.MaxAuditPage}
	page, err := s.options.Service.Audit(c.Request().Context(), request)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentType, "text/csv; charset=utf-8; header=present")
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="audit-`+s.options.Now().UTC().Format(time.DateOnly)+`.csv"`)
	c.Response().WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	if err := s.writeAudit(c, request, page); err != nil {
		s.options.Logger.Error("the audit log was cut short", "id", requestID(c), "error", err)
		panic(http.ErrAbortHandler) // the connection breaks, so that nobody takes what came for all of it
	}
	return nil
}

// writeAudit writes the page of the log that was asked for, and every page behind it.
func (s *Server) writeAudit(c echo.Context, request moderation.AuditRequest, page moderation.AuditPage) (err error) {
	rows, connection := csv.NewWriter(c.Response()), http.NewResponseController(c.Response())
	if err := rows.Write(view.AuditColumns); err != nil {
		return err
	}
	for {
		if err := connection.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
			return err
		}
		for _, row := range page.Rows {
			if err := rows.Write(guardCells(view.AuditCells(row))); err != nil {
				return err
			}
		}
		if rows.Flush(); rows.Error() != nil {
			return rows.Error()
		}
		if request.After = page.Next; request.After == "" {
			return nil
		}
		if page, err = s.options.Service.Audit(c.Request().Context(), request); err != nil {
			return err
		}
	}
}

// guardCells keeps a spreadsheet from reading a cell as a formula: a leading ' before what begins with = + - @, tab or carriage return.
func guardCells(cells []string) []string {
	for i, cell := range cells {
		if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
			cells[i] = "'" + cell
		}
	}
	return cells
}
