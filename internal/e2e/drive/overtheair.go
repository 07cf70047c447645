package drive

import (
	"fmt"

	"github.com/golokalise/lokalise/sandbox"
)

const framework = "ios_sdk"

func (d *driver) bundle() any {
	d.Helper()
	b, err := d.box.BuildOTABundle(sandbox.OTABundleOptions{ProjectID: projectID, Framework: framework})
	if err != nil {
		d.Fatal(err)
	}
	return b.ID
}

// overTheAir makes its requests with a service token, as that API wants it.
func (d *driver) overTheAir() {
	token := d.do("jwt.create", ids{projectID}, nil, object{"service": "ota"}).at("jwt")
	before := d.credential
	defer func() { d.credential = before }()
	d.credential = [2]string{"Authorization", fmt.Sprint("Bearer ", token)}

	at := ids{teamID, projectID}
	first, second := d.bundle(), d.bundle()
	with := func(id any) ids { return ids{teamID, projectID, id} }
	d.do("ota.bundles.update", with(first), nil, object{"description": "The first"})
	d.do("ota.bundles.publish", with(framework), nil, object{"bundleId": first})
	d.do("ota.bundles.stage", with(framework), nil, object{"bundleId": second})
	freeze := object{"from": "1.0", "to": "1.9", "bundleId": first}
	id := d.do("ota.freeze_periods.create", at, nil, freeze).at("data.id")
	d.do("ota.freeze_periods.list", at, params{"framework": framework}, nil)
	freeze["to"] = "2.0"
	d.do("ota.freeze_periods.update", with(id), nil, freeze)
	d.do("ota.bundles.list", at, nil, nil)
	d.do("ota.bundles.get", with(first), nil, nil)
	sdk := d.do("ota.sdk_tokens.create", at, nil, nil)
	d.do("ota.sdk_tokens.list", at, nil, nil)
	service := d.credential
	d.credential = [2]string{"X-Ota-Api-Token", fmt.Sprint(sdk.at("data.token"))}
	d.do("ota.bundle_archives.get", ids{projectID, framework}, params{"appVersion": "1.5", "transVersion": 0, "prerelease": true}, nil)
	d.credential = service
	day := d.box.Clock().Now().Format("2006-01-02")
	d.do("ota.statistics.get", at, params{"dateFrom": day, "dateTo": day, "framework": framework}, nil)
	d.do("ota.sdk_tokens.delete", with(sdk.at("data.id")), nil, nil)
	d.do("ota.freeze_periods.delete", with(id), nil, nil)
	d.do("ota.bundles.delete", with(first), nil, nil)
}
