// Command listraw lists projects with net/http and encoding/json. Only the size
// of its binary matters: it stands beside listours.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
)

func main() {
	if err := list(context.Background(), os.Getenv("LOKALISE_API_TOKEN")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func list(ctx context.Context, token string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.lokalise.com/api2/projects", nil)
	if err != nil {
		return err
	}
	request.Header.Set("X-Api-Token", token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }() // the program ends anyway
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	var answer struct {
		Projects []struct {
			ProjectID string `json:"project_id"`
			Name      string `json:"name"`
		} `json:"projects"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	for _, p := range answer.Projects {
		fmt.Println(p.ProjectID, p.Name)
	}
	return nil
}
