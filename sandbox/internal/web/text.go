package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// helpers are the functions templates call.
var helpers = template.FuncMap{
	"plain":   plain,
	"rfc":     func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
	"date":    func(t time.Time) string { return t.UTC().Format("2 Jan 2006") },
	"day":     func(t time.Time) string { return t.UTC().Format("Mon 2 Jan 2006, 15:04:05 UTC") },
	"count":   count,
	"message": nameMessage,
	"named":   named,
	"brief":   func(s string) string { return shorten(strings.Join(strings.Fields(s), " "), maxBrief) },
	"number":  number,
}

// named is plain for the text of a link, which must not be empty.
func named(s string) string {
	if name := strings.TrimSpace(plain(s)); name != "" {
		return name
	}
	return "(no name)"
}

const maxBrief = 160 // characters of a text in a list

// number writes a count with a thin space between thousands.
func number(n int) string {
	digits := strconv.Itoa(n)
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && r != '-' && digits[i-1] != '-' {
			b.WriteRune('\u2009')
		}
		b.WriteRune(r)
	}
	return b.String()
}

const maxName = 120 // characters of a name that is shown

// plain makes a name from outside safe to read: control characters and those
// that reorder text are dropped, since with them an app could make its name
// look like a part of the page, and the rest is cut to a sane length.
func plain(s string) string {
	return shorten(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s), maxName)
}

// shorten cuts s to limit characters and marks the cut.
func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit]) + "…"
}

// initials are one or two letters that stand for a name.
func initials(name string) string {
	var first []rune
	for _, word := range strings.FieldsFunc(plain(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		r, _ := utf8.DecodeRuneInString(word)
		first = append(first, unicode.ToUpper(r))
	}
	switch len(first) {
	case 0:
		return "?"
	case 1:
		return string(first)
	default:
		return string([]rune{first[0], first[len(first)-1]})
	}
}

// safeLink returns raw and its host if it is an absolute http or https URL.
func safeLink(raw string) (link, host string) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", ""
	}
	return u.String(), u.Host
}

// dataImage matches the data: URLs a logo may be. An SVG in an img element
// runs no script.
var dataImage = regexp.MustCompile(`^data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/]+=*$`)

// safeLogo returns raw if the page's policy lets it load: a path on this
// server or a data: image. html/template refuses every data: URL, hence the
// type, which is only given to what matched.
func safeLogo(raw string) template.URL {
	switch {
	case dataImage.MatchString(raw):
		return template.URL(raw) //nolint:gosec // G203: matched against dataImage
	case strings.HasPrefix(raw, "/") && !strings.HasPrefix(raw, "//") && !strings.ContainsAny(raw, "\\\r\n"):
		return template.URL(raw) //nolint:gosec // G203: a path on this server
	}
	return ""
}

// prettyJSON indents a JSON body and leaves everything else as it is.
func prettyJSON(body string) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(body), "", "  ") != nil {
		return body
	}
	return out.String()
}

func statusClass(status int) string { return strconv.Itoa(status/100) + "xx" }

// statusText is the meaning of a status, 0 being that of a connection that was
// cut.
func statusText(status int) string {
	if status == 0 {
		return "no answer"
	}
	return http.StatusText(status)
}

// ahead writes how a sandbox clock differs from the real one.
func ahead(d time.Duration) string {
	switch d = d.Round(time.Second); {
	case d == 0:
		return "in step with real time"
	case d < 0:
		return inWords(-d) + " behind real time"
	default:
		return inWords(d) + " ahead of real time"
	}
}

// inWords writes a duration in its two largest units.
func inWords(d time.Duration) string {
	units := []struct {
		size time.Duration
		noun string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}}
	var words []string
	for _, u := range units {
		if n := int(d / u.size); n > 0 && len(words) < 2 {
			words = append(words, count(n, u.noun))
		}
		d %= u.size
	}
	if len(words) == 0 {
		return "less than a second"
	}
	return strings.Join(words, " ")
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
