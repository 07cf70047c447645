package api

import "github.com/golokalise/lokalise/sandbox/internal/state"

type commentBody struct {
	CommentID        int64  `json:"comment_id"`
	KeyID            int64  `json:"key_id"`
	Comment          string `json:"comment"`
	AddedBy          int64  `json:"added_by"`
	AddedByEmail     string `json:"added_by_email"`
	AddedAt          string `json:"added_at"`
	AddedAtTimestamp int64  `json:"added_at_timestamp"`
}

func (v *contentView) comment(row *state.Comment) commentBody {
	return commentBody{
		CommentID: row.ID, KeyID: row.KeyID, Comment: row.Text,
		AddedBy: row.AddedBy, AddedByEmail: v.email(row.AddedBy),
		AddedAt: apiTime(row.AddedAt), AddedAtTimestamp: row.AddedAt.Unix(),
	}
}

type commentsAnswer struct {
	projectEnvelope
	Comments []commentBody `json:"comments"`
}

// listProjectComments lists the comments on all keys, in the order in which
// they were made.
func listProjectComments(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		list := tablePage(c, page, tx.Comments, c.content(), c.newView(tx, p).comment)
		return commentsAnswer{c.envelope(p), list}, nil
	})
}

func listComments(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		k, err := c.pathKey(tx)
		if err != nil {
			return nil, err
		}
		list := slicePage(c, page, tx.CommentsOf(k), c.newView(tx, p).comment)
		return commentsAnswer{c.envelope(p), list}, nil
	})
}

// createComments puts comments on a key. All of them are made or none
// (assumed): an answer with errors beside them was never seen.
func createComments(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		k, err := c.pathKey(tx)
		if err != nil {
			return nil, err
		}
		texts, err := readComments(c.bodyObject())
		if err != nil {
			return nil, err
		}
		if len(texts) == 0 {
			return nil, invalidParameter("comments")
		}
		list := views(c.addComments(tx, p, k.ID, texts), c.newView(tx, p).comment)
		return commentsAnswer{c.envelope(p), list}, nil
	})
}

// readComments reads the member comments, which a key may have too. One
// without a text is refused (assumed).
func readComments(o object) ([]string, error) {
	if !o.has("comments") {
		return nil, nil
	}
	list, ok := o.objects("comments")
	if !ok {
		return nil, invalidMember(o, "comments")
	}
	texts := make([]string, len(list))
	for i, item := range list {
		if texts[i], ok = item.text("comment"); !ok || texts[i] == "" {
			return nil, invalidMember(item, "comment")
		}
	}
	return texts, nil
}

// addComments puts comments on a key and says so.
func (c *call) addComments(tx *state.Tx, p *state.Project, keyID int64, texts []string) []*state.Comment {
	list := make([]*state.Comment, len(texts))
	for i, text := range texts {
		k := tx.Keys.Get(c.content(), keyID)
		list[i] = tx.AddComment(k, text, c.who.userID)
		c.emit(tx, p, "project.key.comment.added", commentAddedPayload{eventComment{text}, keyEvent(k)})
	}
	return list
}

func getComment(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		row, err := c.pathComment(tx)
		if err != nil {
			return nil, err
		}
		return struct {
			projectEnvelope
			Comment commentBody `json:"comment"`
		}{c.envelope(p), c.newView(tx, p).comment(row)}, nil
	})
}

func deleteComment(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		row, err := c.pathComment(tx)
		if err != nil {
			return nil, err
		}
		tx.Comments.Delete(tx, row.Content, row.ID)
		return struct {
			projectEnvelope
			CommentDeleted bool `json:"comment_deleted"`
		}{c.envelope(p), true}, nil
	})
}

// pathComment finds the comment of the path, which must be on the key of the
// path.
func (c *call) pathComment(tx *state.Tx) (*state.Comment, error) {
	k, err := c.pathKey(tx)
	if err != nil {
		return nil, err
	}
	row, err := inPath(c, "comment_id", tx.Comments, k.Content)
	if err != nil || row.KeyID != k.ID {
		return nil, errNotFound
	}
	return row, nil
}
