package need

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Packages is the folder node, with its npm packages installed as its lock file
// has them.
type Packages struct{ dir string }

// npm installs the packages once for this process.
var npm = sync.OnceValues(install)

// NPM installs the npm packages unless make services or an earlier run did. The
// package that asks lies beside the folder node.
func NPM(tb testing.TB) Packages {
	tb.Helper()
	dir, err := npm()
	if err != nil {
		Missing(tb, fmt.Sprintf("npm packages (%v)", err), "run make services")
	}
	return Packages{dir}
}

// Node is the path of a Node that is new enough for the official SDK, which
// Debian's is not.
func (p Packages) Node() string { return p.path("node_modules", ".bin", "node") }

// Script is the path of one of our scripts.
func (p Packages) Script(name string) string { return p.path(name) }

// Axe is the script that checks a page for accessibility.
func (p Packages) Axe() string { return p.path("node_modules", "axe-core", "axe.min.js") }

func (p Packages) path(elements ...string) string {
	return filepath.Join(append([]string{p.dir}, elements...)...)
}

// install runs npm ci where it is needed. Test processes run side by side, so
// only one of them at a time may look and install.
func install() (dir string, err error) {
	if dir, err = filepath.Abs(filepath.Join("..", "node")); err != nil {
		return "", err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, "install.lock")).Lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	if installed(dir) {
		return dir, nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return "", errors.New("npm is not there to install them")
	}
	const limit = 3 * time.Minute // most of it is 60 MB from the network
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir = dir
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm ci: %w: %.500s", err, out)
	}
	return dir, os.Chtimes(hidden(dir), time.Time{}, time.Now())
}

// installed tells whether npm's copy of what it installed is newer than the
// lock file. scripts/services goes by the same.
func installed(dir string) bool {
	lock, err := os.Stat(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return false
	}
	copied, err := os.Stat(hidden(dir))
	return err == nil && copied.ModTime().After(lock.ModTime())
}

// hidden is where npm leaves its copy.
func hidden(dir string) string {
	return filepath.Join(dir, "node_modules", ".package-lock.json")
}
