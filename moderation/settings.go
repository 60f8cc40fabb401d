package moderation

import "context"

// Settings is what a user set for the own pages; the zero value is what everybody has first.
type Settings struct {
	KeysOff bool // single keys do nothing (WCAG 2.1.4)
}

const (
	settingKeys = "keys"
	settingOff  = "off"
)

// settingStore keeps each user's settings by name.
type settingStore interface {
	// Settings is what the user set; what was never set is not there.
	Settings(ctx context.Context, user string) (map[string]string, error)
	// Set keeps one setting.
	Set(ctx context.Context, user, name, value string) error
}

// Settings is what the user set.
func (s *Service) Settings(ctx context.Context, user string) (Settings, error) {
	set, err := s.store.Settings(ctx, user)
	return Settings{KeysOff: set[settingKeys] == settingOff}, err
}

// KeepSettings keeps all of the user's settings.
func (s *Service) KeepSettings(ctx context.Context, user string, settings Settings) error {
	keys := "on"
	if settings.KeysOff {
		keys = settingOff
	}
	return s.store.Set(ctx, user, settingKeys, keys)
}
