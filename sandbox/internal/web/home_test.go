package web_test

import (
	"go/parser"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func snippetText(t *testing.T, page func(http.ResponseWriter), id string) string {
	t.Helper()
	_, body := render(t, page)
	for _, g := range find(checkPage(t, body), "code") {
		if g.attrs["id"] == "snippet-"+id+"-text" {
			return g.text
		}
	}
	t.Fatalf("no snippet %q", id)
	return ""
}

func TestHomeShowsCredentialsClockAndCounts(t *testing.T) {
	t.Parallel()
	_, body := render(t, pages["home"])
	tags := checkPage(t, body)
	values := map[string]bool{}
	for _, g := range find(tags, "input") {
		values[g.attrs["value"]] = true
		if _, readonly := g.attrs["readonly"]; !readonly {
			t.Errorf("%v can be edited", g.attrs)
		}
	}
	for _, want := range []string{"http://127.0.0.1:8484", "c11e", "5ec2e7", "http://localhost:3000/callback", "4ead"} {
		if !values[want] {
			t.Errorf("no field shows %q", want)
		}
	}
	text := find(tags, "main")[0].text
	for _, want := range []string{"Sun 4 May 2031, 12:00:00 UTC", "1 hour 30 minutes ahead of real time", "Projects2", "Users3"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) && !strings.Contains(text, want) {
			t.Errorf("page does not say %q", want)
		}
	}
}

func TestHomeClockIsPutInWords(t *testing.T) {
	t.Parallel()
	for ahead, want := range map[time.Duration]string{
		0:                        "in step with real time",
		300 * time.Millisecond:   "in step with real time",
		time.Second:              "1 second ahead of real time",
		26*time.Hour + time.Hour: "1 day 3 hours ahead of real time",
		-2 * time.Minute:         "2 minutes behind real time",
		90*time.Minute + 4*time.Second + 24*time.Hour: "1 day 1 hour ahead of real time",
	} {
		v := homeView("http://127.0.0.1:1")
		v.Ahead = ahead
		_, body := render(t, func(w http.ResponseWriter) { web.Home(w, v) })
		if !strings.Contains(body, want) {
			t.Errorf("%v: page does not say %q", ahead, want)
		}
	}
}

func TestHomeDropsUnsafeAuthorizationURL(t *testing.T) {
	t.Parallel()
	v := homeView("http://127.0.0.1:1")
	v.AuthURL = "javascript:alert(1)"
	_, body := render(t, func(w http.ResponseWriter) { web.Home(w, v) })
	if strings.Contains(body, "Try the consent page") {
		t.Error("the button is there")
	}
}

// The snippets are there to be pasted: Go must parse, and a shell must see one
// word per value, whatever the value is.
func TestSnippetsSurviveHostileValues(t *testing.T) {
	t.Parallel()
	nasty := "a'b\"c`d\\e$(touch /nowhere)\n<f>&"
	home := func(w http.ResponseWriter) {
		v := homeView("http://127.0.0.1:8484")
		v.Credentials.ClientID, v.Credentials.APIToken = nasty, nasty
		v.Env = []web.Variable{{Name: "NASTY", Value: nasty}}
		web.Home(w, v)
	}
	if _, err := parser.ParseExpr("func() {" + snippetText(t, home, "go") + "}"); err != nil {
		t.Errorf("Go snippet does not parse: %v", err)
	}
	code := func(w http.ResponseWriter) { web.Code(w, codeView(nasty, time.Minute)) }
	if _, err := parser.ParseExpr("func() {" + snippetText(t, code, "go") + "}"); err != nil {
		t.Errorf("Go snippet of the code page does not parse: %v", err)
	}
	sh := shell(t)
	script := snippetText(t, home, "env") + "\nprintf %s \"$NASTY\""
	out, err := exec.CommandContext(t.Context(), sh, "-c", script).Output()
	if err != nil || string(out) != nasty {
		t.Errorf("shell read %q, %v, want %q", out, err, nasty)
	}
}

// The curl command of the code page is run with a curl that prints its
// arguments, to see that the body it would send is the JSON that is meant.
func TestExchangeSnippetSendsTheCode(t *testing.T) {
	t.Parallel()
	sh := shell(t)
	command := snippetText(t, pages["code"], "curl")
	script := "LOKALISE_CLIENT_SECRET=5ec2e7\ncurl() { for a in \"$@\"; do printf '%s\\n' \"$a\"; done; }\n" + command
	out, err := exec.CommandContext(t.Context(), sh, "-c", script).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"http://127.0.0.1:8484/oauth2/token\n", `"client_secret": "5ec2e7"`, `"client_id": "c11e"`, `"code": "4c0de"`} {
		if !strings.Contains(string(out), want) {
			t.Errorf("curl would get no %q:\n%s", want, out)
		}
	}
}

func TestCodeIsReadonlyAndSaysItsLife(t *testing.T) {
	t.Parallel()
	for left, want := range map[time.Duration]string{
		10 * time.Minute: "Valid for 10 minutes",
		61 * time.Second: "Valid for 1 minute 1 second",
		0:                "This code has expired",
		-time.Hour:       "This code has expired",
	} {
		_, body := render(t, func(w http.ResponseWriter) { web.Code(w, codeView("4c0de", left)) })
		tags := checkPage(t, body)
		if text := find(tags, "main")[0].text; !strings.Contains(text, want) {
			t.Errorf("%v: page does not say %q", left, want)
		}
		for _, g := range find(tags, "input") {
			if _, readonly := g.attrs["readonly"]; !readonly || g.attrs["value"] != "4c0de" {
				t.Errorf("field is %v", g.attrs)
			}
		}
	}
}

// shell is a POSIX shell to try a snippet in. A machine without one skips the
// test by name; where nothing may be skipped, the run fails for it.
func shell(t *testing.T) string {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("needs sh, a POSIX shell, to try the snippet in")
	}
	return sh
}
