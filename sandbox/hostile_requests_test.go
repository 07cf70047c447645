package sandbox_test

// parameters are what stands for the parameters of paths, by their names.
var parameters = map[string]string{
	"project_id": "$project", "team_id": "$team", "key_id": "$key", "translation_id": "$translation", "comment_id": "$comment",
	"lang_id": "$language", "language_id": "$language", "language_iso": "de", "lang_iso": "de", "segment_number": "1",
	"screenshot_id": "$screenshot", "status_id": "$status", "branch_id": "$branch", "snapshot_id": "$snapshot",
	"webhook_id": "$webhook", "task_id": "$task", "term_id": "$term", "card_id": "$card", "group_id": "$group",
	"process_id": "$process", "file_id": "$file", "provider_id": "$provider", "order_id": "$order", "user_id": "$user",
	"contributor_id": "320181", "bundle_id": "$bundle", "freeze_id": "$freeze", "token_id": "$sdktoken", "framework": "$framework",
}

// goodRequest is the query and the body of a request that succeeds.
type goodRequest struct{ query, body string }

const (
	pages       = "?limit=10&page=1"
	everyKey    = `"description":"x","platforms":["web","ios"],"tags":["a"],"is_plural":false,"plural_name":"n","is_hidden":false,"is_archived":false,"context":"c","char_limit":20,"custom_attributes":"{\"a\":1}","filenames":{"ios":"","android":"","web":"a.json","other":""},"comments":[{"comment":"x"}],"screenshots":[{"title":"s","description":"d","screenshot_tags":["t"],"data":"$picture"}]`
	groupBody   = `"name":"Testers","is_reviewer":true,"is_admin":false,"admin_rights":[],"languages":{"reference":[$english],"contributable":[$language]}`
	billingBody = `{"billing_email":"a@example.com","country_code":"LV","zip":"LV-1001","state_code":"","address1":"a","address2":"b","city":"c","phone":"1","company":"d","vatnumber":"e"}`
	uploadBody  = `"filename":"%LANG_ISO%.json","lang_iso":"en","convert_placeholders":true,"detect_icu_plurals":true,"tags":["t"],"tag_inserted_keys":true,"tag_updated_keys":true,"tag_skipped_keys":true,"replace_modified":true,"slashn_to_linebreak":true,"keys_to_values":false,"distinguish_by_file":true,"apply_tm":false,"use_automations":false,"hidden_from_contributors":false,"cleanup_mode":false,"custom_translation_status_ids":[],"custom_translation_status_inserted_keys":true,"custom_translation_status_updated_keys":true,"custom_translation_status_skipped_keys":false,"skip_detect_lang_iso":true,"format":"json"`
	exportBody  = `{"format":"json","original_filenames":true,"bundle_structure":"%LANG_ISO%.%FORMAT%","directory_prefix":"%LANG_ISO%","all_platforms":false,"filter_langs":["en"],"filter_data":["translated"],"filter_filenames":["a.json"],"add_newline_eof":true,"custom_translation_status_ids":[],"include_tags":["a"],"exclude_tags":["b"],"export_sort":"a_z","export_empty_as":"base","export_null_as":"void","include_comments":true,"include_description":true,"replace_breaks":true,"disable_references":true,"plural_format":"icu","placeholder_format":"icu","language_mapping":[{"original_language_iso":"en","custom_language_iso":"en-US"}],"icu_numeric":true,"escape_percent":true,"indentation":"2sp","yaml_include_root":true,"json_unescaped_slashes":true,"java_properties_encoding":"utf-8","java_properties_separator":"=","bundle_description":"d","compact":true}`
	webhookBody = `"events":["project.imported","project.translation.updated"],"event_lang_map":[{"event":"project.translation.updated","lang_iso_codes":["de"]}]`
)

// requests are a good request of every operation that takes a query or a body,
// with as many members as it reads. What is not here takes neither.
var requests = map[string]goodRequest{
	"projects.list":   {query: pages + "&filter_team_id=$team&filter_names=a&include_statistics=1&include_settings=1"},
	"projects.create": {body: `{"name":"New","team_id":$team,"description":"d","languages":[{"lang_iso":"en","custom_iso":"e"},{"lang_iso":"de"}],"base_lang_iso":"en","project_type":"localization_files","is_segmentation_enabled":false}`},
	"projects.update": {body: `{"name":"Other","description":"d"}`},

	"keys.list":        {query: "?limit=10&page=1&disable_references=1&include_comments=1&include_screenshots=1&include_translations=1&filter_translation_lang_ids=$language&filter_tags=a&filter_filenames=a.json&filter_keys=a&filter_key_ids=$key&filter_platforms=web&filter_untranslated=1&filter_qa_issues=html&filter_archived=include"},
	"keys.create":      {body: `{"keys":[{"key_name":"staged",` + everyKey + `,"translations":[{"language_iso":"en","translation":"One","is_reviewed":true,"is_unverified":false,"custom_translation_status_ids":[]},{"language_iso":"de","translation":"Eins"}]},{"key_name":{"ios":"staged2","android":"","web":"staged2","other":""},"platforms":["web"],"is_plural":true,"translations":[{"language_iso":"en","translation":{"one":"1","other":"%d"}}]}]}`},
	"keys.get":         {query: "?disable_references=1"},
	"keys.update":      {body: `{"key_name":"renamed","merge_tags":true,` + everyKey + `}`},
	"keys.bulk_update": {body: `{"keys":[{"key_id":$key,"key_name":"renamed","merge_tags":true,` + everyKey + `,"translations":[{"language_iso":"en","translation":"Two","is_reviewed":true,"is_unverified":false,"custom_translation_status_ids":[]}]}]}`},
	"keys.bulk_delete": {body: `{"keys":[$key]}`},

	"translations.list":   {query: pages + "&disable_references=1&filter_lang_id=$language&filter_is_reviewed=0&filter_unverified=1&filter_untranslated=1&filter_qa_issues=html&filter_active_task_id=$task"},
	"translations.get":    {query: "?disable_references=1"},
	"translations.update": {body: `{"translation":"New","is_unverified":true,"is_reviewed":false,"custom_translation_status_ids":[$status]}`},

	"languages.list_system": {query: pages},
	"languages.list":        {query: pages},
	"languages.create":      {body: `{"languages":[{"lang_iso":"pl","custom_iso":"pl-X","custom_name":"Mine","custom_plural_forms":["one","other"]}]}`},
	"languages.update":      {body: `{"lang_iso":"en-X","lang_name":"Ours","plural_forms":["one","other"]}`},

	"comments.list_project": {query: pages},
	"comments.list":         {query: pages},
	"comments.create":       {body: `{"comments":[{"comment":"x"}]}`},

	"screenshots.list":   {query: pages},
	"screenshots.create": {body: `{"screenshots":[{"data":"$picture","title":"s","description":"d","ocr":false,"key_ids":[$key],"tags":["a"]}]}`},
	"screenshots.update": {body: `{"tags":["b"],"title":"t","description":"d","key_ids":["$key"]}`},

	"segments.list":   {query: "?disable_references=1&filter_is_reviewed=0&filter_unverified=0&filter_untranslated=0&filter_qa_issues=html"},
	"segments.get":    {query: "?disable_references=1"},
	"segments.update": {body: `{"value":"x","is_fuzzy":true,"is_reviewed":true,"custom_translation_status_ids":[$status]}`},

	"translation_statuses.list":   {query: pages},
	"translation_statuses.create": {body: `{"title":"waits","color":"#61bd4f"}`},
	"translation_statuses.update": {body: `{"title":"done","color":"#f2d600"}`},

	"tasks.list":   {query: pages + "&filter_title=a&filter_statuses=created,in_progress"},
	"tasks.create": {body: `{"title":"T","description":"d","due_date":"2030-05-01 12:00:00","keys":[$key],"languages":[{"language_iso":"de","users":[320181],"groups":[]}],"source_language_iso":"en","auto_close_languages":true,"auto_close_task":true,"auto_close_items":true,"task_type":"translation","closing_tags":["done"],"do_lock_translations":true,"custom_translation_status_ids":["$status"]}`},
	"tasks.update": {body: `{"title":"U","description":"e","due_date":"2031-05-01 12:00:00","languages":[{"language_iso":"de","users":[320182],"groups":[],"close_language":false}],"auto_close_languages":false,"auto_close_task":false,"auto_close_items":false,"closing_tags":["x"],"do_lock_translations":false}`},

	"webhooks.list":   {query: pages},
	"webhooks.create": {body: `{"url":"http://a.test/hook","branch":"master",` + webhookBody + `}`},
	"webhooks.update": {body: `{"url":"http://a.test/other","branch":"master",` + webhookBody + `}`},

	"branches.list":   {query: pages},
	"branches.create": {body: `{"name":"staged"}`},
	"branches.update": {body: `{"name":"renamed"}`},
	"branches.merge":  {body: `{"force_conflict_resolve_using":"master"}`},

	"snapshots.list":   {query: pages},
	"snapshots.create": {body: `{"title":"Before"}`},

	"queued_processes.list": {query: pages},

	"teams.list":                  {query: pages},
	"team_users.list":             {query: pages},
	"team_users.update":           {body: `{"role":"biller"}`},
	"billing_details.create":      {body: billingBody},
	"billing_details.update":      {body: billingBody},
	"user_groups.list":            {query: pages},
	"user_groups.create":          {body: `{` + groupBody + `}`},
	"user_groups.update":          {body: `{` + groupBody + `}`},
	"user_groups.add_members":     {body: `{"users":[$user]}`},
	"user_groups.remove_members":  {body: `{"users":[$user]}`},
	"user_groups.add_projects":    {body: `{"projects":["$project"]}`},
	"user_groups.remove_projects": {body: `{"projects":["$project"]}`},

	"contributors.list":   {query: pages},
	"contributors.create": {body: `{"contributors":[{"email":"new@example.com","fullname":"New","is_admin":false,"is_reviewer":true,"languages":[{"lang_iso":"de","is_writable":true}],"admin_rights":["keys"]}]}`},
	"contributors.update": {body: `{"is_admin":false,"is_reviewer":true,"languages":[{"lang_iso":"de","is_writable":true}],"admin_rights":["keys"]}`},

	"payment_cards.list":         {query: pages},
	"payment_cards.create":       {body: `{"number":"4242424242424242","cvc":"123","exp_month":1,"exp_year":2031}`},
	"orders.list":                {query: pages},
	"orders.create":              {body: `{"project_id":"$project","branch":"master","payment_method":"credit_card","card_id":$card,"briefing":"b","source_language_iso":"en","target_language_isos":["de"],"keys":[$key],"provider_slug":"google","translation_tier":1,"is_saved_to_translation_memory":true,"dry_run":false,"translation_style":"formal"}`},
	"translation_providers.list": {query: pages},

	"glossary_terms.list":        {query: "?limit=10&cursor=0"},
	"glossary_terms.create_bulk": {body: `{"terms":[{"term":"staged","description":"d","caseSensitive":true,"translatable":true,"forbidden":false,"translations":[{"langId":$language,"translation":"x","description":"y"}],"tags":["t"]}]}`},
	"glossary_terms.update_bulk": {body: `{"terms":[{"id":$term,"term":"changed","description":"d","caseSensitive":true,"translatable":true,"forbidden":false,"translations":[{"langId":$language,"translation":"x","description":"y"}],"tags":["t"]}]}`},
	"glossary_terms.delete_bulk": {body: `{"terms":[$term]}`},

	"jwt.create":      {body: `{"service":"ota"}`},
	"audit_logs.list": {query: "?limit=10&date_from=2024-01-01&date_to=2034-01-01&event_type=project.imported&project_id=$project&user_id=$user"},

	"files.list":            {query: pages + "&filter_filename=json"},
	"files.upload":          {body: `{"data":"$file64",` + uploadBody + `}`},
	"files.upload_from_fss": {body: `{"fss_file_id":"1",` + uploadBody + `}`},
	"files.download":        {body: exportBody},
	"files.async_download":  {body: exportBody},

	"ota.bundles.update":        {body: `{"description":"d"}`},
	"ota.bundles.publish":       {body: `{"bundleId":$bundle}`},
	"ota.bundles.stage":         {body: `{"bundleId":"$bundle"}`},
	"ota.statistics.get":        {query: "?dateFrom=2024-01-01&dateTo=2024-02-01&framework=$framework"},
	"ota.freeze_periods.list":   {query: "?framework=$framework"},
	"ota.freeze_periods.create": {body: `{"from":"1.0.0","to":"1.9.0","bundleId":$bundle}`},
	"ota.freeze_periods.update": {body: `{"from":"2.0.0","to":"2.9.0","bundleId":$bundle}`},
	"ota.bundle_archives.get":   {query: "?appVersion=1.0.0&transVersion=0&prerelease=false"},
}
