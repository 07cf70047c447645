package api

import "github.com/golokalise/lokalise/sandbox/internal/state"

// Payloads of the events about keys, translations and languages, as the event
// types of the official Node SDK have them. What happens to one of them in a
// request is told as an event of its own, what happens to several as one event
// about all of them (the two kinds are documented; that the number decides is
// assumed).

// actionBulk is the action of an event about several things that one request
// changed. Documented is only the one of an upload, import.file; this one is
// assumed.
const actionBulk = "bulk.update"

type eventLanguage struct {
	ID   int64  `json:"id"`
	ISO  string `json:"iso"`
	Name string `json:"name"`
}

// eventKey is a key as an event about something else names it.
type eventKey struct {
	ID        int64           `json:"id"`
	Name      string          `json:"name"`
	Filenames perPlatformBody `json:"filenames"`
}

// keyAddedPayload is of project.key.added.
type keyAddedPayload struct {
	Key eventKeyAdded `json:"key"`
}

type eventKeyAdded struct {
	ID        int64           `json:"id"`
	Name      string          `json:"name"`
	BaseValue string          `json:"base_value"`
	Tags      []string        `json:"tags"`
	Filenames perPlatformBody `json:"filenames"`
}

// keysAddedPayload is of project.keys.added.
type keysAddedPayload struct {
	Action string           `json:"action,omitzero"`
	Keys   []eventKeysAdded `json:"keys"`
}

type eventKeysAdded struct {
	ID           int64           `json:"id"`
	Name         string          `json:"name"`
	BaseValue    string          `json:"base_value"`
	Tags         []string        `json:"tags"`
	Filenames    perPlatformBody `json:"filenames"`
	PreviousName *string         `json:"previous_name"`
	Hidden       bool            `json:"hidden"`
	Screenshots  []int64         `json:"screenshots"` // ids (assumed)
}

// keyModifiedPayload is of project.key.modified.
type keyModifiedPayload struct {
	Key eventKeyModified `json:"key"`
}

// keysModifiedPayload is of project.keys.modified.
type keysModifiedPayload struct {
	Action string             `json:"action,omitzero"`
	Keys   []eventKeyModified `json:"keys"`
}

type eventKeyModified struct {
	ID           int64           `json:"id"`
	Name         string          `json:"name"`
	PreviousName *string         `json:"previous_name"` // null: it has not changed
	Tags         []string        `json:"tags"`
	Filenames    perPlatformBody `json:"filenames"`
	Hidden       bool            `json:"hidden"`
	Screenshots  []int64         `json:"screenshots"` // ids (assumed)
}

// keysDeletedPayload is of project.keys.deleted, which is told of one key too.
type keysDeletedPayload struct {
	Action string            `json:"action,omitzero"`
	Keys   []eventKeyDeleted `json:"keys"`
}

type eventKeyDeleted struct {
	ID        int64           `json:"id"`
	Name      string          `json:"name"`
	BaseValue string          `json:"base_value"`
	Filenames perPlatformBody `json:"filenames"`
}

// commentAddedPayload is of project.key.comment.added.
type commentAddedPayload struct {
	Comment eventComment `json:"comment"`
	Key     eventKey     `json:"key"`
}

type eventComment struct {
	Value string `json:"value"`
}

// translationUpdatedPayload is of project.translation.updated.
type translationUpdatedPayload struct {
	Translation eventTranslationUpdated `json:"translation"`
	Language    eventLanguage           `json:"language"`
	Key         eventKey                `json:"key"`
}

type eventTranslationUpdated struct {
	ID            int64  `json:"id"`
	Value         string `json:"value"`
	PreviousValue string `json:"previous_value"`
	Segment       int64  `json:"segment,omitzero"`
}

// translationsUpdatedPayload is of project.translations.updated.
type translationsUpdatedPayload struct {
	Action       string                     `json:"action"`
	Translations []eventTranslationsUpdated `json:"translations"`
}

type eventTranslationsUpdated struct {
	ID            int64         `json:"id"`
	Value         string        `json:"value"`
	PreviousValue string        `json:"previous_value"`
	Language      eventLanguage `json:"language"`
	Key           eventKey      `json:"key"`
}

// translationProofreadPayload is of project.translation.proofread.
type translationProofreadPayload struct {
	Translation eventTranslationProofread `json:"translation"`
	Language    eventLanguage             `json:"language"`
	Key         eventKey                  `json:"key"`
}

type eventTranslationProofread struct {
	ID          int64  `json:"id"`
	Value       string `json:"value"`
	IsProofread bool   `json:"is_proofread"`
	Segment     int64  `json:"segment,omitzero"`
}

// translationsProofreadPayload is of project.translations.proofread.
type translationsProofreadPayload struct {
	Action       string                       `json:"action"`
	Translations []eventTranslationsProofread `json:"translations"`
}

type eventTranslationsProofread struct {
	ID          int64         `json:"id"`
	Value       string        `json:"value"`
	IsProofread bool          `json:"is_proofread"`
	Language    eventLanguage `json:"language"`
	Key         eventKey      `json:"key"`
}

// languagesAddedPayload is of project.languages.added.
type languagesAddedPayload struct {
	Languages []eventLanguage `json:"languages"`
}

// languagePayload is of project.language.removed and of
// project.language.settings_changed.
type languagePayload struct {
	Language eventLanguage `json:"language"`
}

func languageEvent(l *state.Language) eventLanguage { return eventLanguage{l.ID, l.ISO, l.Name} }

func keyEvent(k *state.Key) eventKey { return eventKey{k.ID, k.Name(), perPlatformView(k.Filenames)} }
