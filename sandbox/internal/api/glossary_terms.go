package api

import (
	"net/http"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// maxTerms is the recorded limit of answers about the glossary, which a page
// has by default; that a request may change no more terms is assumed.
const maxTerms = 500

type termsMeta struct {
	Count      int   `json:"count"`
	Limit      int   `json:"limit"`
	Cursor     int64 `json:"cursor"`
	HasMore    bool  `json:"hasMore"`
	NextCursor int64 `json:"nextCursor,omitzero"`
}

// termCursor reads cursor and limit: numbers here, and no base64 (recorded).
func (c *call) termCursor() (after int64, limit int, err error) {
	limit = maxTerms
	if text := c.query().Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > maxTerms {
			return 0, 0, invalidParameter("limit")
		}
	}
	if text := c.query().Get("cursor"); text != "" {
		if after, err = strconv.ParseInt(text, 10, 64); err != nil || after < 0 {
			return 0, 0, invalidParameter("cursor")
		}
	}
	return after, limit, nil
}

func listTerms(c *call) (any, error) {
	after, limit, err := c.termCursor()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		answer := struct {
			Data []termBody `json:"data"`
			Meta termsMeta  `json:"meta"`
		}{[]termBody{}, termsMeta{Limit: limit, Cursor: after}}
		for t := range tx.Terms.After(p.ID, after) {
			if answer.Meta.HasMore = len(answer.Data) == limit; answer.Meta.HasMore {
				answer.Meta.NextCursor = answer.Data[limit-1].ID
				c.header.Set("X-Pagination-Next-Cursor", strconv.FormatInt(answer.Meta.NextCursor, 10))
				break
			}
			answer.Data = append(answer.Data, termView(tx, p, t))
		}
		answer.Meta.Count = len(answer.Data)
		return answer, nil
	})
}

func getTerm(c *call) (any, error) {
	id, err := c.pathID("term_id")
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		t := tx.Terms.Get(p.ID, id)
		if t == nil {
			return nil, errNotFound
		}
		return struct {
			Data termBody `json:"data"`
		}{termView(tx, p, t)}, nil
	})
}

type termsCreated struct {
	Data []termBody `json:"data"`
	Meta struct {
		Count   int `json:"count"`
		Created int `json:"created"`
		Limit   int `json:"limit"`
	} `json:"meta"`
	Errors []string `json:"errors"`
}

type termsUpdated struct {
	Data []termBody `json:"data"`
	Meta struct {
		Count   int `json:"count"`
		Updated int `json:"updated"`
		Limit   int `json:"limit"`
	} `json:"meta"`
	Errors []string `json:"errors"`
}

// terms reads the items of a body.
func (c *call) terms() ([]object, error) {
	list, ok := c.bodyObject().objects("terms")
	if !ok || len(list) == 0 || len(list) > maxTerms {
		return nil, invalidParameter("terms")
	}
	return list, nil
}

// createTerms makes those terms that are in order. The others are named in
// errors, which are texts here (recorded); without a term in order the status
// is 422 (recorded). The texts are the sandbox's own.
func createTerms(c *call) (any, error) {
	list, err := c.terms()
	if err != nil {
		return nil, err
	}
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		answer := termsCreated{Data: []termBody{}, Errors: []string{}}
		for _, item := range list {
			t := state.Term{ProjectID: p.ID, CreatedAt: tx.Now()}
			if problem := readTerm(tx, p, item, &t, true); problem != "" {
				answer.Errors = append(answer.Errors, problem)
				continue
			}
			t.ID = tx.NextID("terms")
			tx.Terms.Put(tx, &t)
			answer.Data = append(answer.Data, termView(tx, p, &t))
		}
		answer.Meta.Count, answer.Meta.Created, answer.Meta.Limit = len(list), len(answer.Data), maxTerms
		return c.termsDone(answer, len(answer.Data))
	})
}

// updateTerms changes the members that are sent.
func updateTerms(c *call) (any, error) {
	list, err := c.terms()
	if err != nil {
		return nil, err
	}
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		answer := termsUpdated{Data: []termBody{}, Errors: []string{}}
		for _, item := range list {
			id, _ := item.number("id")
			old := tx.Terms.Get(p.ID, id)
			if old == nil {
				answer.Errors = append(answer.Errors, termProblem(item, "there is no term with this id"))
				continue
			}
			t := *old
			if problem := readTerm(tx, p, item, &t, false); problem != "" {
				answer.Errors = append(answer.Errors, problem)
				continue
			}
			t.UpdatedAt = tx.Now()
			tx.Terms.Put(tx, &t)
			answer.Data = append(answer.Data, termView(tx, p, &t))
		}
		answer.Meta.Count, answer.Meta.Updated, answer.Meta.Limit = len(list), len(answer.Data), maxTerms
		return c.termsDone(answer, len(answer.Data))
	})
}

// termsDone chooses the status of an answer about several terms.
func (c *call) termsDone(answer any, done int) (any, error) {
	if done == 0 {
		return withStatus{http.StatusUnprocessableEntity, answer}, nil
	}
	return answer, nil
}

type termsDeleted struct {
	Data struct {
		Deleted termIDs      `json:"deleted"`
		Failed  []termFailed `json:"failed,omitempty"`
	} `json:"data"`
	Meta []string `json:"meta"` // always an empty list
}

type termIDs struct {
	Count int     `json:"count"`
	IDs   []int64 `json:"ids"`
}

type termFailed struct {
	termIDs
	Message string `json:"message"`
}

// deleteTerms answers 200 also when none of the terms was there (assumed);
// "failed" is from an official SDK's fixture and left out when nothing did.
func deleteTerms(c *call) (any, error) {
	ids, ok := c.bodyObject().numbers("terms")
	if !ok || len(ids) == 0 || len(ids) > maxTerms {
		return nil, invalidParameter("terms")
	}
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		answer := termsDeleted{Meta: []string{}}
		deleted, missing := []int64{}, []int64{}
		for _, id := range ids {
			if tx.Terms.Delete(tx, p.ID, id) {
				deleted = append(deleted, id)
			} else {
				missing = append(missing, id)
			}
		}
		answer.Data.Deleted = termIDs{len(deleted), deleted}
		if len(missing) > 0 {
			answer.Data.Failed = []termFailed{{termIDs{len(missing), missing}, "Term IDs not found"}}
		}
		return answer, nil
	})
}
