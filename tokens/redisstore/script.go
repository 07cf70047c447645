package redisstore

import (
	"context"
	"embed"

	"github.com/redis/go-redis/v9"
)

//go:embed scripts/*.lua
var files embed.FS

var (
	putScript     = load("put")
	deleteScript  = load("delete")
	dueScript     = load("due")
	claimScript   = load("claim")
	leaseScript   = load("lease")
	unleaseScript = load("unlease")
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

// run runs a script by its hash, or in full on a server that does not have it.
func (s *Store) run(ctx context.Context, sc script, keys []string, args ...any) *redis.Cmd {
	cmd := s.send(ctx, "evalsha", sc.hash, keys, args)
	if redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
		cmd = s.send(ctx, "eval", sc.text, keys, args)
	}
	return cmd
}

func (s *Store) send(ctx context.Context, name, sc string, keys []string, args []any) *redis.Cmd {
	all := []any{name, sc, len(keys)}
	for _, key := range keys {
		all = append(all, key)
	}
	cmd := once{redis.NewCmd(ctx, append(all, args...)...)}
	_ = s.client.Process(ctx, cmd) // the command has the error too
	return cmd.Cmd
}

// once is a command that is not sent again after a failure. A write that was
// carried out and sent again would be reported as a conflict with itself.
type once struct{ *redis.Cmd }

// NoRetry implements [redis.Cmder].
func (once) NoRetry() bool { return true }
