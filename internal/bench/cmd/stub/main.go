// Command stub serves the benchmark's made-up Lokalise on a loopback port. It
// prints one JSON line with its two addresses and ends with its standard input.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"

	"github.com/golokalise/lokalise/internal/bench/stub"
)

func main() {
	var options stub.Options
	flag.BoolVar(&options.RateHeaders, "rate-headers", false, "add the recorded rate-limit headers")
	flag.BoolVar(&options.Verify, "verify", false, "decode uploads and keep their checksum")
	flag.Parse()
	if err := run(options); err != nil {
		fmt.Fprintln(os.Stderr, "stub:", err)
		os.Exit(1)
	}
}

func run(options stub.Options) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	// Whoever starts a stub holds its input open. When that process ends, by
	// whatever cause, the stub ends too.
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	var lc net.ListenConfig
	api, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	control, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	err = json.NewEncoder(os.Stdout).Encode(stub.Address{
		URL: "http://" + api.Addr().String(), Control: "http://" + control.Addr().String(),
	})
	if err != nil {
		return err
	}
	return stub.New(options).Serve(ctx, api, control)
}
