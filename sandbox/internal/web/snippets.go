package web

import (
	"encoding/json"
	"fmt"
	"strings"
)

// snippet is a piece of code to copy.
type snippet struct{ ID, Label, Note, Text string }

// exchangeSnippets show how to turn a code into a token. The secret stays a
// variable: the page is shown to whoever allows access, not to the developer.
func exchangeSnippets(baseURL, clientID, code string) []snippet {
	return []snippet{
		{"curl", "curl", "", fmt.Sprintf(`curl %s \
  -H 'Content-Type: application/json' \
  -d '{
    "grant_type": "authorization_code",
    "client_id": %s,
    "client_secret": "'"$LOKALISE_CLIENT_SECRET"'",
    "code": %s
  }'`, shell(baseURL+"/oauth2/token"), inShell(clientID), inShell(code))},
		{"go", "Go", "", fmt.Sprintf("token, err := client.Exchange(ctx, %s)", quote(code))},
	}
}

// homeSnippets show the way in from several sides. What the note on Node says
// of auth() was seen by evaluating the published packages 12.0.0 to 16.3.0.
func homeSnippets(v HomeView) []snippet {
	c := v.Credentials
	return []snippet{
		{"go", "Go", "The OAuth flow, then the API with the user's token.", goSnippet(v.BaseURL, c)},
		{"node", "Node", "The official SDK. Its auth() leaves /oauth2 out of the path since version 12: send the user to /oauth2/auth yourself.", nodeSnippet(v.BaseURL, c)},
		{"curl", "curl", "The API with the personal token.", curlSnippet(v.BaseURL, c)},
		{"python", "Python", "The standard library, and the personal token.", pythonSnippet(v.BaseURL, c)},
		{"ruby", "Ruby", "The standard library, and the personal token.", rubySnippet(v.BaseURL, c)},
		{"php", "PHP", "The curl extension, and the personal token.", phpSnippet(v.BaseURL, c)},
		{"env", "Environment", "For a shell or an .env file.", envSnippet(v.Env)},
	}
}

func goSnippet(baseURL string, c Credentials) string {
	return fmt.Sprintf(`auth, err := oauth.New(oauth.Config{
	ClientID:     %s,
	ClientSecret: %s,
	RedirectURL:  %s,
	Host:         %s,
})

// Send the user here; the code comes back to the redirect URL.
url, err := auth.AuthCodeURL(oauth.AuthCodeOptions{
	Scopes: []oauth.Scope{oauth.ScopeReadProjects},
	State:  state,
})

token, err := auth.Exchange(ctx, code)

client, err := lokalise.New(
	lokalise.WithBearerToken(token.AccessToken),
	lokalise.WithBaseURL(%s),
)
projects, err := client.Projects.List(ctx, nil)`,
		quote(c.ClientID), quote(c.ClientSecret), quote(c.RedirectURI), quote(baseURL), quote(baseURL))
}

func nodeSnippet(baseURL string, c Credentials) string {
	return fmt.Sprintf(`import { LokaliseApi, LokaliseAuth } from "@lokalise/node-api";

const auth = new LokaliseAuth(
  %s,
  %s,
  %s,
);
const { access_token } = await auth.token(code);

const api = new LokaliseApi({
  apiKey: %s,
  host: %s,
});
const projects = await api.projects().list();`,
		quote(c.ClientID), quote(c.ClientSecret), quote(baseURL), quote(c.APIToken), quote(baseURL))
}

func pythonSnippet(baseURL string, c Credentials) string {
	return fmt.Sprintf(`import json
import urllib.request

request = urllib.request.Request(
    %s,
    headers={"X-Api-Token": %s},
)
with urllib.request.urlopen(request) as response:
    for project in json.load(response)["projects"]:
        print(project["project_id"], project["name"])`,
		quote(baseURL+"/api2/projects"), quote(c.APIToken))
}

func rubySnippet(baseURL string, c Credentials) string {
	return fmt.Sprintf(`require "json"
require "net/http"

response = Net::HTTP.get(
  URI(%s),
  { "X-Api-Token" => %s },
)
JSON.parse(response).fetch("projects").each do |project|
  puts project["project_id"], project["name"]
end`,
		singleQuoted(baseURL+"/api2/projects"), singleQuoted(c.APIToken))
}

func phpSnippet(baseURL string, c Credentials) string {
	return fmt.Sprintf(`<?php
$request = curl_init(%s);
curl_setopt_array($request, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_HTTPHEADER => ['X-Api-Token: ' . %s],
]);
foreach (json_decode(curl_exec($request))->projects as $project) {
    echo $project->project_id, ' ', $project->name, PHP_EOL;
}`,
		singleQuoted(baseURL+"/api2/projects"), singleQuoted(c.APIToken))
}

// singleQuoted writes s as a string of Ruby or PHP in which nothing is
// replaced.
func singleQuoted(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}

func curlSnippet(baseURL string, c Credentials) string {
	return fmt.Sprintf("curl %s \\\n  -H %s", shell(baseURL+"/api2/projects"), shell("X-Api-Token: "+c.APIToken))
}

func envSnippet(vars []Variable) string {
	lines := make([]string, len(vars))
	for i, e := range vars {
		lines[i] = "export " + e.Name + "=" + shell(e.Value)
	}
	return strings.Join(lines, "\n")
}

// quote writes s as a string literal that Go, JavaScript and JSON all read the
// same way.
func quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// shell writes s as one word of a POSIX shell.
func shell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// inShell writes s as a JSON string inside a word that shell quotes.
func inShell(s string) string { return strings.ReplaceAll(quote(s), "'", `'\''`) }
