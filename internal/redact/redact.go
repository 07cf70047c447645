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
	"access_token":        true,
	"api_token":           true,
	"client_secret":       true,
	"code":                true,
	"jwt":                 true,
	"refresh_token":       true,
	"read_only_api_token": true,
	"secret":              true,
	"state":               true,
	"token":               true,
	// The address of an exported bundle is signed: whoever has it can fetch it.
	"x-amz-credential":     true,
	"x-amz-security-token": true,
	"x-amz-signature":      true,
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

// whole is the mask that keeps nothing of a secret.
func whole(string) string { return Mask }

// Header returns a copy of h with the secret values masked.
func Header(h http.Header) http.Header { return HeaderWith(h, whole) }

// HeaderWith is Header with another mask, for output in which a person has to
// tell two secrets apart: pass Secret for that. The scheme in front of a
// credential ("Bearer") stays readable then, and a Location or Referer is
// masked as the URL that it is.
func HeaderWith(h http.Header, mask func(string) string) http.Header {
	out := h.Clone()
	for name, values := range out {
		name = http.CanonicalHeaderKey(name)
		for i, value := range values {
			switch {
			case headers[name]:
				values[i] = maskCredential(value, mask)
			case name == "Location" || name == "Referer":
				values[i] = maskURL(value, mask)
			}
		}
	}
	return out
}

// maskCredential keeps the scheme of "Bearer abc" and masks the rest. What
// keeps nothing of a secret keeps no scheme either.
func maskCredential(value string, mask func(string) string) string {
	scheme, credential, found := strings.Cut(value, " ")
	if masked := mask(credential); found && masked != Mask && strings.EqualFold(scheme, "bearer") {
		return scheme + " " + masked
	}
	return mask(value)
}

// URL returns u as text with the password and the secret query values masked.
// A query that does not parse is masked whole: what cannot be read cannot be
// shown to be harmless.
func URL(u *url.URL) string { return URLWith(u, whole) }

// URLWith is URL with another mask.
func URLWith(u *url.URL, mask func(string) string) string {
	if u == nil {
		return ""
	}
	masked := *u
	if masked.User != nil {
		masked.User = url.User(Mask)
	}
	masked.RawQuery = QueryWith(u.RawQuery, mask)
	masked.Fragment, masked.RawFragment = "", ""
	return masked.String()
}

// Query masks the secret values of a raw query or form body.
func Query(raw string) string { return QueryWith(raw, whole) }

// QueryWith is Query with another mask.
func QueryWith(raw string, mask func(string) string) string {
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
			list[i] = mask(list[i])
		}
	}
	return values.Encode()
}

// JSON masks the string values of secret members anywhere in a JSON document,
// and the secret query values of a URL that stands in it as a string. The
// number that Lokalise puts under "code" in error bodies is no secret and
// stays. A body that is not JSON is masked whole.
func JSON(body []byte) []byte { return JSONWith(body, whole) }

// JSONWith is JSON with another mask.
func JSONWith(body []byte, mask func(string) string) []byte {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var doc any
	if err := dec.Decode(&doc); err != nil || dec.More() {
		return []byte(`"` + Mask + `"`)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(maskValue(doc, mask)); err != nil {
		return []byte(`"` + Mask + `"`)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

func maskValue(v any, mask func(string) string) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = maskMember(name, member, mask)
		}
	case []any:
		for i := range v {
			v[i] = maskValue(v[i], mask)
		}
	case string:
		return maskText(v, mask)
	}
	return v
}

func maskMember(name string, member any, mask func(string) string) any {
	if s, ok := member.(string); ok && Name(name) && s != "" {
		return mask(s)
	}
	return maskValue(member, mask)
}

// maskText masks the secret query values of a text that is a URL, also one
// without a host or with an app's own scheme: a redirect address carries the
// code of a grant. Every other text stays as it is.
func maskText(s string, mask func(string) string) string {
	absolute := strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
	if absolute || strings.Contains(s, "?") && strings.Contains(s, "=") && !strings.ContainsAny(s, " \t\r\n") {
		return maskURL(s, mask)
	}
	return s
}

// maskURL leaves a URL without a secret as it is, byte by byte.
func maskURL(s string, mask func(string) string) string {
	u, err := url.Parse(s)
	if err != nil {
		return Mask
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Mask
	}
	secret := u.User != nil
	for name := range query {
		secret = secret || Name(name)
	}
	if !secret {
		return s
	}
	return URLWith(u, mask)
}
