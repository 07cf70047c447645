package sandbox

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestScopesAreOfTheWorldThatIsNamed(t *testing.T) {
	t.Parallel()
	s := sandbox.Start(t)
	staging, err := s.AddWorld("staging")
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL()+"/api2/projects", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Api-Token", staging.Credentials().APIToken)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	addr := strings.TrimPrefix(s.URL(), "http://")
	for _, c := range []struct {
		opts       scopesOptions
		want, fail string
	}{
		{scopesOptions{}, "No request with a good credential", ""},
		{scopesOptions{world: "default"}, "No request with a good credential", ""},
		{scopesOptions{world: "staging"}, "read_projects", ""},
		{scopesOptions{clientID: staging.Credentials().ClientID}, "read_projects", ""},
		{scopesOptions{world: "a&b"}, "", "No world has this name"},
		{scopesOptions{world: "staging", clientID: "x"}, "", "exclude each other"},
	} {
		c.opts.addr = addr
		var out bytes.Buffer
		err := runScopes(t.Context(), &out, &c.opts, "")
		if c.fail == "" && err != nil || c.fail != "" && (err == nil || !strings.Contains(err.Error(), c.fail)) || !strings.Contains(out.String(), c.want) {
			t.Errorf("%+v: %v\n%s", c.opts, err, out.String())
		}
	}
}
