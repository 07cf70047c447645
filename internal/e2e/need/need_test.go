package need_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/e2e/need"
)

// fake is a test whose end is watched. Like the real one, Skipf and Fatalf end
// its goroutine.
type fake struct {
	testing.TB
	skipped, failed string
}

func (*fake) Helper() {}

func (*fake) Context() context.Context { return context.Background() }

func (f *fake) Skipf(format string, args ...any) {
	f.skipped = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func (f *fake) Fatalf(format string, args ...any) {
	f.failed = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// watch runs part of a test until it ends itself.
func watch(part func(testing.TB)) *fake {
	f := &fake{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		part(f)
	}()
	<-done
	return f
}

func TestWhatIsMissingIsSkippedByName(t *testing.T) {
	t.Setenv("CI", "")
	t.Setenv("PATH", t.TempDir())
	f := watch(func(tb testing.TB) { need.Chromium(tb) })
	if !strings.Contains(f.skipped, "Chromium") || f.failed != "" {
		t.Errorf("skipped %q, failed %q", f.skipped, f.failed)
	}
}

func TestWhatIsMissingFailsInCI(t *testing.T) {
	t.Setenv("CI", "true")
	t.Setenv("PATH", t.TempDir())
	t.Setenv("LOKALISE_RECORDED", "")
	for _, port := range []string{"PGPORT", "MYSQL_TCP_PORT", "REDIS_PORT"} {
		t.Setenv(port, "0") // nothing ever listens there
	}
	t.Chdir(t.TempDir()) // no recordings lie beside it
	for name, ask := range map[string]func(testing.TB){
		"Chromium":           func(tb testing.TB) { need.Chromium(tb) },
		"PostgreSQL":         func(tb testing.TB) { need.PostgreSQL(tb) },
		"MariaDB":            func(tb testing.TB) { need.MariaDB(tb) },
		"Redis":              func(tb testing.TB) { need.Redis(tb) },
		"recorded responses": func(tb testing.TB) { need.Recorded(tb) },
	} {
		f := watch(ask)
		if !strings.Contains(f.failed, name) || f.skipped != "" {
			t.Errorf("%s: skipped %q, failed %q", name, f.skipped, f.failed)
		}
	}
}
