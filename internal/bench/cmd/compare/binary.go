package main

import (
	"context"
	"os"
	"os/exec"

	"github.com/golokalise/lokalise/internal/bench/work"
)

// binaryWork is the size of a program that lists projects. Nothing of it runs.
var binaryWork = work.Work{Name: "binary", About: "a binary that lists projects"}

var (
	size     = metric{"bytes", func(s *samples) []float64 { return s.sizes[:1] }}
	stripped = metric{"bytes stripped", func(s *samples) []float64 { return s.sizes[1:] }}
)

// binarySizes builds the two programs as they are and without symbols.
func (b *bench) binarySizes(ctx context.Context) (result, error) {
	r := result{order: []string{work.Raw, work.Ours}, of: map[string]*samples{}}
	for _, name := range r.order {
		s := &samples{}
		for _, flags := range []string{"", "-s -w"} {
			out := b.program("size")
			cmd := exec.CommandContext(ctx, "go", "build", "-ldflags", flags, "-o", out, "./cmd/list"+name)
			cmd.Dir, cmd.Stderr = b.source, os.Stderr
			if err := cmd.Run(); err != nil {
				return r, err
			}
			info, err := os.Stat(out)
			if err != nil {
				return r, err
			}
			s.sizes = append(s.sizes, float64(info.Size()))
		}
		r.of[name] = s
	}
	return r, nil
}
