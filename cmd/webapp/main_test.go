package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/golokalise/lokalise/cmd/webapp/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"webapp": func() { os.Exit(cli.Main()) },
	})
}

// TestScripts runs testdata/script, the program as its users see it.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"waitfor": waitFor,
			"visit":   visit,
		},
	})
}

// waitFor waits until a file that another program writes has a line:
// waitfor FILE TEXT.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: waitfor FILE TEXT")
	}
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		content, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(content), args[1]+"\n") {
			return
		}
		select {
		case <-look.C:
		case <-deadline.C:
			ts.Fatalf("no line with %q in %s after a minute (%v): %q", args[1], args[0], err, content)
		}
	}
}

var address = regexp.MustCompile(`(?m)^The web app runs at (http://\S+)$`)

// visit signs in at the app whose first line is in a file, connects an account
// unless told otherwise, and prints the dashboard: visit FILE [connect].
func visit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: visit FILE [connect]")
	}
	found := address.FindStringSubmatch(ts.ReadFile(args[0]))
	if found == nil {
		ts.Fatalf("no address in %s", args[0])
	}
	root := found[1]
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	client := &http.Client{Jar: jar, Timeout: 30 * time.Second}
	page := post(ts, client, root+"/signin", url.Values{"workspace": {"harbor"}})
	if len(args) > 1 {
		consent := post(ts, client, root+"/lokalise/start", nil)
		request := regexp.MustCompile(`name="request" value="([^"]+)"`).FindStringSubmatch(consent.body)
		if request == nil {
			ts.Fatalf("no consent page: %s", consent.body)
		}
		form := url.Values{"request": {request[1]}, "decision": {"allow"}}
		for _, user := range regexp.MustCompile(`name="user" value="([^"]+)" checked`).FindAllStringSubmatch(consent.body, 1) {
			form.Set("user", user[1])
		}
		consent.url.RawQuery = ""
		post(ts, client, consent.url.String(), form)
		page = post(ts, client, root+"/projects", nil)
	}
	_, err = fmt.Fprintln(ts.Stdout(), page.body)
	ts.Check(err)
}

type result struct {
	url  *url.URL
	body string
}

func post(ts *testscript.TestScript, client *http.Client, to string, form url.Values) result {
	res, err := client.PostForm(to, form)
	ts.Check(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	ts.Check(err)
	if res.StatusCode != http.StatusOK {
		ts.Fatalf("%s answers %s: %s", to, res.Status, body)
	}
	return result{res.Request.URL, string(body)}
}
