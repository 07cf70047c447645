// Package redact knows what a secret looks like in Lokalise traffic and how to
// write it down without giving it away. Every log, error and journal line of
// this module goes through it, so that there is one list of names to keep.
package redact

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// Mask is what stands in place of a secret.
const Mask = "[redacted]"

// names are the query parameters, form fields and JSON members whose values
// are secrets, in lower case.
var names = map[string]bool{
	"access_token":  true,
	"api_token":     true,
	"client_secret": true,
	"code":          true,
	"jwt":           true,
	"refresh_token": true,
	"secret":        true,
	"state":         true,
	"token":         true,
}

// headers are the header names, in canonical form, whose values are secrets.
var headers = map[string]bool{
	"Authorization":       true,
	"Cookie":              true,
	"Proxy-Authorization": true,
	"Set-Cookie":          true,
	"X-Api-Token":         true,
	"X-Ota-Api-Token":     true,
	"X-Secret":            true,
}

// Secret masks s. A long secret keeps its first four characters, so that a
// person can tell two of them apart; a short one keeps nothing.
func Secret(s string) string {
	const minLen, keep = 24, 4
	switch {
	case s == "":
		return ""
	case len(s) < minLen:
		return Mask
	default:
		return s[:keep] + "…" + Mask
	}
}

// Name tells whether the value behind this parameter or member name is a
// secret.
func Name(name string) bool { return names[strings.ToLower(name)] }

// Header returns a copy of h with the secret values masked.
func Header(h http.Header) http.Header {
	out := h.Clone()
	for name, values := range out {
		if !headers[http.CanonicalHeaderKey(name)] {
			continue
		}
		for i := range values {
			values[i] = Mask
		}
	}
	return out
}

// URL returns u as text with the password and the secret query values masked.
// A query that does not parse is masked whole: what cannot be read cannot be
// shown to be harmless.
func URL(u *url.URL) string {
	if u == nil {
		return ""
	}
	masked := *u
	if masked.User != nil {
		masked.User = url.User(Mask)
	}
	masked.RawQuery = Query(u.RawQuery)
	masked.Fragment, masked.RawFragment = "", ""
	return masked.String()
}

// Query masks the secret values of a raw query or form body.
func Query(raw string) string {
	if raw == "" {
		return ""
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return Mask
	}
	for name, list := range values {
		if !Name(name) {
			continue
		}
		for i := range list {
			list[i] = Mask
		}
	}
	return values.Encode()
}

// JSON masks the string values of secret members anywhere in a JSON document.
// The number that Lokalise puts under "code" in error bodies is no secret and
// stays. A body that is not JSON is masked whole.
func JSON(body []byte) []byte {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var doc any
	if err := dec.Decode(&doc); err != nil || dec.More() {
		return []byte(`"` + Mask + `"`)
	}
	out, err := json.Marshal(maskValue(doc))
	if err != nil {
		return []byte(`"` + Mask + `"`)
	}
	return out
}

func maskValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = maskMember(name, member)
		}
	case []any:
		for i := range v {
			v[i] = maskValue(v[i])
		}
	}
	return v
}

func maskMember(name string, member any) any {
	if s, ok := member.(string); ok && Name(name) && s != "" {
		return Mask
	}
	return maskValue(member)
}
