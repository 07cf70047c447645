package tokens

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// RekeyOptions fit a run of Rekey to the store.
type RekeyOptions struct {
	// After makes the run begin behind this grant ID, to go on where a report
	// says that an earlier run ended. Not needed for correctness: what is
	// sealed with the write key already is left as it is. Defaults to the start.
	After string

	// Page is how many records are read at once. Defaults to 500.
	Page int

	// Pause is the time between two pages, to spare the store. Defaults to
	// none.
	Pause time.Duration
}

// RekeyReport is what a run of Rekey did.
type RekeyReport struct {
	Read       int
	Resealed   int
	Unreadable []string // grant IDs, at most 100, of records that cannot be opened
	Failed     int      // records that cannot be opened, all of them
	Last       string   // the last grant ID dealt with, for RekeyOptions.After
}

const (
	defaultRekeyPage = 500
	maxUnreadable    = 100
)

// Rekey seals every record with the present write key. It may run while
// everything else goes on, in several processes, and may be stopped and run
// again at any time. Records that cannot be opened are reported and left as
// they are. The report is right, as far as the run came, with an error too.
//
// To change keys: give every process a ring that reads both keys; then one
// that writes the new one; then Rekey; then RetireKey, and take the old key
// out of the configuration.
func (m *Manager) Rekey(ctx context.Context, o RekeyOptions) (RekeyReport, error) {
	if _, ok := m.cfg.Keys.(noEncryption); ok {
		return RekeyReport{}, errors.New("tokens: Rekey without keys")
	}
	report := RekeyReport{Last: o.After}
	err := m.walk(ctx, o, func(rec Record) error {
		report.Read++
		resealed, err := m.reseal(ctx, rec)
		switch {
		case errors.Is(err, ErrUnreadable):
			report.Failed++
			if len(report.Unreadable) < maxUnreadable {
				report.Unreadable = append(report.Unreadable, rec.ID)
			}
		case err != nil:
			return err
		case resealed:
			report.Resealed++
		}
		report.Last = rec.ID
		return nil
	})
	return report, err
}

// walk calls visit for every record, in the order of their IDs.
func (m *Manager) walk(ctx context.Context, o RekeyOptions, visit func(Record) error) error {
	if o.Page <= 0 {
		o.Page = defaultRekeyPage
	}
	for after := o.After; ; {
		page, err := m.page(ctx, after, o.Page)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, rec := range page {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := visit(rec); err != nil {
				return err
			}
			after = rec.ID
		}
		if o.Pause > 0 {
			if err := pause(ctx, o.Pause); err != nil {
				return err
			}
		}
	}
}

// reseal seals one record with the write key, unless it is already; that it can
// be opened is tried either way. A record
// that somebody else changes meanwhile is looked at again; one that is
// deleted needs nothing.
func (m *Manager) reseal(ctx context.Context, rec Record) (resealed bool, err error) {
	for {
		key, err := m.cfg.Keys.WriteKey(ctx)
		if err != nil {
			return false, fmt.Errorf("tokens: write key: %w", err)
		}
		cur, err := m.open(ctx, rec)
		if err != nil || cur.keyID == key.ID {
			return false, err
		}
		_, err = m.write(ctx, rec.ID, cur.state, rec.Version)
		if !errors.Is(err, ErrConflict) {
			return err == nil, err
		}
		if rec, err = m.get(ctx, rec.ID); err != nil {
			return false, ignore(err, ErrNotFound)
		}
	}
}

// KeyUsage counts the records by the key that seals them. Plain records, and
// what is no record, are counted under "".
func (m *Manager) KeyUsage(ctx context.Context) (map[string]int, error) {
	usage := map[string]int{}
	err := m.walk(ctx, RekeyOptions{}, func(rec Record) error {
		id, _ := recordKeyID(rec.Data)
		usage[id]++
		return nil
	})
	return usage, err
}

// KeyInUseError says why a key was not retired.
type KeyInUseError struct {
	KeyID   string
	Records int    // 0 when it is the write key
	Example string // the ID of a grant that needs the key
}

// Error names the key and how many records need it.
func (e *KeyInUseError) Error() string {
	if e.Records == 0 {
		return fmt.Sprintf("tokens: key %q is the write key", e.KeyID)
	}
	return fmt.Sprintf("tokens: key %q still seals %d records, that of grant %q among them", e.KeyID, e.Records, e.Example)
}

// RetireKey makes sure that no record needs a key any more and takes it out of
// the manager's [KeyRing]. It refuses with a [*KeyInUseError] otherwise. With
// another kind of Keys it checks only; the key may then be removed there. An ID
// that Keys do not know is answered with ErrUnknownKey in the chain, lest a typing
// error be taken for leave to remove the key that was meant.
//
// Every process must have stopped writing with the key before: a record that
// is written during the check may be missed.
func (m *Manager) RetireKey(ctx context.Context, id string) error {
	write, err := m.cfg.Keys.WriteKey(ctx)
	if err != nil {
		return fmt.Errorf("tokens: write key: %w", err)
	}
	inUse := &KeyInUseError{KeyID: id}
	if write.ID == id {
		return inUse
	}
	if _, err := m.cfg.Keys.ReadKey(ctx, id); err != nil {
		return fmt.Errorf("tokens: key %q is not retired: %w", id, err)
	}
	err = m.walk(ctx, RekeyOptions{}, func(rec Record) error {
		if keyID, ok := recordKeyID(rec.Data); ok && keyID == id {
			inUse.Records++
			inUse.Example = rec.ID
		}
		return nil
	})
	if err != nil {
		return err
	}
	if inUse.Records > 0 {
		return inUse
	}
	keys := m.cfg.Keys
	if wrapped, ok := keys.(plaintextReader); ok {
		keys = wrapped.Keys
	}
	if ring, ok := keys.(*KeyRing); ok {
		return ring.remove(id)
	}
	return nil
}
