package lokalise_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise"
)

func TestPathElementsAreEscaped(t *testing.T) {
	t.Parallel()
	cases := map[lokalise.ProjectID]string{
		"20008339586cded200e0d8.29879849":                    "20008339586cded200e0d8.29879849",
		lokalise.ProjectID("p1").Branch("master"):            "p1:master",
		lokalise.ProjectID("p1").Branch("feature/x"):         "p1:feature%2Fx",
		lokalise.ProjectID("p1").Branch("my branch"):         "p1:my%20branch",
		lokalise.ProjectID("p1").Branch("50%"):               "p1:50%25",
		lokalise.ProjectID("p1").Branch(".."):                "p1:..",
		lokalise.ProjectID("p1").Branch("a?b#c"):             "p1:a%3Fb%23c",
		lokalise.ProjectID("p1").Branch("ž"):                 "p1:%C5%BE",
		lokalise.ProjectID("p1").Branch("one").Branch("two"): "p1:two",
		"../keys":   "..%2Fkeys",
		"p?filter=": "p%3Ffilter=",
		"p\r\nx":    "p%0D%0Ax",
	}
	for id, want := range cases {
		client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			if got := r.RequestURI; got != prefix+"/api2/projects/"+want {
				t.Errorf("%q: the request line has %s, want %s", id, got, want)
			}
			answer(http.StatusOK, bareProject)(w, r)
		})
		if err := getProject(t, client, id); err != nil {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func getProject(t *testing.T, c *lokalise.Client, id lokalise.ProjectID) error {
	t.Helper()
	_, err := c.Projects.Get(t.Context(), id)
	return err
}

func TestPathElementsThatLeaveTheirPlaceAreRefused(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, bareProject))
	client := newServer(t, handler)
	for _, id := range []lokalise.ProjectID{"", ".", "..", ":master", lokalise.ProjectID("p").Branch("")} {
		err := getProject(t, client, id)
		var e *lokalise.RequestError
		if !errors.Is(err, lokalise.ErrInvalidRequest) || !errors.As(err, &e) || e.Retryable() {
			t.Errorf("%q: got %v", id, err)
		}
	}
	for _, err := range client.Projects.All(t.Context(), &lokalise.ProjectListOptions{Names: []string{"a,b"}}) {
		if !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("a comma in a list: got %v", err)
		}
	}
	if _, err := client.Projects.Create(t.Context(), nil); !errors.Is(err, lokalise.ErrInvalidRequest) {
		t.Errorf("no body: got %v", err)
	}
	if count.Load() != 0 {
		t.Errorf("%d requests were sent", count.Load())
	}
}

func TestProjectIDSplit(t *testing.T) {
	t.Parallel()
	for id, want := range map[lokalise.ProjectID][2]string{
		"p":                                   {"p", ""},
		lokalise.ProjectID("p").Branch("x/y"): {"p", "x/y"},
	} {
		if project, branch := id.Split(); project != want[0] || branch != want[1] {
			t.Errorf("%q splits into %q and %q", id, project, branch)
		}
	}
}
