package sandbox

import (
	"net/http"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// OTABundleOptions say which content becomes a bundle for apps, and which apps
// get it.
type OTABundleOptions struct {
	// ProjectID and Framework (ios_sdk, android_sdk or flutter_sdk) are required.
	ProjectID string `json:"project_id"`
	Framework string `json:"framework"`
	// Branch defaults to the master branch.
	Branch      string `json:"branch"`
	Description string `json:"description"`
	// Publish has all apps get the bundle, Stage those that ask for
	// prereleases. Both default to false; the API can do either later.
	Publish bool `json:"publish"`
	Stage   bool `json:"stage"`
}

// OTABundle is a bundle that was made.
type OTABundle struct {
	ID           int64  `json:"id"`
	ProjectID    string `json:"project_id"`
	Framework    string `json:"framework"`
	IsProduction bool   `json:"is_production"`
	IsPrerelease bool   `json:"is_prerelease"`
}

// BuildOTABundle makes a bundle of what is in a project of the default world
// now. No operation of the API does: bundles are made in Lokalise's web app.
// The archive has a JSON file for each language, where the real ones are made
// for Lokalise's SDKs. It fails when there is no such project, branch or
// framework, and when the project has no keys.
func (s *Server) BuildOTABundle(o OTABundleOptions) (OTABundle, error) {
	return buildOTABundle(s.universe.Default(), o)
}

func buildOTABundle(w *state.World, o OTABundleOptions) (OTABundle, error) {
	b, err := api.BuildOTABundle(w, api.OTABundleRequest(o))
	if err != nil {
		return OTABundle{}, err
	}
	return OTABundle{ID: b.ID, ProjectID: b.ProjectID, Framework: b.Framework, IsProduction: b.IsProduction, IsPrerelease: b.IsPrerelease}, nil
}

// addOTAControl mounts the part of the control plane that makes bundles. It
// takes ?world= or ?client_id=, as those about tokens do.
func (s *Server) addOTAControl(p *controlPlane) {
	p.handle("POST /_sandbox/ota/bundles", func(w http.ResponseWriter, r *http.Request) {
		of := s.oauthOfRequest(w, r)
		var o OTABundleOptions
		if of == nil || !readControl(w, r, &o) {
			return
		}
		b, err := buildOTABundle(of.world, o)
		if err != nil {
			writeControlError(w, http.StatusBadRequest, strings.TrimPrefix(err.Error(), "sandbox: ")+".")
			return
		}
		writeControl(w, http.StatusCreated, b)
	}, ofWorld...)
}
