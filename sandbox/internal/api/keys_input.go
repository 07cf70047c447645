package api

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// readKey reads the members of a key that are its own into k. What is left out
// stays as it is.
func readKey(o object, k *state.Key) error {
	return cmp.Or(
		readKeyName(o, &k.Names),
		readFilenames(o, &k.Filenames),
		readPlatforms(o, &k.Platforms),
		readTags(o, &k.Tags),
		readAttributes(o, &k.CustomAttributes),
		o.optionalText("description", &k.Description),
		o.optionalText("plural_name", &k.PluralName),
		o.optionalText("context", &k.Context),
		o.optionalFlag("is_plural", &k.IsPlural),
		o.optionalFlag("is_hidden", &k.IsHidden),
		o.optionalFlag("is_archived", &k.IsArchived),
		o.optionalNumber("char_limit", &k.CharLimit),
	)
}

// readKeyName reads a name for all platforms, or one for each of some. A
// platform that is left out gets the name of the first that is not (recorded).
// That names by platform are taken in every project is assumed.
func readKeyName(o object, names *state.PerPlatform) error {
	const member = "key_name"
	if !o.has(member) {
		return nil
	}
	if name, ok := o.text(member); ok && name != "" {
		*names = state.SamePerPlatform(name)
		return nil
	}
	var sent state.PerPlatform
	if err := readPerPlatform(o, member, &sent); err != nil {
		return err
	}
	first := ""
	for _, platform := range state.Platforms {
		first = cmp.Or(first, sent.Of(platform))
	}
	if first == "" {
		return invalidMember(o, member)
	}
	for _, platform := range state.Platforms {
		names.Set(platform, cmp.Or(sent.Of(platform), first))
	}
	return nil
}

func readFilenames(o object, filenames *state.PerPlatform) error {
	if !o.has("filenames") {
		return nil
	}
	return readPerPlatform(o, "filenames", filenames)
}

// readPerPlatform reads a text for each of some platforms. Null is no text.
func readPerPlatform(o object, name string, to *state.PerPlatform) error {
	inner, ok := o.object(name)
	if !ok {
		return invalidMember(o, name)
	}
	for _, platform := range state.Platforms {
		text := to.Of(platform)
		if err := inner.optionalText(platform, &text); err != nil {
			return err
		}
		to.Set(platform, text)
	}
	return nil
}

// readPlatforms reads platforms, which come back in the order of the API
// (assumed).
func readPlatforms(o object, to *[]string) error {
	if !o.has("platforms") {
		return nil
	}
	sent, ok := o.texts("platforms")
	if !ok || len(sent) == 0 {
		return invalidMember(o, "platforms")
	}
	*to = nil
	for _, platform := range state.Platforms {
		if slices.Contains(sent, platform) {
			*to = append(*to, platform)
		}
	}
	for _, platform := range sent {
		if !slices.Contains(*to, platform) {
			return invalidMember(o, "platforms")
		}
	}
	return nil
}

// readTags reads tags, which take the place of those there are, unless
// merge_tags says to keep these (documented).
func readTags(o object, to *[]string) error {
	merge := false
	if err := o.optionalFlag("merge_tags", &merge); err != nil {
		return err
	}
	var sent []string
	if err := o.optionalTexts("tags", &sent); err != nil || sent == nil {
		return err
	}
	var tags []string
	if merge {
		tags = slices.Clone(*to)
	}
	for _, tag := range sent {
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	*to = tags
	return nil
}

// readAttributes reads custom attributes: JSON in a string, or an empty one
// (documented). That other text is refused is assumed.
func readAttributes(o object, to *string) error {
	if err := o.optionalText("custom_attributes", to); err != nil {
		return err
	}
	if *to != "" && !json.Valid([]byte(*to)) {
		return invalidMember(o, "custom_attributes")
	}
	return nil
}

// nameTaken tells whether another key has one of the names on one of the
// platforms, in the same file. Recorded is only that a name can be taken; that
// keys of different platforms or files may share one is assumed.
func nameTaken(tx *state.Tx, k *state.Key) bool {
	for _, platform := range k.Platforms {
		name := k.Names.Of(platform)
		for _, other := range tx.Keys.Named(k.Content, name) {
			if other.ID != k.ID && slices.Contains(other.Platforms, platform) &&
				other.Names.Of(platform) == name && other.Filenames.Of(platform) == k.Filenames.Of(platform) {
				return true
			}
		}
	}
	return false
}

// errNameTaken has the recorded text.
var errNameTaken = failure(400, "This key name is already taken")

// checkKey refuses a key that lacks what every key has.
func checkKey(o object, k *state.Key) error {
	switch {
	case k.Name() == "":
		return invalidMember(o, "key_name")
	case len(k.Platforms) == 0:
		return invalidMember(o, "platforms")
	case k.CharLimit < 0:
		return invalidMember(o, "char_limit")
	}
	return nil
}
