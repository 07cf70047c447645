package drive

// wholeKey is the body of a key with everything that a key can have.
func wholeKey(name any) object {
	return object{
		"key_name": name, "description": "All of it", "platforms": list{"ios", "android", "web", "other"},
		"filenames": object{"ios": "a.strings", "android": "a.xml", "web": "a.json", "other": "a.yml"},
		"tags":      list{"whole"}, "comments": list{object{"comment": "Why?"}},
		"screenshots": list{object{"title": "One pixel", "description": "Small", "screenshot_tags": list{"tiny"}, "data": picture}},
		"is_plural":   false, "plural_name": "", "is_hidden": false, "is_archived": false, "context": "nowhere", "char_limit": 80,
		"custom_attributes": `{"a":1}`,
	}
}

func names(name string) object {
	return object{"ios": name + ".ios", "android": name + ".android", "web": name + ".web", "other": name + ".other"}
}

// withTexts adds translations to the body of a key.
func (d *driver) withTexts(key object, statuses list) object {
	key["translations"] = list{object{
		"language_iso": "de", "translation": "Alles", "is_reviewed": true, "is_unverified": false, "custom_translation_status_ids": statuses,
	}}
	return key
}

func (d *driver) status(title string) any {
	return d.do("translation_statuses.create", ids{projectID}, nil, object{"title": title, "color": "#61bd4f"}).
		at("custom_translation_status.status_id")
}

func (d *driver) keys() {
	status := d.status("In the keys")
	made := d.do("keys.create", ids{projectID}, nil, object{
		"keys": list{d.withTexts(wholeKey(names("driven")), list{status}), object{"key_name": "plain", "platforms": list{"web"}}}, "use_automations": true,
	})
	d.do("keys.create", ids{projectID}, nil, object{"keys": list{object{"key_name": "plain", "platforms": list{"web"}}}})
	id := made.at("keys.0.key_id")
	d.do("keys.get", ids{projectID, id}, params{"disable_references": 1}, nil)
	d.do("keys.list", ids{projectID}, params{
		"limit": 10, "page": 1, "pagination": "offset", "disable_references": 1, "include_comments": 1, "include_screenshots": 1,
		"include_translations": 1, "filter_translation_lang_ids": german, "filter_tags": "whole", "filter_filenames": "a.json",
		"filter_keys": "driven.web", "filter_key_ids": id, "filter_platforms": "web", "filter_untranslated": 0, "filter_qa_issues": "",
		"filter_archived": "include",
	}, nil)
	next := d.do("keys.list", ids{projectID}, params{"limit": 1, "pagination": "cursor"}, nil).next
	d.do("keys.list", ids{projectID}, params{"limit": 1, "pagination": "cursor", "cursor": next, "filter_untranslated": 1, "filter_qa_issues": "spelling_and_grammar"}, nil)
	change := wholeKey(names("changed"))
	change["merge_tags"] = true
	d.do("keys.update", ids{projectID, id}, nil, change)
	d.do("keys.get", ids{projectID, id}, nil, nil)
	d.do("keys.delete", ids{projectID, id}, nil, nil)
}

func (d *driver) keysInBulk() {
	made := d.do("keys.create", ids{projectID}, nil, object{"keys": list{
		object{"key_name": "bulk.one", "platforms": list{"web"}}, object{"key_name": "bulk.two", "platforms": list{"web"}},
	}})
	one, two := made.at("keys.0.key_id"), made.at("keys.1.key_id")
	change := d.withTexts(wholeKey(names("bulk.changed")), list{})
	change["key_id"], change["merge_tags"] = one, true
	d.do("keys.bulk_update", ids{projectID}, nil, object{"keys": list{change, object{"key_id": 1, "description": "nobody"}}, "use_automations": false})
	d.do("keys.bulk_delete", ids{projectID}, nil, object{"keys": list{one, two}})
}

func (d *driver) translations() {
	status := d.status("In the translations")
	listed := d.do("translations.list", ids{projectID}, params{
		"limit": 3, "page": 1, "pagination": "offset", "disable_references": 1, "filter_lang_id": german, "filter_is_reviewed": 1,
		"filter_unverified": 0, "filter_untranslated": 0, "filter_qa_issues": "", "filter_active_task_id": "",
	}, nil)
	next := d.do("translations.list", ids{projectID}, params{"limit": 1, "pagination": "cursor"}, nil).next
	d.do("translations.list", ids{projectID}, params{"limit": 1, "pagination": "cursor", "cursor": next}, nil)
	id := listed.at("translations.0.translation_id")
	d.do("translations.get", ids{projectID, id}, params{"disable_references": 1}, nil)
	d.do("translations.update", ids{projectID, id}, nil, object{
		"translation": "Anders", "is_reviewed": true, "is_unverified": false, "custom_translation_status_ids": list{status},
	})
	d.do("translations.get", ids{projectID, id}, nil, nil)
	d.do("translations.list", ids{projectID}, params{"filter_lang_id": german}, nil)
	listed = d.do("keys.list", ids{projectID}, params{"filter_keys": "cart.items", "include_translations": 1, "filter_translation_lang_ids": german}, nil)
	d.do("translations.get", ids{projectID, listed.at("keys.0.translations.0.translation_id")}, nil, nil) // a plural one
}
