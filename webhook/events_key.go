package webhook

import "github.com/golokalise/lokalise"

// KeyAdded is the event project.key.added: a key was made.
type KeyAdded struct {
	Common
	Key  Key  `json:"key"`
	User User `json:"user"`
}

// Name returns the event's name.
func (KeyAdded) Name() lokalise.WebhookEvent { return lokalise.EventKeyAdded }

// KeysAdded is the event project.keys.added: many keys were made at once.
type KeysAdded struct {
	Common
	// Action is what caused it, such as import.file for an upload; empty where the
	// event does not say.
	Action string `json:"action,omitempty"`
	Keys   []Key  `json:"keys"`
	User   User   `json:"user"`
}

// Name returns the event's name.
func (KeysAdded) Name() lokalise.WebhookEvent { return lokalise.EventKeysAdded }

// KeyModified is the event project.key.modified: a key was changed.
type KeyModified struct {
	Common
	Key  Key  `json:"key"`
	User User `json:"user"`
}

// Name returns the event's name.
func (KeyModified) Name() lokalise.WebhookEvent { return lokalise.EventKeyModified }

// KeysModified is the event project.keys.modified: many keys were changed at once.
type KeysModified struct {
	Common
	// Action is what caused it, such as import.file for an upload; empty where the
	// event does not say.
	Action string `json:"action,omitempty"`
	Keys   []Key  `json:"keys"`
	User   User   `json:"user"`
}

// Name returns the event's name.
func (KeysModified) Name() lokalise.WebhookEvent { return lokalise.EventKeysModified }

// KeysDeleted is the event project.keys.deleted: keys were deleted.
type KeysDeleted struct {
	Common
	// Action is what caused it, such as import.file for an upload; empty where the
	// event does not say.
	Action string `json:"action,omitempty"`
	Keys   []Key  `json:"keys"`
	User   User   `json:"user"`
}

// Name returns the event's name.
func (KeysDeleted) Name() lokalise.WebhookEvent { return lokalise.EventKeysDeleted }

// KeyCommentAdded is the event project.key.comment.added: somebody commented on a
// key.
type KeyCommentAdded struct {
	Common
	Comment Comment `json:"comment"`
	Key     Key     `json:"key"`
	User    User    `json:"user"`
}

// Name returns the event's name.
func (KeyCommentAdded) Name() lokalise.WebhookEvent {
	return lokalise.EventKeyCommentAdded
}

// Comment is a comment on a key.
type Comment struct {
	Value string `json:"value"`
}
