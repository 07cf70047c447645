package api

import (
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// keyAdditions are what a request puts on a key beside its own members.
type keyAdditions struct {
	comments     []string
	screenshots  []state.Screenshot
	translations []translationInput
}

// translationInput is a translation in the body of a key, read as far as it
// can be without the translation that it changes.
type translationInput struct {
	language *state.Language
	body     object
}

func (v *contentView) readAdditions(o object) (a keyAdditions, err error) {
	if a.comments, err = readComments(o); err != nil {
		return a, err
	}
	if o.has("screenshots") {
		list, ok := o.objects("screenshots")
		if !ok {
			return a, invalidMember(o, "screenshots")
		}
		for _, item := range list {
			s := state.Screenshot{Content: v.content}
			if err := readNewScreenshot(item, "screenshot_tags", &s); err != nil {
				return a, err
			}
			a.screenshots = append(a.screenshots, s)
		}
	}
	a.translations, err = v.readTranslations(o)
	return a, err
}

func (v *contentView) readTranslations(o object) ([]translationInput, error) {
	if !o.has("translations") {
		return nil, nil
	}
	list, ok := o.objects("translations")
	if !ok {
		return nil, invalidMember(o, "translations")
	}
	inputs := make([]translationInput, len(list))
	for i, item := range list {
		iso, ok := item.text("language_iso")
		if !ok {
			return nil, invalidMember(item, "language_iso")
		}
		if inputs[i] = (translationInput{v.language(iso), item}); inputs[i].language == nil {
			return nil, refuseItem(invalidMember(item, "language_iso"))
		}
	}
	return inputs, nil
}

// add puts the additions on a key that is there. When it fails, the key must
// not stay as it is then: the whole change is taken back.
func (v *contentView) add(c *call, keyID int64, a keyAdditions) ([]translationChange, error) {
	var changes []translationChange
	for _, input := range a.translations {
		k := v.tx.Keys.Get(v.content, keyID)
		changed, err := c.translate(v, k, input.language, input.body)
		if err != nil {
			return nil, err
		}
		changes = append(changes, changed...)
	}
	for i := range a.screenshots {
		s := &a.screenshots[i]
		s.KeyIDs = []int64{keyID}
		addScreenshot(v.tx, s)
	}
	c.addComments(v.tx, v.project, keyID, a.comments)
	return changes, nil
}
