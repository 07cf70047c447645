package api

import "github.com/golokalise/lokalise/sandbox/internal/state"

// keysAddedEvent is the event that tells of new keys. The action is left out
// of an event about one.
func keysAddedEvent(tx *state.Tx, p *state.Project, keys []*state.Key, action string) (name string, payload any) {
	if len(keys) == 1 {
		k := keys[0]
		return "project.key.added", keyAddedPayload{eventKeyAdded{
			ID: k.ID, Name: k.Name(), BaseValue: baseText(tx, p, k), Tags: k.Tags, Filenames: perPlatformView(k.Filenames),
		}}
	}
	many := keysAddedPayload{Action: action, Keys: make([]eventKeysAdded, len(keys))}
	for i, k := range keys {
		many.Keys[i] = eventKeysAdded{
			ID: k.ID, Name: k.Name(), BaseValue: baseText(tx, p, k), Tags: k.Tags, Filenames: perPlatformView(k.Filenames),
			Hidden: k.IsHidden, Screenshots: screenshotIDs(tx, k),
		}
	}
	return "project.keys.added", many
}

// keyChange is a key before and after a change.
type keyChange struct {
	before, after *state.Key
}

// keysModifiedEvent is the event that tells of changed keys.
func keysModifiedEvent(tx *state.Tx, changes []keyChange, action string) (name string, payload any) {
	many := keysModifiedPayload{Action: action, Keys: make([]eventKeyModified, len(changes))}
	for i, change := range changes {
		k := change.after
		many.Keys[i] = eventKeyModified{
			ID: k.ID, Name: k.Name(), Tags: k.Tags, Filenames: perPlatformView(k.Filenames),
			Hidden: k.IsHidden, Screenshots: screenshotIDs(tx, k),
		}
		if previous := change.before.Name(); previous != k.Name() {
			many.Keys[i].PreviousName = &previous
		}
	}
	if len(changes) == 1 {
		return "project.key.modified", keyModifiedPayload{many.Keys[0]}
	}
	return "project.keys.modified", many
}

// keysDeletedEvent is the event that tells of keys that are about to be
// deleted.
func keysDeletedEvent(tx *state.Tx, p *state.Project, keys []*state.Key, action string) (name string, payload any) {
	gone := keysDeletedPayload{Action: action, Keys: make([]eventKeyDeleted, len(keys))}
	for i, k := range keys {
		gone.Keys[i] = eventKeyDeleted{ID: k.ID, Name: k.Name(), BaseValue: baseText(tx, p, k), Filenames: perPlatformView(k.Filenames)}
	}
	return "project.keys.deleted", gone
}

// baseText is a key's text in the project's base language.
func baseText(tx *state.Tx, p *state.Project, k *state.Key) string {
	if t := tx.TranslationOf(k, p.BaseID); t != nil {
		return t.Text
	}
	return ""
}

func screenshotIDs(tx *state.Tx, k *state.Key) []int64 {
	var ids []int64
	for _, s := range tx.ScreenshotsOf(k) {
		ids = append(ids, s.ID)
	}
	return ids
}
