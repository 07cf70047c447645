package state

// Content is what a branch of a project consists of: languages, keys,
// translations and what hangs on them. Its name is the parent of its rows. A
// snapshot is content that belongs to no branch.
//
// Rows of two branches of one project have the same ids where one was made
// from the other (assumed), which is how a merge knows what belongs together.

// BranchContent names the content of a project's branch. The master branch,
// or none, is the project itself.
func BranchContent(projectID, branch string) string {
	if branch == "" || branch == MasterBranch {
		return projectID
	}
	return projectID + ":" + branch
}

// MasterBranch is the branch that every project has
// (https://docs.lokalise.com/en/articles/3391861-project-branching).
const MasterBranch = "master"

// contentTable is a table that content consists of.
type contentTable interface {
	copyAll(tx *Tx, from, to string)
	deleteAll(tx *Tx, content string)
}

type contentRows[T any] struct {
	*Table[int64, T]
	in func(row *T, content string) // moves a row, which nobody else has
}

// newContent makes a table of rows that content consists of. content tells
// where the member stands that names the content.
func newContent[T any](d *data, name string, key func(*T) int64, content func(*T) *string) *Table[int64, T] {
	t := newTable(d, name, key, func(row *T) string { return *content(row) })
	d.content = append(d.content, contentRows[T]{Table: t, in: func(row *T, to string) { *content(row) = to }})
	return t
}

func (c contentRows[T]) copyAll(tx *Tx, from, to string) {
	for row := range c.All(from) {
		copied := *row
		c.in(&copied, to)
		c.Put(tx, &copied)
	}
}

func (c contentRows[T]) deleteAll(tx *Tx, content string) { c.DeleteAll(tx, content) }

// CopyContent copies everything in from. What is in to already stays, unless
// it has the same id.
func (tx *Tx) CopyContent(from, to string) {
	for _, t := range tx.content {
		t.copyAll(tx, from, to)
	}
}

// DeleteContent deletes everything in the content.
func (tx *Tx) DeleteContent(content string) {
	for _, t := range tx.content {
		t.deleteAll(tx, content)
	}
}
