package lokalise_test

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
)

// exampleProject is the project of the examples.
const exampleProject = lokalise.ProjectID("20008339586cded200e0d8.29879849")

// exampleClient returns a client for a server that gives the same answer
// whenever it is asked for a route, "GET /api2/projects/{project}/keys"; {server}
// in an answer is where the server is. For Lokalise itself WithAPIToken, or
// WithTokenSource, is all that is needed.
func exampleClient(routes map[string]string) (client *lokalise.Client, stop func()) {
	mux := http.NewServeMux()
	for route, answer := range routes {
		mux.HandleFunc(route, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			_, _ = io.WriteString(w, strings.ReplaceAll(answer, "{server}", "http://"+r.Host))
		})
	}
	srv := httptest.NewServer(mux)
	client, err := lokalise.New(lokalise.WithAPIToken(testToken), lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	return client, srv.Close
}

func TestEveryServiceHasAnExample(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("example*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	client := reflect.TypeFor[lokalise.Client]()
	for i := range client.NumField() {
		field := client.Field(i)
		if field.IsExported() && !strings.Contains(all.String(), "func Example"+field.Type.Elem().Name()+"_") {
			t.Errorf("client.%s has no example in %q", field.Name, names)
		}
	}
}
