package drive

import (
	"encoding/base64"
	"time"
)

// background is longer than any process of the sandbox takes.
const background = time.Hour

// uploadOptions are the documented ones beside the file itself.
func uploadOptions(status any) object {
	return object{
		"lang_iso": "en", "convert_placeholders": true, "detect_icu_plurals": true, "tags": list{"uploaded"}, "tag_inserted_keys": true,
		"tag_updated_keys": true, "tag_skipped_keys": true, "replace_modified": true, "slashn_to_linebreak": true, "keys_to_values": false,
		"distinguish_by_file": true, "apply_tm": false, "use_automations": false, "hidden_from_contributors": false, "cleanup_mode": false,
		"custom_translation_status_ids": list{status}, "custom_translation_status_inserted_keys": true,
		"custom_translation_status_updated_keys": true, "custom_translation_status_skipped_keys": true, "skip_detect_lang_iso": true,
		"format": "json", "filter_task_id": 0,
	}
}

func (d *driver) files() {
	project := d.do("projects.create", nil, nil, object{
		"name": "Documents", "project_type": "paged_documents", "languages": list{object{"lang_iso": "en"}, object{"lang_iso": "de"}},
	}).at("project_id")
	d.file(project)
	d.file(projectID)
	listed := d.do("files.list", ids{project}, params{"limit": 5, "page": 1, "filter_filename": "driven"}, nil)
	d.do("files.delete", ids{project, listed.at("files.0.file_id")}, nil, nil)
	d.do("queued_processes.list", ids{projectID}, params{"limit": 10, "page": 1}, nil)
}

func (d *driver) file(project any) {
	status := d.do("translation_statuses.create", ids{project}, nil, object{"title": "Of a file", "color": "#61bd4f"}).at("custom_translation_status.status_id")
	upload := uploadOptions(status)
	upload["filename"], upload["data"] = "driven.json", base64.StdEncoding.EncodeToString([]byte(`{"driven":"By file"}`))
	process := d.do("files.upload", ids{project}, nil, upload).at("process.process_id")
	d.do("queued_processes.get", ids{project, process}, nil, nil)
	d.box.Clock().Advance(background)
	d.do("queued_processes.get", ids{project, process}, nil, nil)
	d.do("files.list", ids{project}, nil, nil)
	d.do("files.download", ids{project}, nil, downloadOptions())
	process = d.do("files.async_download", ids{project}, nil, downloadOptions()).at("process_id")
	d.do("queued_processes.get", ids{project, process}, nil, nil)
	d.box.Clock().Advance(background)
	d.do("queued_processes.get", ids{project, process}, nil, nil)
}

// downloadOptions are the documented ones, set so that something is left to
// export.
func downloadOptions() object {
	return object{
		"format": "json", "original_filenames": true, "bundle_structure": "%LANG_ISO%.%FORMAT%", "directory_prefix": "%LANG_ISO%",
		"all_platforms": true, "filter_langs": list{"en"}, "filter_data": list{"translated"}, "filter_filenames": list{"driven.json"},
		"add_newline_eof": true, "custom_translation_status_ids": list{}, "include_tags": list{}, "exclude_tags": list{"none"},
		"export_sort": "a_z", "export_empty_as": "empty", "export_null_as": "empty", "include_comments": true, "include_description": true,
		"include_pids": list{}, "triggers": list{}, "filter_repositories": list{}, "replace_breaks": false, "disable_references": false,
		"plural_format": "json_string", "placeholder_format": "icu", "webhook_url": "http://localhost:1/",
		"language_mapping": list{object{"original_language_iso": "en", "custom_language_iso": "en-gb"}}, "icu_numeric": false,
		"escape_percent": false, "indentation": "2sp", "yaml_include_root": false, "json_unescaped_slashes": true,
		"java_properties_encoding": "utf-8", "java_properties_separator": "=", "bundle_description": "Driven", "filter_task_id": 0, "compact": false,
	}
}
