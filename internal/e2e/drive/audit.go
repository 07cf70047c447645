package drive

func (d *driver) audit() {
	first := d.do("audit_logs.list", nil, params{"limit": 1, "date_from": "2024-01-01", "date_to": "2099-01-01", "user_id": ownerID}, nil)
	d.do("audit_logs.list", nil, params{"limit": 1000, "cursor": first.at("next_cursor")}, nil)
	d.do("audit_logs.list", nil, params{"event_type": "project.created", "project_id": projectID}, nil)
}
