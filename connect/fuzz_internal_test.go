package connect

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// fuzzApp has what the functions under test need.
func fuzzApp() *app {
	key := []byte("a key of thirty-two bytes, no 1.")
	return &app{
		cfg:    Config{Now: func() time.Time { return time.UnixMilli(1_700_000_000_000) }},
		signer: signer{keys: [][]byte{key}, callback: "https://app.example/callback"},
	}
}

// FuzzAttemptCookie: nothing opens but what was sealed under the name, byte for
// byte.
func FuzzAttemptCookie(f *testing.F) {
	a := fuzzApp()
	const name = hostPrefix + attemptCookie + "0123456789abcdef"
	payload, err := encode(attempt{State: "state", Expires: 1, Session: sessionTag(name, "tenant"), ReturnTo: "/settings"})
	if err != nil {
		f.Fatal(err)
	}
	sealed := a.signer.seal(name, payload)
	for _, value := range []string{
		sealed, sealed + "=", sealed[1:], sealed[:len(sealed)-1], strings.Replace(sealed, ".", "..", 1),
		a.signer.seal("another", payload), a.signer.seal(name, []byte("not JSON")), a.signer.seal(name, nil), "", ".",
	} {
		f.Add(name, value)
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		_, read := a.readAttempt(name, value)
		payload, ok := a.signer.open(name, value)
		if read && !ok {
			t.Error("an attempt was read from a cookie that does not open")
		}
		if ok && a.signer.seal(name, payload) != value {
			t.Errorf("%q opens, and is not what is sealed", value)
		}
	})
}

// FuzzReturnTo: whatever is allowed stays, for Go's parser and for a browser's,
// at the app's origin or a listed one, and in a listed place.
func FuzzReturnTo(f *testing.F) {
	list, err := newReturnList([]string{"/settings", "/projects/", "https://other.example/apps/"})
	if err != nil {
		f.Fatal(err)
	}
	for _, address := range []string{
		"/settings", "/settings?x=//y#z", "/projects/7/keys", "/projects/%C3%A4", "https://other.example/apps/7",
		"//evil.example", `/\evil.example`, "/%2fevil.example", "/projects/%2e%2e/x", "/projects/.%2E", "/\t/evil.example",
		"https://other.example@evil.example/apps/", "https://other.example//evil.example", "/projects/;/../x", "/projects/%25%32%66",
	} {
		f.Add(address)
	}
	base, err := url.Parse("https://app.example/lokalise/callback?outcome=x")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if !list.allows(address) {
			return
		}
		for reader, text := range map[string]string{"Go": address, "a browser": asBrowsersRead(address)} {
			ref, err := url.Parse(text)
			if err != nil {
				t.Fatalf("%q is allowed and no URL: %v", address, err)
			}
			to := base.ResolveReference(ref)
			local := to.Host == "app.example" && (to.Path == "/settings" || strings.HasPrefix(to.Path, "/projects/"))
			other := to.Host == "other.example" && strings.HasPrefix(to.Path, "/apps/")
			if to.Scheme != "https" || to.User != nil || !local && !other {
				t.Errorf("%q is allowed and leads %s to %s", address, reader, to)
			}
		}
		if strings.ContainsAny(address, "\r\n\x00") {
			t.Errorf("%q is allowed in a header", address)
		}
	})
}

// asBrowsersRead does to an address what the URL standard of browsers does
// before and while parsing (url.spec.whatwg.org): white space around it and line
// breaks and tabs in it go, a backslash is a slash.
func asBrowsersRead(address string) string {
	address = strings.Trim(address, " \t\r\n\f\v\x00")
	address = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(address)
	path, rest := address, ""
	if at := strings.IndexAny(address, "?#"); at >= 0 {
		path, rest = address[:at], address[at:]
	}
	return strings.ReplaceAll(path, `\`, "/") + rest
}
