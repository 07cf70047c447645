package lokalise

import (
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"
)

// defaultTransport is shared by all clients that were given no HTTP client, so
// that a client for each of a thousand users costs no connections.
//
// net/http keeps two idle connections a host, which makes 32 requests in
// flight open a new one nearly every time.
var defaultTransport = sync.OnceValue(func() *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          0, // no cap on all hosts together
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
})

// defaultUserAgent names this module in the version in which it is built in.
var defaultUserAgent = sync.OnceValue(func() string {
	const module = "github.com/golokalise/lokalise"
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok {
		deps := append(info.Deps, &info.Main)
		for _, m := range deps {
			if m.Path == module && m.Version != "" && m.Version != "(devel)" && m.Version != "v0.0.0" {
				version = m.Version
			}
		}
	}
	return "golokalise/" + version
})
