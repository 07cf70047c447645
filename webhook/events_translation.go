package webhook

import "github.com/golokalise/lokalise"

// TranslationUpdated is the event project.translation.updated: a translation was
// changed.
type TranslationUpdated struct {
	Common
	Translation Translation `json:"translation"`
	Language    Language    `json:"language"`
	Key         Key         `json:"key"`
	User        User        `json:"user"`
}

// Name returns the event's name.
func (TranslationUpdated) Name() lokalise.WebhookEvent {
	return lokalise.EventTranslationUpdated
}

// TranslationsUpdated is the event project.translations.updated: many translations were
// changed at once.
type TranslationsUpdated struct {
	Common
	// Action is what caused it, such as import.file for an upload; empty where the
	// event does not say.
	Action       string        `json:"action,omitempty"`
	Translations []Translation `json:"translations"`
	User         User          `json:"user"`
}

// Name returns the event's name.
func (TranslationsUpdated) Name() lokalise.WebhookEvent {
	return lokalise.EventTranslationsUpdated
}

// TranslationProofread is the event project.translation.proofread: a translation was
// reviewed, or its review was taken back.
type TranslationProofread struct {
	Common
	Translation Translation `json:"translation"`
	Language    Language    `json:"language"`
	Key         Key         `json:"key"`
	User        User        `json:"user"`
}

// Name returns the event's name.
func (TranslationProofread) Name() lokalise.WebhookEvent {
	return lokalise.EventTranslationProofread
}

// TranslationsProofread is the event project.translations.proofread: many translations
// were reviewed at once.
type TranslationsProofread struct {
	Common
	// Action is what caused it, such as import.file for an upload; empty where the
	// event does not say.
	Action       string        `json:"action,omitempty"`
	Translations []Translation `json:"translations"`
	User         User          `json:"user"`
}

// Name returns the event's name.
func (TranslationsProofread) Name() lokalise.WebhookEvent {
	return lokalise.EventTranslationsProofread
}
