package ota_test

import (
	"encoding/json"
	"testing"

	"github.com/golokalise/lokalise/ota"
)

// FuzzModels reads anything, and expects that what was read is written in a
// form that reads alike and is written alike.
func FuzzModels(f *testing.F) {
	for _, seed := range []string{
		listedBundle, gottenBundle, onePeriod, oneToken, oneStatistics,
		`{"url": "u", "version": "71"}`, `{"id": 1, "deleted": 1, "x": [{"y": null}]}`, `[]`, `null`,
		`{"daily": [], "monthly": null, "totals": [], "from": 1772439300, "trafficMb": "0.5"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		stable[ota.Bundle](t, text)
		stable[ota.BundleArchive](t, text)
		stable[ota.FreezePeriod](t, text)
		stable[ota.SDKToken](t, text)
		stable[ota.Statistics](t, text)
		stable[ota.ResourceDeleted](t, text)
	})
}

func stable[T any](t *testing.T, text []byte) {
	t.Helper()
	var first, second T
	if json.Unmarshal(text, &first) != nil {
		return
	}
	once, err := json.Marshal(first)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if err := json.Unmarshal(once, &second); err != nil {
		t.Fatalf("%q was written as %s: %v", text, once, err)
	}
	if twice, err := json.Marshal(second); err != nil || string(twice) != string(once) {
		t.Errorf("%q was written as\n%s, and then as\n%s, %v", text, once, twice, err)
	}
}
