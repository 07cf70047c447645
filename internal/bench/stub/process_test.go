package stub_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise/internal/bench/stub"
)

func TestConnectionsAreCountedButNotThoseOfTheControlPort(t *testing.T) {
	t.Parallel()
	server := stub.New(stub.Options{})
	api, control := listen(t), listen(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, api, control) }()
	p := &stub.Process{Address: stub.Address{Control: "http://" + control.Addr().String()}}
	for want := int64(1); want <= 3; want++ {
		client := &http.Client{Transport: &http.Transport{}}
		for range 2 {
			get(t, client, "http://"+api.Addr().String()+"/api2/projects?limit=1")
		}
		client.CloseIdleConnections()
		stats, err := p.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if stats.Connections != want || stats.Requests != 2*want {
			t.Errorf("after %d clients: %+v", want, stats)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func get(t *testing.T, client *http.Client, address string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Api-Token", "any")
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v", response.StatusCode, err)
	}
	_ = response.Body.Close()
}
