package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/golokalise/lokalise/tokens"
)

// Options fit a [Store] to a Redis. The zero value is fine.
type Options struct {
	// Prefix keeps the keys of several stores apart. It may hold anything but
	// braces, which are put around it. Defaults to "lokalise".
	Prefix string
}

const defaultPrefix = "lokalise"

// Store keeps grants in Redis.
type Store struct {
	client redis.UniversalClient
	tag    string // what all keys begin with
}

var (
	_ tokens.Store   = (*Store)(nil)
	_ tokens.Claimer = (*Store)(nil)
	_ tokens.Leaser  = (*Store)(nil)
)

// New returns a store that uses a client of the app's, which the app closes. It
// does not connect. It fails if the prefix holds a brace.
func New(client redis.UniversalClient, options Options) (*Store, error) {
	if client == nil {
		return nil, errors.New("redisstore: the client is nil")
	}
	prefix := options.Prefix
	if prefix == "" {
		prefix = defaultPrefix
	}
	if strings.ContainsAny(prefix, "{}") {
		return nil, fmt.Errorf("redisstore: prefix %q holds a brace", prefix)
	}
	return &Store{client, "{" + prefix + "}:"}, nil
}

func (s *Store) grant(id string) string { return s.tag + "grant:" + id }
func (s *Store) lease(id string) string { return s.tag + "lease:" + id }
func (s *Store) ids() string            { return s.tag + "ids" }
func (s *Store) due() string            { return s.tag + "due" }

// keys are those that a write of one grant needs.
func (s *Store) keys(id string) []string { return []string{s.grant(id), s.ids(), s.due()} }

// Get implements [tokens.Store].
func (s *Store) Get(ctx context.Context, id string) (tokens.Record, error) {
	recs, err := s.read(ctx, []string{id})
	if err != nil {
		return tokens.Record{}, failure(ctx, "get", err)
	}
	if len(recs) == 0 {
		return tokens.Record{}, tokens.ErrNotFound
	}
	return recs[0], nil
}

// Put implements [tokens.Store].
func (s *Store) Put(ctx context.Context, rec tokens.Record, expected int64) error {
	if err := tokens.CheckID(rec.ID); err != nil {
		return err
	}
	due := ""
	if !rec.Due.IsZero() {
		due = strconv.FormatInt(rec.Due.UnixMicro(), 10)
	}
	done, err := s.run(ctx, putScript, s.keys(rec.ID), rec.ID, expected, rec.Version, rec.Data, due).Bool()
	return conflict(ctx, "put", done, err)
}

// Delete implements [tokens.Store].
func (s *Store) Delete(ctx context.Context, id string, expected int64) error {
	done, err := s.run(ctx, deleteScript, s.keys(id), id, expected).Bool()
	return conflict(ctx, "delete", done, err)
}

// List implements [tokens.Store].
func (s *Store) List(ctx context.Context, after string, limit int) ([]tokens.Record, error) {
	for limit > 0 {
		page := &redis.ZRangeBy{Min: "(" + after, Max: "+", Count: int64(limit)}
		ids, err := s.client.ZRangeByLex(ctx, s.ids(), page).Result()
		if err != nil || len(ids) == 0 {
			return nil, failure(ctx, "list", err)
		}
		recs, err := s.read(ctx, ids)
		if err != nil || len(recs) > 0 {
			return recs, failure(ctx, "list", err)
		}
		// All of them were deleted meanwhile; an empty page would be the end.
		after = ids[len(ids)-1]
	}
	return nil, nil
}

// Due implements [tokens.Store].
func (s *Store) Due(ctx context.Context, limit int) ([]tokens.Record, error) {
	ids, err := s.run(ctx, dueScript, []string{s.due()}, max(limit, 0)).StringSlice()
	if err != nil {
		return nil, failure(ctx, "due", err)
	}
	recs, err := s.read(ctx, ids)
	return recs, failure(ctx, "due", err)
}

// Claim implements [tokens.Claimer]. The records are read after they were
// claimed; if that fails, they fall due again when the claim ends.
func (s *Store) Claim(ctx context.Context, limit int, ttl time.Duration) ([]tokens.Record, error) {
	answer, err := s.run(ctx, claimScript, []string{s.due()}, max(limit, 0), ttl.Microseconds()).StringSlice()
	if err != nil {
		return nil, failure(ctx, "claim", err)
	}
	ends, err := strconv.ParseInt(answer[0], 10, 64)
	if err != nil {
		return nil, failure(ctx, "claim", err)
	}
	recs, err := s.read(ctx, answer[1:])
	for i := range recs {
		recs[i].Due = time.UnixMicro(ends)
	}
	return recs, failure(ctx, "claim", err)
}

// Lease implements [tokens.Leaser].
func (s *Store) Lease(ctx context.Context, id, owner string, ttl time.Duration) (bool, error) {
	got, err := s.run(ctx, leaseScript, []string{s.lease(id)}, owner, max(ttl.Milliseconds(), 1)).Bool()
	return got, failure(ctx, "lease", err)
}

// Unlease implements [tokens.Leaser].
func (s *Store) Unlease(ctx context.Context, id, owner string) error {
	return failure(ctx, "unlease", s.run(ctx, unleaseScript, []string{s.lease(id)}, owner).Err())
}

func conflict(ctx context.Context, what string, done bool, err error) error {
	if err == nil && !done {
		return tokens.ErrConflict
	}
	return failure(ctx, what, err)
}

// failure says what failed. A connection that ran into the context's deadline
// reports a timeout of its own, so the context's error is put in front.
func failure(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("redisstore: %s: %w: %w", what, ended, err)
	}
	return fmt.Errorf("redisstore: %s: %w", what, err)
}
