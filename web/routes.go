package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"commentdesk/moderation/account"
)

// anyone is the least role of pages that need no sign-in; machine marks addresses that have no session at all.
const (
	anyone  account.Role = ""
	machine account.Role = "machine"
)

// route is one line of the table.
type route struct {
	method, path string
	least        account.Role // the weakest role that may use it
	handler      echo.HandlerFunc
	limits       []echo.MiddlewareFunc
}

// routes is every address of the desk and who may use it. What answers GET answers HEAD as well.
func (s *Server) routes() []route {
	signIn := signInLimits()
	return []route{
		{http.MethodGet, "/healthz", machine, s.health, nil},
		{http.MethodGet, "/readyz", machine, s.ready, nil},
		{http.MethodGet, "/static/:name", machine, s.asset, nil},

		{http.MethodGet, "/sign-in", anyone, s.signInPage, nil},
		{http.MethodPost, "/sign-in", anyone, s.signIn, signIn},
		{http.MethodPost, "/sign-out", anyone, s.signOut, nil},

		{http.MethodGet, "/", account.Viewer, s.queue, nil},
		{http.MethodPost, "/act", account.Moderator, s.act, nil},
		{http.MethodPost, "/later", account.Moderator, s.later, nil},
		{http.MethodGet, "/answers", account.Moderator, s.answers, nil},
		{http.MethodPost, "/answers/seen", account.Moderator, s.seeAnswers, nil},
		{http.MethodGet, "/change", account.Moderator, s.change, nil},
		{http.MethodPost, "/undo", account.Moderator, s.undo, nil},
		{http.MethodGet, "/bulk", account.Moderator, s.askBulk, nil},
		{http.MethodPost, "/bulk", account.Moderator, s.bulk, nil},
		{http.MethodPost, "/views", account.Viewer, s.saveView, nil},
		{http.MethodPost, "/views/delete", account.Viewer, s.dropView, nil},
		{http.MethodPost, "/lease", account.Moderator, s.lease, nil},
		{http.MethodPost, "/articles/topic", account.Editor, s.assignTopic, nil},

		{http.MethodPost, "/notes", account.Moderator, s.addNote, nil},
		{http.MethodPost, "/notes/withdraw", account.Moderator, s.withdrawNote, nil},
		{http.MethodGet, "/evidence/:id/:position", account.Viewer, s.evidenceThen, nil},
		{http.MethodGet, "/alike/:id", account.Moderator, s.alike, nil},
		{http.MethodPost, "/alike/:id", account.Moderator, s.decideAlike, nil},

		{http.MethodGet, "/topics", account.Viewer, s.topics, nil},
		{http.MethodPost, "/topics", account.Editor, s.addTopic, nil},

		{http.MethodGet, "/reasons", account.Editor, s.reasons, nil},
		{http.MethodPost, "/reasons", account.Editor, s.addReason, nil},
		{http.MethodPost, "/reasons/change", account.Editor, s.changeReason, nil},
		{http.MethodPost, "/reasons/move", account.Editor, s.moveReason, nil},

		{http.MethodGet, "/models", account.Viewer, s.models, nil},
		{http.MethodGet, "/models/thresholds", account.Moderator, s.thresholds, nil},
		{http.MethodPost, "/models/thresholds", account.Admin, s.setThresholds, nil},
		{http.MethodGet, "/models/:id", account.Viewer, s.model, nil},
		{http.MethodPost, "/models/retrain", account.Editor, s.retrain, nil},
		{http.MethodPost, "/models/promote", account.Editor, s.promote, nil},
		{http.MethodPost, "/models/rollback", account.Editor, s.rollback, nil},

		{http.MethodGet, "/dashboard", account.Viewer, s.dashboard, nil},
		{http.MethodGet, "/dashboard/week", account.Viewer, s.week, nil},
		{http.MethodGet, "/dashboard/week.csv", account.Viewer, s.weekCSV, nil},
		{http.MethodGet, "/grid", account.Viewer, s.grid, nil},
		{http.MethodGet, "/fairness", account.Viewer, s.fairness, nil},

		{http.MethodGet, "/password", account.Viewer, s.password, nil},
		{http.MethodPost, "/password", account.Viewer, s.changePassword, []echo.MiddlewareFunc{passwordLimit()}},

		{http.MethodGet, "/settings", account.Viewer, s.settings, nil},
		{http.MethodPost, "/settings", account.Viewer, s.keepSettings, nil},
		{http.MethodPost, "/settings/language", account.Viewer, s.keepLanguage, nil},
		{http.MethodPost, "/settings/calm", account.Viewer, s.keepCalm, nil},
		{http.MethodPost, "/settings/keys", account.Viewer, s.keepKeymap, nil},

		{http.MethodGet, "/users", account.Admin, s.users, nil},
		{http.MethodPost, "/users", account.Admin, s.addUser, nil},
		{http.MethodPost, "/users/role", account.Admin, s.setRole, nil},
		{http.MethodPost, "/users/disable", account.Admin, s.disableUser, nil},
		{http.MethodPost, "/users/password", account.Admin, s.setPassword, nil},
		{http.MethodPost, "/users/sign-out", account.Admin, s.signOutUser, nil},
		{http.MethodPost, "/password/sign-out", account.Viewer, s.signOutEverywhere, nil},

		{http.MethodGet, "/topics/articles", account.Viewer, s.articles, nil},
		{http.MethodPost, "/topics/assign", account.Editor, s.assignTopics, nil},
		{http.MethodPost, "/topics/refuse", account.Editor, s.refuseTopic, nil},
		{http.MethodGet, "/topics/merge", account.Editor, s.merge, nil},
		{http.MethodPost, "/topics/merge", account.Editor, s.mergeTopics, nil},
		{http.MethodPost, "/topics/unmerge", account.Editor, s.undoMerge, nil},
		{http.MethodGet, "/live", account.Viewer, s.live, nil},
		{http.MethodGet, "/audit", account.Editor, s.audit, nil},
		{http.MethodGet, "/audit.csv", account.Admin, s.auditCSV, nil},
	}
}

// guards are what a request passes before its handler.
func (s *Server) guards(r route) []echo.MiddlewareFunc {
	switch r.least {
	case machine:
		return nil
	case anyone:
		return []echo.MiddlewareFunc{s.withSession}
	}
	return []echo.MiddlewareFunc{s.withSession, s.requireRole(r.least)}
}
