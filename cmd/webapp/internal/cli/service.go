package cli

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/golokalise/lokalise/cmd/webapp/internal/lab"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/sandbox/sqlite"
)

// service is Lokalise, or what plays it.
type service struct {
	clientID, clientSecret string
	oauthHost, baseURL     string          // empty: Lokalise's own
	box                    *sandbox.Server // nil: Lokalise
}

// service is what the command line asks for. A sandbox is started.
func (o *options) service(dir string, end *ending) (*service, error) {
	if o.lokalise {
		return &service{
			clientID: o.clientID, clientSecret: o.clientSecret,
			oauthHost: os.Getenv("LOKALISE_OAUTH_HOST"), baseURL: os.Getenv("LOKALISE_BASE_URL"),
		}, nil
	}
	options := []sandbox.Option{sandbox.WithLogger(o.logger().With(slog.String("part", "sandbox")))}
	if o.data != "" {
		// Grants that outlive the program need a sandbox that does.
		file, err := sqlite.Open(filepath.Join(dir, "sandbox.db"))
		if err != nil {
			return nil, failure("see what else uses the folder of --data", "%v", err)
		}
		options = append(options, sandbox.WithStorage(file))
	}
	box, err := sandbox.New(options...)
	if err != nil {
		return nil, err
	}
	end.add(box.Close)
	if err := box.Listen("127.0.0.1:0"); err != nil {
		return nil, err
	}
	c := box.Credentials()
	return &service{clientID: c.ClientID, clientSecret: c.ClientSecret, oauthHost: box.URL(), baseURL: box.URL(), box: box}, nil
}

// lab makes experiments at the sandbox; nil when there is none.
func (s *service) lab() *lab.Lab {
	if s.box == nil {
		return nil
	}
	return lab.New(s.box)
}

func (s *service) sandboxURL() string {
	if s.box == nil {
		return ""
	}
	return s.box.URL()
}

// String says who plays Lokalise.
func (s *service) String() string {
	switch {
	case s.box != nil:
		return "a sandbox at " + s.box.URL()
	case s.oauthHost != "":
		return s.oauthHost
	default:
		return oauth.DefaultHost
	}
}

// folder is where keys and files go.
func (o *options) folder(end *ending) (string, error) {
	if o.data != "" {
		const onlyMine = 0o700
		if err := os.MkdirAll(o.data, onlyMine); err != nil {
			return "", failure("choose another one with --data", "the folder cannot be made: %v", err)
		}
		return o.data, nil
	}
	dir, err := os.MkdirTemp("", "lokalise-webapp-")
	if err != nil {
		return "", failure("name a folder with --data", "%v", err)
	}
	end.add(func() error { return os.RemoveAll(dir) })
	return dir, nil
}

// ending collects what has to be done when the program ends, the last first.
type ending struct{ steps []func() error }

func (e *ending) add(step func() error) { e.steps = append(e.steps, step) }

func (e *ending) run() error {
	var errs []error
	for i := len(e.steps) - 1; i >= 0; i-- {
		errs = append(errs, e.steps[i]())
	}
	return errors.Join(errs...)
}
