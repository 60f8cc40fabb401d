package moderation

import "context"

// Settings is what a user set for the own pages; the zero value is what everybody has first.
type Settings struct {
	KeysOff  bool   // single keys do nothing (WCAG 2.1.4)
	Language string // the code of the language of the pages; "" for the browser's
	Zone     string // the IANA name of the time zone; "" for the browser's
}

const (
	settingKeys     = "keys"
	settingOff      = "off"
	settingLanguage = "language"
	settingZone     = "zone"
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
	return Settings{KeysOff: set[settingKeys] == settingOff, Language: set[settingLanguage], Zone: set[settingZone]}, err
}

// KeepLanguage keeps the user's language and time zone, which its caller has checked.
func (s *Service) KeepLanguage(ctx context.Context, user, language, zone string) error {
	if err := s.store.Set(ctx, user, settingLanguage, language); err != nil {
		return err
	}
	return s.store.Set(ctx, user, settingZone, zone)
}

// KeepSettings keeps whether the user's keys are on.
func (s *Service) KeepSettings(ctx context.Context, user string, settings Settings) error {
	keys := "on"
	if settings.KeysOff {
		keys = settingOff
	}
	return s.store.Set(ctx, user, settingKeys, keys)
}
