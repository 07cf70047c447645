package drive

import "time"

// leverage is how long the sandbox takes to count what a memory of
// translations already has, at least.
const leverage = time.Minute

func (d *driver) tasks() {
	status := d.status("Of a task")
	keys := list{d.someKey(projectID, "task.one"), d.someKey(projectID, "task.two")}
	group := d.do("user_groups.create", ids{teamID}, nil, object{"name": "Workers", "is_admin": true, "is_reviewer": false, "admin_rights": list{"tasks"}}).at("group.group_id")
	languages := list{object{"language_iso": "de", "users": list{ownerID}, "groups": list{group}}}
	whole := object{
		"title": "Translate", "description": "Everything", "due_date": "2030-01-02 03:04:05", "keys": keys, "languages": languages,
		"source_language_iso": "en", "auto_close_languages": true, "auto_close_task": true, "auto_close_items": true, "task_type": "translation",
		"closing_tags": list{"done"}, "do_lock_translations": true, "custom_translation_status_ids": list{status},
		"save_ai_translation_to_tm": false, "apply_ai_tm100_matches": false, "mark_verified": true,
	}
	id := d.do("tasks.create", ids{projectID}, nil, whole).at("task.task_id")
	d.do("tasks.create", ids{projectID}, nil, object{
		"title": "Review", "task_type": "review", "parent_task_id": id, "languages": list{object{"language_iso": "de", "users": list{memberID}}},
	})
	d.do("tasks.get", ids{projectID, id}, nil, nil)
	d.box.Clock().Advance(leverage)
	d.do("tasks.get", ids{projectID, id}, nil, nil)
	d.do("translations.list", ids{projectID}, params{"filter_active_task_id": id}, nil)
	d.do("tasks.list", ids{projectID}, params{"limit": 5, "page": 1, "filter_title": "Trans", "filter_statuses": "created,in_progress"}, nil)
	d.do("tasks.update", ids{projectID, id}, nil, object{"title": "Translate it"})
	d.do("tasks.update", ids{projectID, id}, nil, object{
		"title": "Translate all", "description": "Really", "due_date": "2030-01-03 03:04:05",
		"languages":            list{object{"language_iso": "de", "users": list{ownerID}, "groups": list{group}, "close_language": true}},
		"auto_close_languages": true, "auto_close_task": true, "auto_close_items": true, "closing_tags": list{"all done"}, "do_lock_translations": false,
	})
	other := d.do("tasks.create", ids{projectID}, nil, object{
		"title": "Close", "keys": keys, "languages": list{object{"language_iso": "fr", "users": list{ownerID}}},
	}).at("task.task_id")
	d.do("tasks.update", ids{projectID, other}, nil, object{"close_task": true})
	d.do("tasks.get", ids{projectID, id}, nil, nil)
	d.do("tasks.list", ids{projectID}, nil, nil)
	d.do("tasks.delete", ids{projectID, id}, nil, nil)
}
