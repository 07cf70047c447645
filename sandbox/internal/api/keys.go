package api

import (
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

type keyAnswer struct {
	projectEnvelope
	Key keyBody `json:"key"`
}

func getKey(c *call) (any, error) {
	resolve, err := c.readReferences()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		k, err := c.pathKey(tx)
		if err != nil {
			return nil, err
		}
		v := c.newView(tx, p)
		v.resolve = resolve
		return keyAnswer{c.envelope(p), v.key(k, wholeKey)}, nil
	})
}

// pathKey finds the key of the path.
func (c *call) pathKey(tx *state.Tx) (*state.Key, error) {
	return inPath(c, "key_id", tx.Keys, c.content())
}

func updateKey(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		k, err := c.pathKey(tx)
		if err != nil {
			return nil, err
		}
		v := c.newView(tx, p)
		changed, err := v.changeKey(c, k, c.bodyObject())
		if err != nil {
			return nil, err
		}
		name, payload := keysModifiedEvent(tx, []keyChange{changed.key}, "")
		c.emit(tx, p, name, payload)
		c.emitTranslated(tx, p, changed.translations)
		return keyAnswer{c.envelope(p), v.key(changed.key.after, wholeKey)}, nil
	})
}

type changedKey struct {
	key          keyChange
	translations []translationChange
}

// changeKey changes a key as a body says. Everything is read before anything
// is changed, so that one of several keys can be refused.
func (v *contentView) changeKey(c *call, old *state.Key, o object) (changedKey, error) {
	k := *old
	if err := readKey(o, &k); err != nil {
		return changedKey{}, err
	}
	if err := checkKey(o, &k); err != nil {
		return changedKey{}, err
	}
	additions, err := v.readAdditions(o)
	if err != nil {
		return changedKey{}, err
	}
	if nameTaken(v.tx, &k) {
		return changedKey{}, refuseItem(errNameTaken)
	}
	if err := v.tryTranslations(&k, additions.translations); err != nil {
		return changedKey{}, err
	}
	k.ModifiedAt = v.tx.Now()
	v.tx.Keys.Put(v.tx, &k)
	if k.IsPlural != old.IsPlural {
		v.convertPlurals(&k)
	}
	changes, err := v.add(c, k.ID, additions)
	if err != nil {
		return changedKey{}, err
	}
	return changedKey{keyChange{old, v.tx.Keys.Get(v.content, k.ID)}, changes}, nil
}

// convertPlurals rewrites the texts of a key that has become plural, or is no
// longer: the general form is the one text (assumed).
func (v *contentView) convertPlurals(k *state.Key) {
	for _, l := range v.languages {
		old := v.tx.TranslationOf(k, l.ID)
		if old == nil {
			continue
		}
		t := *old
		forms, plural := state.Plurals(t.Text)
		switch {
		case k.IsPlural && !plural:
			t.Text = state.PluralText(l.PluralForms, map[string]string{"other": t.Text})
		case k.IsPlural:
			t.Text = state.PluralText(l.PluralForms, forms)
		case plural:
			t.Text = forms["other"]
		}
		t.Segments = nil
		v.tx.Translations.Put(v.tx, &t)
	}
}

// deleteKey deletes a key, unless a task has locked it. Then the answer is a
// success all the same, which says so (recorded in the vendor's example).
func deleteKey(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		k, err := c.pathKey(tx)
		if err != nil {
			return nil, err
		}
		deleted, locked := c.deleteUnlocked(tx, p, []*state.Key{k})
		return struct {
			projectEnvelope
			KeyRemoved bool `json:"key_removed"`
			KeysLocked int  `json:"keys_locked"`
		}{c.envelope(p), deleted == 1, locked}, nil
	})
}

// deleteKeys deletes the keys with the ids in the body. Ids of no keys are
// passed over (assumed).
func deleteKeys(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		o := c.bodyObject()
		ids, ok := o.numbers("keys")
		if !ok || len(ids) == 0 || len(ids) > mostItems {
			return nil, invalidParameter("keys")
		}
		slices.Sort(ids)
		var keys []*state.Key
		for _, id := range slices.Compact(ids) {
			if k := tx.Keys.Get(c.content(), id); k != nil {
				keys = append(keys, k)
			}
		}
		deleted, locked := c.deleteUnlocked(tx, p, keys)
		return struct {
			projectEnvelope
			KeysRemoved bool `json:"keys_removed"`
			KeysLocked  int  `json:"keys_locked"`
		}{c.envelope(p), deleted > 0, locked}, nil
	})
}

func (c *call) deleteUnlocked(tx *state.Tx, p *state.Project, keys []*state.Key) (deleted, locked int) {
	free := slices.DeleteFunc(slices.Clone(keys), func(k *state.Key) bool { return tx.IsLocked(k) })
	if len(free) > 0 {
		name, payload := keysDeletedEvent(tx, p, free, "")
		c.emit(tx, p, name, payload)
	}
	ids := make([]int64, len(free))
	for i, k := range free {
		ids[i] = k.ID
	}
	return tx.DeleteKeys(c.content(), ids), len(keys) - len(free)
}
