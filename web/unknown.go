package web

import (
	"context"

	"commentdesk/moderation"
)

// unknown says which topic, article, comment, colleague or author of the filter there is nothing of; nil where all are known. Each is one look into an index.
func (s *Server) unknown(ctx context.Context, filter moderation.Filter) error {
	if filter.Topic != "" {
		if _, err := s.options.Service.Topic(ctx, filter.Topic); err != nil {
			return err
		}
	}
	if filter.Article != "" {
		if _, err := s.options.Service.Article(ctx, filter.Article); err != nil {
			return err
		}
	}
	if filter.ID != 0 {
		if _, err := s.options.Service.Comment(ctx, filter.ID); err != nil {
			return err
		}
	}
	if filter.For != "" && filter.For != moderation.Me {
		if _, err := s.options.Accounts.ByName(ctx, filter.For); err != nil {
			return err
		}
	}
	if filter.Author == "" {
		return nil
	}
	if found, err := s.options.Service.HasAuthor(ctx, filter.Author); err != nil || found {
		return err
	}
	return moderation.NotFound("no comment by an author %q: the whole name, in quotes where it has spaces", filter.Author)
}
