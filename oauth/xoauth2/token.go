package xoauth2

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"golang.org/x/oauth2"

	"github.com/golokalise/lokalise/oauth"
)

// keptKey is the extra under which FromToken keeps what x/oauth2 has no exact
// place for.
const keptKey = "github.com/golokalise/lokalise/oauth"

// kept is the part of a token that survives a round trip only under keptKey.
type kept struct {
	scopes []oauth.Scope
	extra  map[string]json.RawMessage
}

// FromToken converts a token to x/oauth2. Its Extra method answers the unknown
// members of Lokalise's answer, with the types that encoding/json gives them,
// and the scopes under "scope", joined by spaces as on the wire. Nil stays nil.
//
// Store an *oauth.Token rather than the result: x/oauth2 drops extras when it
// encodes a token as JSON, and does not mask it when it is printed.
func FromToken(t *oauth.Token) *oauth2.Token {
	if t == nil {
		return nil
	}
	extra := map[string]any{keptKey: kept{slices.Clone(t.Scopes), maps.Clone(t.Extra)}}
	for name, raw := range t.Extra {
		var value any
		if json.Unmarshal(raw, &value) == nil {
			extra[name] = value
		}
	}
	if t.Scopes != nil {
		extra["scope"] = joined(t.Scopes)
	}
	plain := &oauth2.Token{
		AccessToken: t.AccessToken, TokenType: t.TokenType, RefreshToken: t.RefreshToken, Expiry: t.Expiry,
	}
	return plain.WithExtra(extra)
}

// ToToken converts a token from x/oauth2. A token that FromToken made comes
// back whole, numbers among its extras exactly as they were. Of any other token
// the scopes are taken over, and those extras that are named, since x/oauth2
// does not tell which there are. Nil stays nil.
func ToToken(t *oauth2.Token, extras ...string) *oauth.Token {
	if t == nil {
		return nil
	}
	out := &oauth.Token{
		AccessToken: t.AccessToken, TokenType: t.TokenType, RefreshToken: t.RefreshToken, Expiry: t.Expiry.Round(0),
	}
	if whole, ok := t.Extra(keptKey).(kept); ok {
		out.Scopes, out.Extra = slices.Clone(whole.scopes), maps.Clone(whole.extra)
	} else {
		out.Scopes = scopes(t.Extra("scope"))
	}
	for _, name := range extras {
		addExtra(out, name, t.Extra(name))
	}
	return out
}

// addExtra adds one extra that is not there yet.
func addExtra(t *oauth.Token, name string, value any) {
	if _, there := t.Extra[name]; there || value == nil {
		return
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return // not from a token answer, which is JSON
	}
	if t.Extra == nil {
		t.Extra = map[string]json.RawMessage{}
	}
	t.Extra[name] = raw
}

func joined(scopes []oauth.Scope) string {
	names := make([]string, len(scopes))
	for i, scope := range scopes {
		names[i] = string(scope)
	}
	return strings.Join(names, " ")
}

// scopes reads the extra "scope": the string of the wire, or an array.
func scopes(value any) []oauth.Scope {
	var names []string
	switch value := value.(type) {
	case string:
		names = strings.Fields(value)
	case []any:
		for _, name := range value {
			if text, ok := name.(string); ok {
				names = append(names, text)
			}
		}
	default:
		return nil
	}
	out := make([]oauth.Scope, len(names))
	for i, name := range names {
		out[i] = oauth.Scope(name)
	}
	return out
}
