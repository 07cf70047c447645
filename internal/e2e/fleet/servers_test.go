package fleet_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/e2e/need"
)

// database is a server of the test's own, which may be disturbed.
type database struct {
	store   storeAddress
	program string
	args    []string
	account *syscall.Credential // nil: this process's own
	log     string
	cmd     *exec.Cmd
}

// start starts the server and waits until it answers, which PostgreSQL does some
// time after it listens.
func (d *database) start(t testing.TB) {
	t.Helper()
	log, err := os.OpenFile(d.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() //nolint:errcheck // the server has it, too
	cmd := exec.Command(d.program, d.args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: d.account}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	d.cmd = cmd
	for deadline := time.Now().Add(time.Minute); ; {
		err := d.store.ping()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			text, _ := os.ReadFile(d.log) // for the person who reads the failure
			t.Fatalf("%s does not start: %v\n%s", d.program, err, text)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// crash ends the server as a failure would: it does not say good-bye.
func (d *database) crash() {
	sig := syscall.SIGKILL
	if d.store.Kind == "PostgreSQL" {
		sig = syscall.SIGQUIT // kills all its processes, and cleans nothing up
	}
	_ = d.cmd.Process.Signal(sig)
	_ = d.cmd.Wait() // killed, as it should be
}

// newDatabase starts a server of a kind, for one test. Only a measurement needs one
// that syncs each change to the disk: the machine stays up, and what a server has
// written before it answers is there after a crash of its own. With syncs it stands
// still while the disk is busy, and PostgreSQL syncs every file when it starts
// after a crash.
func newDatabase(t testing.TB, kind string, syncs bool) *database {
	t.Helper()
	d := &database{store: storeAddress{Kind: kind, Host: freePort(t)}}
	_, port, _ := net.SplitHostPort(d.store.Host)
	dir := folder(t)
	d.log = filepath.Join(dir, "log")
	if kind == "Redis" {
		d.redis(t, dir, port, syncs)
	} else {
		d.postgreSQL(t, dir, port, syncs)
	}
	d.start(t)
	t.Cleanup(d.crash)
	return d
}

func (d *database) redis(t testing.TB, dir, port string, syncs bool) {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		need.Missing(t, "redis-server", "run make services")
	}
	d.program = program
	d.args = []string{
		"--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "yes",
		"--appendfsync", map[bool]string{true: "always", false: "no"}[syncs], "--dir", dir,
	}
}

func (d *database) postgreSQL(t testing.TB, dir, port string, syncs bool) {
	t.Helper()
	bin := postgresPrograms(t)
	data := filepath.Join(dir, "data")
	d.program = filepath.Join(bin, "postgres")
	d.args = []string{"-D", data, "-p", port}
	for _, setting := range []string{
		"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=120",
		"fsync=" + map[bool]string{true: "on", false: "off"}[syncs],
	} {
		d.args = append(d.args, "-c", setting)
	}
	d.account = account(t)
	if d.account != nil {
		if err := os.Chown(dir, int(d.account.Uid), int(d.account.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "--auth", "trust", "--no-sync")
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: d.account}
	initdb.Dir = dir
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
}

// postgresPrograms is the folder of PostgreSQL's programs, which Debian keeps
// out of the PATH.
func postgresPrograms(t testing.TB) string {
	t.Helper()
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is a good one
	if len(found) == 0 {
		need.Missing(t, "PostgreSQL's initdb", "run make services")
		return ""
	}
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(found[len(found)-1])
}

func version(path string) int {
	n, _ := strconv.Atoi(strings.Split(path, "/")[4]) // 0 for what has no number
	return n
}

// account is whom PostgreSQL runs as, which refuses to run as root.
func account(t testing.TB) *syscall.Credential {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		need.Missing(t, "the user postgres", "run make services")
		return nil
	}
	uid, errUID := strconv.ParseUint(u.Uid, 10, 32)
	gid, errGID := strconv.ParseUint(u.Gid, 10, 32)
	if errUID != nil || errGID != nil {
		t.Fatalf("user postgres: %v", fmt.Errorf("%s:%s", u.Uid, u.Gid))
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// folder is one that other users can reach, unlike t.TempDir.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "fleet") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // see above; there is nothing secret in it
		t.Fatal(err)
	}
	return dir
}

// freePort is an address that nobody listened on just now.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // nobody connected
	return l.Addr().String()
}
