package sandbox_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// person is somebody who uses the pages with a browser that has no JavaScript.
type person struct {
	*box
	browser *http.Client
	page    answer // that is open
}

func (b *box) person() *person { return &person{box: b, browser: b.browser()} }

// open opens a page that must be there.
func (p *person) open(path string) answer {
	p.Helper()
	p.page = p.do(p.browser, p.request("GET", path, ""))
	if p.page.status != http.StatusOK {
		p.Fatalf("GET %s: %d %s", path, p.page.status, p.page.body)
	}
	return p.page
}

var (
	formTag     = regexp.MustCompile(`(?s)<form ([^>]*)>(.*?)</form>`)
	inputTag    = regexp.MustCompile(`<input ([^>]*)>`)
	textareaTag = regexp.MustCompile(`(?s)<textarea ([^>]*)>\n(.*?)</textarea>`)
	selectTag   = regexp.MustCompile(`(?s)<select ([^>]*)>(.*?)</select>`)
	optionTag   = regexp.MustCompile(`<option([^>]*)>([^<]*)</option>`)
	attribute   = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
)

func attributes(tag string) map[string]string {
	all := map[string]string{}
	for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
		all[m[1]] = html.UnescapeString(m[2])
	}
	return all
}

// form finds the form of the open page whose address ends so, and what it sends
// when nobody touches it. The address is returned too.
func (p *person) form(suffix string) (action string, fields url.Values) {
	p.Helper()
	for _, m := range formTag.FindAllStringSubmatch(p.page.body, -1) {
		a := attributes(m[1])
		path, _, _ := strings.Cut(a["action"], "?")
		if a["method"] == "post" && strings.HasSuffix(path, suffix) {
			return a["action"], fieldsOf(m[2])
		}
	}
	p.Fatalf("the page has no form to %s:\n%s", suffix, p.page.body)
	return "", nil
}

func fieldsOf(form string) url.Values {
	fields := url.Values{}
	for _, m := range inputTag.FindAllStringSubmatch(form, -1) {
		a := attributes(m[1])
		_, on := a["checked"]
		if box := a["type"] == "checkbox" || a["type"] == "radio"; a["name"] != "" && (on || !box) {
			fields.Add(a["name"], a["value"])
		}
	}
	for _, m := range textareaTag.FindAllStringSubmatch(form, -1) {
		fields.Add(attributes(m[1])["name"], strings.ReplaceAll(html.UnescapeString(m[2]), "\n", "\r\n"))
	}
	for _, m := range selectTag.FindAllStringSubmatch(form, -1) {
		chosen := ""
		for i, option := range optionTag.FindAllStringSubmatch(m[2], -1) {
			a := attributes(option[1])
			value, has := a["value"]
			if !has {
				value = html.UnescapeString(option[2])
			}
			if _, selected := a["selected"]; selected || i == 0 {
				chosen = value
			}
		}
		fields.Add(attributes(m[1])["name"], chosen)
	}
	return fields
}

// submit fills in a form of the open page and sends it. Fields are given as name
// and value in turn; a value of "-" takes the field out, as of a check box that
// is off. It follows the redirect.
func (p *person) submit(suffix string, pairs ...string) answer {
	p.Helper()
	action, fields := p.form(suffix)
	for i := 0; i+1 < len(pairs); i += 2 {
		fields.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "-" {
			fields.Del(pairs[i])
		}
	}
	a := p.post(action, fields)
	if a.status == http.StatusSeeOther {
		return p.open(a.header.Get("Location"))
	}
	p.page = a
	return a
}

// post sends a form as it is.
func (p *person) post(action string, fields url.Values, header ...string) answer {
	p.Helper()
	header = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)
	return p.do(p.browser, p.request("POST", action, fields.Encode(), header...))
}

// says fails the test unless the open page has the words, as a person reads
// them.
func (p *person) says(words ...string) {
	p.Helper()
	text := html.UnescapeString(p.page.body)
	for _, w := range words {
		if !strings.Contains(text, w) {
			p.Errorf("the page does not say %q:\n%s", w, text)
		}
	}
}

// saysNot is the opposite.
func (p *person) saysNot(words ...string) {
	p.Helper()
	text := html.UnescapeString(p.page.body)
	for _, w := range words {
		if strings.Contains(text, w) {
			p.Errorf("the page says %q", w)
		}
	}
}
