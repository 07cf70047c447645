// Package browser lets a real browser, headless Chromium, use the sandbox as a
// person does, and as an attacker's page does. It also checks every page for
// accessibility and takes pictures of it: into internal/e2e/screenshots, or the
// folder that LOKALISE_SCREENSHOTS names.
package browser
