// Package e2e proves from the outside what the project says about itself: with
// the official Node SDK, a real browser, and responses that were recorded from
// the real Lokalise. Nothing here is published.
//
//   - nodesdk: the official Node SDK does OAuth and calls the API, against the
//     sandbox. node/ holds its npm packages and the script that runs it.
//   - browser: Chromium opens the sandbox's pages, answers them, attacks them,
//     and is photographed for a person to look at.
//   - fidelity: the sandbox's answers have the keys and types of the recorded
//     ones.
//   - stores: the token stores against their contract, on real databases.
//   - need: what a suite lacks is a skip by name, and a failure under CI=true.
//   - jsontest: comparing JSON by pattern and by shape.
package e2e
