package webhook

import "github.com/golokalise/lokalise"

// LanguagesAdded is the event project.languages.added: languages were added.
type LanguagesAdded struct {
	Common
	Languages []Language `json:"languages"`
	User      User       `json:"user"`
}

// Name returns the event's name.
func (LanguagesAdded) Name() lokalise.WebhookEvent { return lokalise.EventLanguagesAdded }

// LanguageRemoved is the event project.language.removed: a language was removed.
type LanguageRemoved struct {
	Common
	Language Language `json:"language"`
	User     User     `json:"user"`
}

// Name returns the event's name.
func (LanguageRemoved) Name() lokalise.WebhookEvent {
	return lokalise.EventLanguageRemoved
}

// LanguageSettingsChanged is the event project.language.settings_changed: the settings
// of a language were changed.
type LanguageSettingsChanged struct {
	Common
	Language Language `json:"language"`
	User     User     `json:"user"`
}

// Name returns the event's name.
func (LanguageSettingsChanged) Name() lokalise.WebhookEvent {
	return lokalise.EventLanguageSettingsChanged
}
