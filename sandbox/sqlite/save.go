package sqlite

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/golokalise/lokalise/sandbox"
)

// The statements, by what they do.
const (
	statementPut = iota
	statementDelete
	statementDeleteAll
	statementDropWorld
	statementCount
)

var statementText = [statementCount]string{
	statementPut:       "INSERT INTO rows (world, tbl, parent, key, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
	statementDelete:    "DELETE FROM rows WHERE world = ? AND tbl = ? AND parent = ? AND key = ?",
	statementDeleteAll: "DELETE FROM rows WHERE world = ? AND tbl = ? AND parent = ?",
	statementDropWorld: "DELETE FROM rows WHERE world = ?",
}

// errClosed is the answer after Close.
var errClosed = errors.New("sqlite: the file is closed")

func (f *file) prepare(ctx context.Context) error {
	for i, text := range statementText {
		var err error
		if f.statements[i], err = f.conn.PrepareContext(ctx, text); err != nil { //nolint:sqlclosecheck // closed with the file
			return fmt.Errorf("prepare %q: %w", text, err)
		}
	}
	return nil
}

// Load implements [sandbox.Storage].
func (f *file) Load(ctx context.Context, row func(sandbox.Change) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn == nil {
		return errClosed
	}
	rows, err := f.conn.QueryContext(ctx, "SELECT world, tbl, parent, key, data FROM rows")
	if err != nil {
		return fmt.Errorf("sqlite: load: %w", err)
	}
	defer func() { _ = rows.Close() }() // its error is that of rows.Err
	for rows.Next() {
		c := sandbox.Change{Op: sandbox.OpPut}
		if err := rows.Scan(&c.World, &c.Table, &c.Parent, &c.Key, &c.Data); err != nil {
			return fmt.Errorf("sqlite: load: %w", err)
		}
		if err := row(c); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("sqlite: load: %w", err)
	}
	return nil
}

// Save implements [sandbox.Storage].
func (f *file) Save(ctx context.Context, changes iter.Seq2[sandbox.Change, error]) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn == nil {
		return errClosed
	}
	if err := f.save(ctx, changes); err != nil {
		// What ended the context must not keep the transaction open.
		return fmt.Errorf("sqlite: save: %w", errors.Join(err, f.rollback(context.WithoutCancel(ctx))))
	}
	return nil
}

func (f *file) save(ctx context.Context, changes iter.Seq2[sandbox.Change, error]) error {
	if err := f.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for c, err := range changes {
		if err != nil {
			return err
		}
		if err := f.apply(ctx, c); err != nil {
			return err
		}
	}
	return f.exec(ctx, "COMMIT")
}

func (f *file) apply(ctx context.Context, c sandbox.Change) error {
	var err error
	switch c.Op {
	case sandbox.OpPut:
		_, err = f.statements[statementPut].ExecContext(ctx, c.World, c.Table, c.Parent, c.Key, c.Data)
	case sandbox.OpDelete:
		_, err = f.statements[statementDelete].ExecContext(ctx, c.World, c.Table, c.Parent, c.Key)
	case sandbox.OpDeleteAll:
		_, err = f.statements[statementDeleteAll].ExecContext(ctx, c.World, c.Table, c.Parent)
	case sandbox.OpDropWorld:
		_, err = f.statements[statementDropWorld].ExecContext(ctx, c.World)
	default:
		err = fmt.Errorf("unknown change %d", c.Op)
	}
	return err
}
