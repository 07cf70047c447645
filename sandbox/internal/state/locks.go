package state

import "strings"

// IsLocked tells whether a key is in a task that locks what it is about. Such
// a key cannot be deleted (documented).
func (tx *Tx) IsLocked(k *Key) bool {
	projectID, _, _ := strings.Cut(k.Content, ":")
	for _, ref := range k.Translations {
		t := tx.Translations.Get(k.Content, ref.ID)
		if t == nil || t.TaskID == 0 {
			continue
		}
		if task := tx.Tasks.Get(projectID, t.TaskID); task != nil && task.LockTranslations {
			return true
		}
	}
	return false
}
