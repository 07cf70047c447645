package main

import "testing"

func TestExpressionIsWhatAProgramWrites(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"lokalise.KeysService.List": "client.Keys.List",
		"ota.BundlesService.Delete": "ota.Client.Bundles.Delete",
		"ota.Archives.Get":          "ota.Archives.Get",
		"oauth.Client.Refresh":      "oauth.Client.Refresh",
		"oauth.Refresh":             "oauth.Refresh",
	} {
		if got := expression(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
