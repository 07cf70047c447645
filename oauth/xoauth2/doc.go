// Package xoauth2 connects package oauth with golang.org/x/oauth2, both ways,
// for programs that have code for x/oauth2 already. It is a module of its own,
// so that nobody else depends on x/oauth2.
//
// Converting is what to use it for. x/oauth2 itself cannot talk to Lokalise's
// token endpoint with certainty: it sends forms, and only JSON requests are
// known to work there.
package xoauth2
