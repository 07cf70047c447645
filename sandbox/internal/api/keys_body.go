package api

import "github.com/golokalise/lokalise/sandbox/internal/state"

// keyBody is a key on the wire, its members in the recorded order.
type keyBody struct {
	KeyID                         int64             `json:"key_id"`
	CreatedAt                     string            `json:"created_at"`
	CreatedAtTimestamp            int64             `json:"created_at_timestamp"`
	KeyName                       perPlatformBody   `json:"key_name"`
	Filenames                     perPlatformBody   `json:"filenames"`
	Description                   string            `json:"description"`
	Platforms                     []string          `json:"platforms"`
	Tags                          []string          `json:"tags"`
	Comments                      []commentBody     `json:"comments,omitzero"`
	Screenshots                   []screenshotBody  `json:"screenshots,omitzero"`
	Translations                  []translationBody `json:"translations,omitzero"`
	IsPlural                      bool              `json:"is_plural"`
	PluralName                    string            `json:"plural_name"`
	IsHidden                      bool              `json:"is_hidden"`
	IsArchived                    bool              `json:"is_archived"`
	Context                       string            `json:"context"`
	BaseWords                     int               `json:"base_words"`
	CharLimit                     int64             `json:"char_limit"`
	CustomAttributes              string            `json:"custom_attributes"`
	ModifiedAt                    string            `json:"modified_at"`
	ModifiedAtTimestamp           int64             `json:"modified_at_timestamp"`
	TranslationsModifiedAt        string            `json:"translations_modified_at"`
	TranslationsModifiedTimestamp int64             `json:"translations_modified_at_timestamp"`
}

// perPlatformBody is a text for each platform. All four are always there
// (recorded), also in a project that has one name for all of them.
type perPlatformBody struct {
	IOS     string `json:"ios"`
	Android string `json:"android"`
	Web     string `json:"web"`
	Other   string `json:"other"`
}

func perPlatformView(p state.PerPlatform) perPlatformBody { return perPlatformBody(p) }

// keyParts are what a list of keys shows only when it is asked to.
type keyParts struct {
	comments, screenshots, translations bool
	languageIDs                         []int64 // of the translations; nil: all
}

// wholeKey is what an answer about one key shows.
var wholeKey = keyParts{comments: true, screenshots: true, translations: true}

func (v *contentView) key(k *state.Key, parts keyParts) keyBody {
	body := keyBody{
		KeyID: k.ID, CreatedAt: apiTime(k.CreatedAt), CreatedAtTimestamp: k.CreatedAt.Unix(),
		KeyName: perPlatformView(k.Names), Filenames: perPlatformView(k.Filenames),
		Description: k.Description, Platforms: k.Platforms, Tags: k.Tags,
		IsPlural: k.IsPlural, PluralName: k.PluralName, IsHidden: k.IsHidden, IsArchived: k.IsArchived,
		Context: k.Context, BaseWords: state.Words(baseText(v.tx, v.project, k)),
		CharLimit: k.CharLimit, CustomAttributes: k.CustomAttributes,
		ModifiedAt: apiTime(k.ModifiedAt), ModifiedAtTimestamp: k.ModifiedAt.Unix(),
		TranslationsModifiedAt: apiTime(k.TranslationsModified), TranslationsModifiedTimestamp: k.TranslationsModified.Unix(),
	}
	if parts.comments {
		body.Comments = views(v.tx.CommentsOf(k), v.comment)
	}
	if parts.screenshots {
		body.Screenshots = views(v.tx.ScreenshotsOf(k), v.screenshot)
	}
	if parts.translations {
		body.Translations = views(v.translationsOf(k, parts.languageIDs), v.translation)
	}
	return body
}

// views shows rows. The list is empty rather than nil, which would be left out.
func views[T, B any](rows []*T, view func(*T) B) []B {
	list := make([]B, len(rows))
	for i, row := range rows {
		list[i] = view(row)
	}
	return list
}
