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

// read returns those of the records that exist, in the order of the IDs. It is
// one transaction, so that each record fits the time when it is due.
func (s *Store) read(ctx context.Context, ids []string) ([]tokens.Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	keys := make([]string, len(ids))
	due := make([]*redis.FloatCmd, len(ids))
	pipe := s.client.TxPipeline()
	for i, id := range ids {
		keys[i] = s.grant(id)
		due[i] = pipe.ZScore(ctx, s.due(), id)
	}
	values := pipe.MGet(ctx, keys...)
	// Exec has the error of the first command, which may be no more than that a
	// record is never due. Each is asked below.
	_, _ = pipe.Exec(ctx)
	if err := values.Err(); err != nil {
		return nil, err
	}
	var recs []tokens.Record
	for i, id := range ids {
		value, ok := values.Val()[i].(string)
		if !ok {
			continue
		}
		rec, err := decode(id, value, due[i])
		if err != nil {
			return nil, err
		}
		recs = append(recs, rec)
	}
	return recs, nil
}

// decode makes a record of a stored value and a score.
func decode(id, value string, due *redis.FloatCmd) (tokens.Record, error) {
	text, data, ok := strings.Cut(value, ":")
	version, err := strconv.ParseInt(text, 10, 64)
	if !ok || err != nil {
		return tokens.Record{}, fmt.Errorf("what is stored for grant %q has no version", id)
	}
	rec := tokens.Record{ID: id, Version: version, Data: []byte(data)}
	switch score, err := due.Result(); {
	case errors.Is(err, redis.Nil):
	case err != nil:
		return tokens.Record{}, err
	default:
		rec.Due = time.UnixMicro(int64(score)) // exact until the year 2255
	}
	return rec, nil
}
