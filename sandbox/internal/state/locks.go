package state

// LockKeys adds a reason for which a key cannot be deleted: a task may lock
// it. It is called before the universe is used.
func (u *Universe) LockKeys(locked func(tx *Tx, k *Key) bool) { u.locks = append(u.locks, locked) }

// IsLocked tells whether something keeps a key from being deleted.
func (tx *Tx) IsLocked(k *Key) bool {
	for _, locked := range tx.world.universe.locks {
		if locked(tx, k) {
			return true
		}
	}
	return false
}
