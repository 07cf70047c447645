package redislimiter

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/golokalise/lokalise/limiter"
)

// Options fit a [Limiter] to a Redis and a fleet. The zero value is fine.
type Options struct {
	limiter.Options

	// Prefix keeps the keys of several limiters apart. It may hold anything but
	// braces. Defaults to "lokalise".
	Prefix string
}

const defaultPrefix = "lokalise"

// Limiter is a [lokalise.Limiter] whose budgets are in Redis.
type Limiter struct{ *limiter.Limiter }

// New returns a limiter that uses a client of the app's, which the app closes.
// It does not connect. It fails if the prefix holds a brace or another option
// makes no sense.
func New(client redis.UniversalClient, options Options) (*Limiter, error) {
	if client == nil {
		return nil, errors.New("redislimiter: the client is nil")
	}
	prefix := options.Prefix
	if prefix == "" {
		prefix = defaultPrefix
	}
	if strings.ContainsAny(prefix, "{}") {
		return nil, fmt.Errorf("redislimiter: prefix %q holds a brace", prefix)
	}
	l, err := limiter.New(&server{client, prefix}, options.Options)
	if err != nil {
		return nil, err
	}
	return &Limiter{l}, nil
}

//go:embed scripts/*.lua
var files embed.FS

var (
	takeScript   = load("take")
	returnScript = load("return")
	holdScript   = load("hold")
)

// script is a Lua script and its hash.
type script struct{ text, hash string }

func load(name string) script {
	text, err := files.ReadFile("scripts/" + name + ".lua")
	if err != nil {
		panic(err) // the file is part of the program
	}
	return script{string(text), redis.NewScript(string(text)).Hash()}
}

// server is a [limiter.Server].
type server struct {
	client redis.UniversalClient
	prefix string
}

// Take implements [limiter.Server].
func (s *server) Take(ctx context.Context, r limiter.Request) (limiter.Answer, error) {
	answer, err := s.run(ctx, takeScript, r.Key, r.Party, r.Member, r.PerSecond, r.MaxWait.Milliseconds(), r.Back).Int64Slice()
	if err != nil {
		return limiter.Answer{}, failure("take", err)
	}
	if len(answer) != 2 {
		return limiter.Answer{}, fmt.Errorf("redislimiter: take: the script returned %d values", len(answer))
	}
	return limiter.Answer{Place: answer[0], Wait: time.Duration(answer[1]) * time.Millisecond}, nil
}

// Return implements [limiter.Server].
func (s *server) Return(ctx context.Context, r limiter.Request) error {
	err := s.run(ctx, returnScript, r.Key, r.Party, r.Member, r.Back).Err()
	return failure("return", err)
}

// Hold implements [limiter.Server].
func (s *server) Hold(ctx context.Context, key string, wait time.Duration, limit int) error {
	ms := int64(math.Ceil(float64(wait) / float64(time.Millisecond)))
	return failure("hold", s.run(ctx, holdScript, key, ms, limit).Err())
}

// run runs a script by its hash, or in full on a server that does not have it.
func (s *server) run(ctx context.Context, sc script, key string, args ...any) *redis.Cmd {
	key = s.prefix + ":{" + strings.NewReplacer("{", "(", "}", ")").Replace(key) + "}"
	cmd := s.send(ctx, "evalsha", sc.hash, key, args)
	if redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
		cmd = s.send(ctx, "eval", sc.text, key, args)
	}
	return cmd
}

func (s *server) send(ctx context.Context, name, sc, key string, args []any) *redis.Cmd {
	cmd := once{redis.NewCmd(ctx, append([]any{name, sc, 1, key}, args...)...)}
	_ = s.client.Process(ctx, cmd) // the command has the error too
	return cmd.Cmd
}

// once is a command that is not sent again after a failure: it would take two
// places, and during an outage the request would wait for its repetitions.
type once struct{ *redis.Cmd }

// NoRetry implements [redis.Cmder].
func (once) NoRetry() bool { return true }

func failure(what string, err error) error {
	if err == nil || errors.Is(err, redis.Nil) {
		return nil
	}
	return fmt.Errorf("redislimiter: %s: %w", what, err)
}
