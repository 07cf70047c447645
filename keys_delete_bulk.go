package lokalise

import (
	"context"
	"encoding/json"
	"net/http"
)

// KeysBulkDeleted is what [KeysService.DeleteBulk] returns: the answer, or the
// sum of several.
type KeysBulkDeleted struct {
	ProjectID ProjectID `json:"project_id"`
	// KeysRemoved tells that keys were deleted, by each request of several.
	KeysRemoved bool `json:"keys_removed"`
	// KeysLocked is the number of keys that were not deleted because a task
	// locks them. It is absent in answers recorded in 2018.
	KeysLocked Opt[int64] `json:"keys_locked,omitzero"`
	// Branch is the name of the branch; it is absent where the project has
	// none.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// DeleteBulk deletes keys with their translations. More than 500 go in several
// requests. The user needs the right to manage keys. When some keys were not
// deleted, because a task locks them, the error is a [*PartialError] in which
// errors.Is finds [ErrKeyLocked]. The API says how many keys are locked and not
// which, so the failures have the index -1 unless nothing was deleted at all.
//
// It needs the scope write_keys.
// https://developers.lokalise.com/reference/delete-multiple-keys
//
//lokalise:op DELETE /projects/{project_id}/keys
func (s *KeysService) DeleteBulk(ctx context.Context, project ProjectID, keyIDs []int64, opts ...RequestOption) (*KeysBulkDeleted, error) {
	var sum *KeysBulkDeleted
	err := inChunks(len(keyIDs), bulkSize, func(from, to int) chunkOutcome {
		r := s.client.newCall(http.MethodDelete, "/projects/{project_id}/keys", opts)
		r.path.projectID(project)
		withBody(r, &struct {
			Keys []int64 `json:"keys"`
		}{keyIDs[from:to]})
		answer, err := one(ctx, r, decodeKeysBulkDeleted)
		if err != nil {
			return chunkOutcome{call: r, err: err}
		}
		sum = sum.plus(answer)
		return chunkOutcome{call: r, failed: answer.locked(to - from)}
	})
	return sum, err
}

// plus adds the answer for the next keys.
func (d *KeysBulkDeleted) plus(next *KeysBulkDeleted) *KeysBulkDeleted {
	if d == nil {
		return next
	}
	d.KeysRemoved = d.KeysRemoved && next.KeysRemoved
	if locked, ok := next.KeysLocked.Get(); ok {
		d.KeysLocked = Some(d.KeysLocked.Or(0) + locked)
	}
	return d
}

// locked returns a failure for each of n keys that was not deleted.
func (d *KeysBulkDeleted) locked(n int) []ItemError {
	count := int(min(d.KeysLocked.Or(0), int64(n)))
	all := count == n || !d.KeysRemoved
	if all {
		count = n
	}
	var failed []ItemError
	for i := range count {
		e := ItemError{Index: -1, Message: "the key is locked", sentinel: ErrKeyLocked}
		if all {
			e.Index = i
		}
		failed = append(failed, e)
	}
	return failed
}
