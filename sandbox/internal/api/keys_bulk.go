package api

import (
	"net/http"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

type keysAnswer[E any] struct {
	projectEnvelope
	Keys   []keyBody `json:"keys"`
	Errors []E       `json:"errors"`
}

// keyCreateError is a key that was not made (recorded).
type keyCreateError struct {
	Message string          `json:"message"`
	Code    int             `json:"code"`
	KeyName perPlatformBody `json:"key_name"`
}

func createKeys(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		list, err := items(c.bodyObject(), "keys")
		if err != nil {
			return nil, err
		}
		v := c.newView(tx, p)
		answer := keysAnswer[keyCreateError]{projectEnvelope: c.envelope(p), Keys: []keyBody{}}
		var made []*state.Key
		for _, item := range list {
			k := state.Key{Content: v.content, CreatedBy: c.who.userID}
			added, err := v.createKey(c, item, &k)
			refused := asItemError(err)
			switch {
			case refused != nil:
				answer.Errors = append(answer.Errors, keyCreateError{refused.Message, refused.Status, perPlatformView(k.Names)})
			case err != nil:
				return nil, err
			default:
				made = append(made, added)
				answer.Keys = append(answer.Keys, v.key(added, wholeKey))
			}
		}
		if len(made) > 0 {
			name, payload := keysAddedEvent(tx, p, made, "")
			c.emit(tx, p, name, payload)
		}
		return answer, nil
	})
}

// createKey makes a key. k is where it is read to.
func (v *contentView) createKey(c *call, o object, k *state.Key) (*state.Key, error) {
	if err := readKey(o, k); err != nil {
		return nil, err
	}
	if err := checkKey(o, k); err != nil {
		return nil, err
	}
	additions, err := v.readAdditions(o)
	if err != nil {
		return nil, err
	}
	if nameTaken(v.tx, k) {
		return nil, refuseItem(errNameTaken)
	}
	if err := v.tryTranslations(k, additions.translations); err != nil {
		return nil, err
	}
	added := v.tx.AddKey(*k)
	if _, err := v.add(c, added.ID, additions); err != nil {
		return nil, err
	}
	return v.tx.Keys.Get(v.content, added.ID), nil
}

// tryTranslations reads translations without keeping what they say, so that a
// key is refused before it is made.
func (v *contentView) tryTranslations(k *state.Key, inputs []translationInput) error {
	for _, input := range inputs {
		var t state.Translation
		if err := readTranslation(input.body, k, input.language, &t); err != nil {
			return err
		}
		if err := v.readMarks(input.body, true, marks{&t.IsReviewed, &t.ReviewedBy, &t.IsUnverified, &t.StatusIDs}, 0); err != nil {
			return err
		}
	}
	return nil
}

// keyUpdateError is a key that was not changed, as a fixture of an official
// SDK has it.
type keyUpdateError struct {
	Message string `json:"message"`
	Code    int    `json:"code"`
	KeyID   int64  `json:"key_id"`
}

func updateKeys(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		list, err := items(c.bodyObject(), "keys")
		if err != nil {
			return nil, err
		}
		v := c.newView(tx, p)
		answer := keysAnswer[keyUpdateError]{projectEnvelope: c.envelope(p), Keys: []keyBody{}}
		var all changedKeys
		for _, item := range list {
			id, ok := item.number("key_id")
			if !ok {
				return nil, invalidMember(item, "key_id")
			}
			k, err := v.updateKey(c, id, item, &all)
			refused := asItemError(err)
			switch {
			case refused != nil:
				answer.Errors = append(answer.Errors, keyUpdateError{refused.Message, refused.Status, id})
			case err != nil:
				return nil, err
			default:
				answer.Keys = append(answer.Keys, v.key(k, wholeKey))
			}
		}
		all.emit(c, tx, p)
		return answer, nil
	})
}

func (v *contentView) updateKey(c *call, id int64, o object, all *changedKeys) (*state.Key, error) {
	old := v.tx.Keys.Get(v.content, id)
	if old == nil {
		return nil, refuseItem(failure(http.StatusNotFound, "Key not found")) // the text is assumed
	}
	changed, err := v.changeKey(c, old, o)
	if err != nil {
		return nil, err
	}
	all.keys = append(all.keys, changed.key)
	all.translations = append(all.translations, changed.translations...)
	return changed.key.after, nil
}

// changedKeys are what a request changed of several keys.
type changedKeys struct {
	keys         []keyChange
	translations []translationChange
}

func (all *changedKeys) emit(c *call, tx *state.Tx, p *state.Project) {
	if len(all.keys) > 0 {
		name, payload := keysModifiedEvent(tx, all.keys, "")
		c.emit(tx, p, name, payload)
	}
	c.emitTranslated(tx, p, all.translations)
}
