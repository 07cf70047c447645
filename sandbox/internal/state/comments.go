package state

import "time"

// Comment is what somebody wrote about a key.
type Comment struct {
	Content string
	ID      int64
	KeyID   int64
	Text    string
	AddedAt time.Time
	AddedBy int64 // user
}

// AddComment puts a comment on a key. The key counts as modified then
// (recorded: the two times are the same).
func (tx *Tx) AddComment(k *Key, text string, by int64) *Comment {
	comment := &Comment{Content: k.Content, ID: tx.NextID("comments"), KeyID: k.ID, Text: text, AddedAt: tx.Now(), AddedBy: by}
	tx.Comments.Put(tx, comment)
	changed := *k
	changed.ModifiedAt = comment.AddedAt
	tx.Keys.Put(tx, &changed)
	return comment
}

// CommentsOf lists the comments on a key, the first one first.
func (tx *Tx) CommentsOf(k *Key) []*Comment { return tx.Comments.Named(k.Content, IDKey(k.ID)) }
