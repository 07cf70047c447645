package web

import (
	"regexp"
	"slices"
	"strings"
)

// curlCommand is the request of an entry as a command to copy. What the journal
// masks stands there as a variable of the shell.
func curlCommand(v JournalEntryView) snippet {
	address := v.BaseURL + v.Path
	if v.RawQuery != "" {
		address += "?" + v.RawQuery
	}
	parts := []string{"curl " + shellSecrets(address, formSecret)}
	if v.Method != "GET" {
		parts[0] = "curl -X " + shell(v.Method) + " " + shellSecrets(address, formSecret)
	}
	for _, h := range v.Request.Headers {
		if word := curlHeader(h); word != "" {
			parts = append(parts, "-H "+word)
		}
	}
	s := snippet{ID: "curl", Label: "curl", Note: "Secrets are left to variables of your shell."}
	switch {
	case v.Request.Body == "" && v.Request.Size == 0 && announcesBody(v.Request.Headers):
		s.Note += " The sandbox did not read the body, so it is left out."
	case v.Request.Body == "" && v.Request.Size > 0:
		s.Note += " The body was not kept."
	case v.Request.Truncated:
		s.Note += " Only the beginning of the body was kept, so it is left out."
	case v.Request.Body != "":
		parts = append(parts, "--data-raw "+shellSecrets(v.Request.Body, jsonSecret, formSecret))
	}
	s.Text = strings.Join(parts, " \\\n  ")
	return s
}

// announcesBody tells whether a request has a body by its headers.
func announcesBody(headers []Field) bool {
	return slices.ContainsFunc(headers, func(h Field) bool { return h.Name == "Content-Length" && h.Value != "0" })
}

// ownHeaders are written by curl itself, or say nothing to an API.
var ownHeaders = []string{"Accept-Encoding", "Connection", "Content-Length", "Cookie", "Host", "Referer", "Te", "Transfer-Encoding", "User-Agent"}

// secretHeaders are the variables that stand for a masked value.
var secretHeaders = map[string]string{
	"X-Api-Token":     `"X-Api-Token: $LOKALISE_API_TOKEN"`,
	"Authorization":   `"Authorization: Bearer $ACCESS_TOKEN"`,
	"X-Ota-Api-Token": `"X-Ota-Api-Token: $OTA_TOKEN"`,
}

// curlHeader is a header as a word of the shell, or empty for one that curl
// does without.
func curlHeader(h Field) string {
	switch {
	case slices.Contains(ownHeaders, h.Name), strings.HasPrefix(h.Name, "Sec-"):
		return ""
	case secretHeaders[h.Name] != "":
		return secretHeaders[h.Name]
	}
	return shell(h.Name + ": " + h.Value)
}

// Masked values with the name before them, in JSON and in a form or query.
var (
	jsonSecret = regexp.MustCompile(`"([A-Za-z_]+)"\s*:\s*"([^"\\]*\[redacted\])"`)
	formSecret = regexp.MustCompile(`(?:^|[?&])([A-Za-z_]+)=([^&?#\s]*(?:\[|%5B)redacted(?:\]|%5D))`)
)

// shellSecrets writes a text as a word of the shell, with variables in place of
// the masked values that the patterns find.
func shellSecrets(text string, patterns ...*regexp.Regexp) string {
	var out strings.Builder
	for text != "" {
		at := firstSecret(text, patterns)
		if at == nil {
			break
		}
		out.WriteString(inQuotes(text[:at[4]]))
		out.WriteString(`'"$` + variable(text[at[2]:at[3]]) + `"'`)
		text = text[at[5]:]
	}
	return "'" + out.String() + inQuotes(text) + "'"
}

// firstSecret is where the first masked value is, as FindStringSubmatchIndex
// has it, or nil.
func firstSecret(text string, patterns []*regexp.Regexp) (first []int) {
	for _, p := range patterns {
		if at := p.FindStringSubmatchIndex(text); at != nil && (first == nil || at[4] < first[4]) {
			first = at
		}
	}
	return first
}

// variable is the name of the shell's variable for a secret.
func variable(name string) string {
	name = strings.ToUpper(name)
	if name == "CLIENT_SECRET" || name == "API_TOKEN" {
		return "LOKALISE_" + name // as lokalise sandbox env exports them
	}
	return name
}

// inQuotes writes s between the single quotes of a word.
func inQuotes(s string) string { return strings.ReplaceAll(s, "'", `'\''`) }
