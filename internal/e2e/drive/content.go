package drive

// someKey makes a key with a text of two sentences and returns its id.
func (d *driver) someKey(project any, name string) any {
	made := d.do("keys.create", ids{project}, nil, object{"keys": list{object{
		"key_name": name, "platforms": list{"web"}, "tags": list{"some"},
		"translations": list{object{"language_iso": "en", "translation": "One sentence. Another one."}},
	}}})
	return made.at("keys.0.key_id")
}

func (d *driver) comments() {
	key := d.someKey(projectID, "commented")
	made := d.do("comments.create", ids{projectID, key}, nil, object{"comments": list{object{"comment": "First"}, object{"comment": "Second"}}})
	id := made.at("comments.0.comment_id")
	d.do("comments.list", ids{projectID, key}, pages(), nil)
	d.do("comments.list_project", ids{projectID}, pages(), nil)
	d.do("comments.get", ids{projectID, key, id}, nil, nil)
	d.do("comments.delete", ids{projectID, key, id}, nil, nil)
}

func (d *driver) screenshots() {
	key := d.someKey(projectID, "pictured")
	made := d.do("screenshots.create", ids{projectID}, nil, object{"screenshots": list{
		object{"data": picture, "title": "One pixel", "description": "Small", "ocr": true, "key_ids": list{key}, "tags": list{"tiny"}},
		object{"data": "data:image/png;base64,bm8gcGljdHVyZQ==", "title": "None"},
	}})
	id := made.at("screenshots.0.screenshot_id")
	d.do("screenshots.list", ids{projectID}, params{"limit": 100, "page": 1}, nil)
	d.do("screenshots.get", ids{projectID, id}, nil, nil)
	d.do("screenshots.update", ids{projectID, id}, nil, object{"title": "Still one", "description": "", "key_ids": list{key}, "tags": list{"same"}})
	d.do("screenshots.delete", ids{projectID, id}, nil, nil)
}

func (d *driver) segments() {
	project := d.do("projects.create", nil, nil, object{
		"name": "In segments", "is_segmentation_enabled": true, "languages": list{object{"lang_iso": "en"}, object{"lang_iso": "de"}},
	}).at("project_id")
	status := d.do("translation_statuses.create", ids{project}, nil, object{"title": "Ours", "color": "#61bd4f"}).at("custom_translation_status.status_id")
	key := d.someKey(project, "segmented")
	d.do("segments.list", ids{project, key, "en"}, params{
		"disable_references": 1, "filter_is_reviewed": 0, "filter_unverified": 0, "filter_untranslated": 0, "filter_qa_issues": "",
	}, nil)
	d.do("segments.get", ids{project, key, "en", 1}, params{"disable_references": 1}, nil)
	d.do("segments.update", ids{project, key, "en", 1}, nil, object{
		"value": "Just one.", "is_fuzzy": false, "is_reviewed": true, "custom_translation_status_ids": list{status},
	})
	d.do("segments.list", ids{project, key, "en"}, nil, nil)
	d.do("segments.get", ids{project, key, "en", 1}, nil, nil)
}

func (d *driver) statuses() {
	id := d.status("Of its own")
	d.do("translation_statuses.colors", ids{projectID}, nil, nil)
	d.do("translation_statuses.list", ids{projectID}, pages(), nil)
	d.do("translation_statuses.get", ids{projectID, id}, nil, nil)
	d.do("translation_statuses.update", ids{projectID, id}, nil, object{"title": "Renamed", "color": "#f2d600"})
	d.do("translation_statuses.delete", ids{projectID, id}, nil, nil)
}

func (d *driver) glossary() {
	term := func(text string) object {
		return object{
			"term": text, "description": "A word", "caseSensitive": true, "translatable": true, "forbidden": false, "tags": list{"word"},
			"translations": list{object{"langId": german, "translation": "Wort", "description": "Ein Wort"}},
		}
	}
	made := d.do("glossary_terms.create_bulk", ids{projectID}, nil, object{"terms": list{term("word"), term("other word")}})
	id := made.at("data.0.id")
	d.do("glossary_terms.create_bulk", ids{projectID}, nil, object{"terms": list{term("third word"), term("")}})
	d.do("glossary_terms.get", ids{projectID, id}, nil, nil)
	next := d.do("glossary_terms.list", ids{projectID}, params{"limit": 2}, nil).at("meta.cursor")
	d.do("glossary_terms.list", ids{projectID}, params{"limit": 100, "cursor": next}, nil)
	change := term("changed word")
	change["id"] = id
	d.do("glossary_terms.update_bulk", ids{projectID}, nil, object{"terms": list{change}})
	d.do("glossary_terms.get", ids{projectID, id}, nil, nil)
	d.do("glossary_terms.delete_bulk", ids{projectID}, nil, object{"terms": list{id, 1}})
}
