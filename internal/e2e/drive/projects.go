package drive

func (d *driver) projects() {
	d.do("projects.list", nil, params{
		"limit": 2, "page": 1, "filter_team_id": teamID, "filter_names": "Website,Mobile app", "include_statistics": 1, "include_settings": 1,
	}, nil)
	id := d.do("projects.create", nil, nil, object{
		"name": "Driven", "team_id": teamID, "description": "Everything at once", "base_lang_iso": "en", "project_type": "localization_files",
		"languages":               list{object{"lang_iso": "en", "custom_iso": "en-gb"}, object{"lang_iso": "de"}},
		"is_segmentation_enabled": true, "content_integration": "",
	}).at("project_id")
	d.do("projects.create", nil, nil, object{"name": "Plain"})
	d.do("projects.get", ids{projectID}, nil, nil)
	d.do("projects.get", ids{websiteID}, nil, nil)
	d.do("projects.update", ids{id}, nil, object{"name": "Driven on", "description": ""})
	d.do("projects.empty", ids{id}, nil, nil)
	d.do("projects.delete", ids{id}, nil, nil)
}

func (d *driver) languages() {
	d.do("languages.list_system", nil, pages(), nil)
	d.do("languages.list", ids{projectID}, pages(), nil)
	d.do("languages.create", ids{projectID}, nil, object{"languages": list{
		object{"lang_iso": "pl", "custom_iso": "pl-x", "custom_name": "Polish, ours", "custom_plural_forms": list{"one", "many"}},
		object{"lang_iso": "nowhere"},
	}})
	id := d.do("languages.create", ids{projectID}, nil, object{"languages": list{object{"lang_iso": "it"}}}).at("languages.0.lang_id")
	d.do("languages.get", ids{projectID, german}, nil, nil)
	d.do("languages.update", ids{projectID, id}, nil, object{"lang_iso": "it-x", "lang_name": "Ours", "plural_forms": list{"one", "other"}})
	d.do("languages.delete", ids{projectID, id}, nil, nil)
}

func (d *driver) branches() {
	id := d.do("branches.create", ids{projectID}, nil, object{"name": "next"}).at("branch.branch_id")
	other := d.do("branches.create", ids{projectID}, nil, object{"name": "later"}).at("branch.branch_id")
	d.do("branches.list", ids{projectID}, pages(), nil)
	d.do("branches.get", ids{projectID, id}, nil, nil)
	d.do("branches.update", ids{projectID, id}, nil, object{"name": "sooner"})
	d.do("branches.merge", ids{projectID, id}, nil, object{"force_conflict_resolve_using": "source", "target_branch_id": other})
	d.do("branches.merge", ids{projectID, id}, nil, object{})
	d.do("branches.delete", ids{projectID, other}, nil, nil)
	d.do("branches.delete", ids{projectID, id}, nil, nil)
}

func (d *driver) snapshots() {
	id := d.do("snapshots.create", ids{projectID}, nil, object{"title": "Before"}).at("snapshot.snapshot_id")
	d.do("snapshots.create", ids{websiteID}, nil, object{"title": "Before"})
	d.do("snapshots.list", ids{projectID}, pages(), nil)
	d.do("snapshots.restore", ids{projectID, id}, nil, nil)
	d.do("snapshots.delete", ids{projectID, id}, nil, nil)
}

func (d *driver) webhooks() {
	languages := list{object{"event": "project.translation.updated", "lang_iso_codes": list{"de"}}}
	whole := object{
		"url": "http://localhost:1/", "branch": "master", "events": list{"project.translation.updated", "project.key.added"}, "event_lang_map": languages,
	}
	id := d.do("webhooks.create", ids{projectID}, nil, whole).at("webhook.webhook_id")
	d.do("webhooks.create", ids{projectID}, nil, object{"url": "http://localhost:1/", "events": list{"project.key.added"}})
	d.do("webhooks.list", ids{projectID}, pages(), nil)
	d.do("webhooks.get", ids{projectID, id}, nil, nil)
	d.do("webhooks.update", ids{projectID, id}, nil, whole)
	d.do("webhooks.update", ids{projectID, id}, nil, object{"branch": nil})
	d.do("webhooks.get", ids{projectID, id}, nil, nil)
	d.do("webhooks.regenerate_secret", ids{projectID, id}, nil, nil)
	d.do("webhooks.delete", ids{projectID, id}, nil, nil)
}
