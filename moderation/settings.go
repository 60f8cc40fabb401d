package moderation

import (
	"context"
	"slices"
	"strconv"
)

// Settings is what a user set for the own pages; the zero value is what everybody has first.
type Settings struct {
	KeysOff  bool   // single keys do nothing (WCAG 2.1.4)
	Keymap   string // keys that lie elsewhere than for everybody, as the pages wrote it
	Language string // the code of the language of the pages; "" for the browser's
	Zone     string // the IANA name of the time zone; "" for the browser's
	Cover    bool   // hostile text is covered until it is asked for
	Calm     int    // how many of 100 comments that come next are calm ones, one of CalmShares
}

// CalmShares are the shares of calm comments that can be mixed in, in percent.
var CalmShares = [4]int{0, 10, 20, 30}

const (
	settingKeys     = "keys"
	settingOff      = "off"
	settingKeymap   = "keymap"
	settingLanguage = "language"
	settingZone     = "zone"
	settingCover    = "cover"
	settingCalm     = "calm"
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
	settings := Settings{
		KeysOff: set[settingKeys] == settingOff, Keymap: set[settingKeymap], Language: set[settingLanguage], Zone: set[settingZone],
		Cover: set[settingCover] == "on",
	}
	if share, wrong := strconv.Atoi(set[settingCalm]); wrong == nil && slices.Contains(CalmShares[:], share) {
		settings.Calm = share
	}
	return settings, err
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

// KeepKeymap keeps where the user's keys lie, which its caller has checked; "" where everybody's do.
func (s *Service) KeepKeymap(ctx context.Context, user, keymap string) error {
	return s.store.Set(ctx, user, settingKeymap, keymap)
}

// KeepCalm keeps whether hostile text is covered for the user, and the share of calm comments, one of CalmShares.
func (s *Service) KeepCalm(ctx context.Context, user string, cover bool, share int) error {
	if !slices.Contains(CalmShares[:], share) {
		return Invalid("0, 10, 20 or 30 of 100 comments are calm ones")
	}
	covered := "off"
	if cover {
		covered = "on"
	}
	if err := s.store.Set(ctx, user, settingCover, covered); err != nil {
		return err
	}
	return s.store.Set(ctx, user, settingCalm, strconv.Itoa(share))
}
