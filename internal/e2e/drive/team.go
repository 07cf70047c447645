package drive

func (d *driver) team() {
	d.do("teams.list", nil, pages(), nil)
	d.do("teams.get", ids{teamID}, nil, nil)
	d.do("permission_templates.list", ids{teamID}, nil, nil)
	d.do("users.get", ids{adminID}, nil, nil)
	details := object{
		"billing_email": "bills@example.com", "country_code": "LV", "zip": "LV-1010", "state_code": "", "address1": "Iela 1",
		"address2": "", "city": "Riga", "phone": "+371", "company": "Acme", "vatnumber": "LV1",
	}
	d.do("billing_details.create", ids{teamID}, nil, details)
	d.do("billing_details.get", ids{teamID}, nil, nil)
	delete(details, "vatnumber")
	d.do("billing_details.update", ids{teamID}, nil, details)
	d.do("billing_details.get", ids{teamID}, nil, nil)
	details["vatnumber"] = "LV2"
	d.do("billing_details.update", ids{teamID}, nil, details)
}

func (d *driver) groups() {
	bare := object{"name": "Bare", "is_admin": true, "is_reviewer": false, "admin_rights": list{"upload"}}
	whole := object{
		"name": "Whole", "is_admin": false, "is_reviewer": true, "role_id": 5, "admin_rights": list{},
		"languages": object{"reference": list{english}, "contributable": list{german}},
	}
	id := d.do("user_groups.create", ids{teamID}, nil, bare).at("group.group_id")
	full := d.do("user_groups.create", ids{teamID}, nil, whole).at("group.group_id")
	users, projects := object{"users": list{ownerID, memberID}}, object{"projects": list{projectID}}
	for _, group := range []any{id, full} {
		d.do("user_groups.add_members", ids{teamID, group}, nil, users)
		d.do("user_groups.add_projects", ids{teamID, group}, nil, projects)
		d.do("user_groups.get", ids{teamID, group}, nil, nil)
	}
	d.do("user_groups.list", ids{teamID}, params{"limit": 100, "page": 1}, nil)
	d.do("user_groups.update", ids{teamID, id}, nil, whole)
	d.do("user_groups.update", ids{teamID, id}, nil, bare)
	d.do("user_groups.remove_projects", ids{teamID, full}, nil, projects)
	d.do("user_groups.remove_members", ids{teamID, full}, nil, users)
	d.do("user_groups.delete", ids{teamID, full}, nil, nil)
	d.do("user_groups.delete", ids{teamID, id}, nil, nil)
}

func (d *driver) people() {
	invited := func(email string) object {
		return object{
			"email": email, "fullname": "Guest", "is_admin": false, "is_reviewer": true, "role_id": 3, "admin_rights": list{},
			"languages": list{object{"lang_iso": "de", "is_writable": true}},
		}
	}
	admin := object{"email": "boss@example.com", "is_admin": true, "languages": list{}, "admin_rights": list{"upload", "keys"}}
	made := d.do("contributors.create", ids{projectID}, nil, object{"contributors": list{invited("guest@example.com"), admin}})
	id := made.at("contributors.0.user_id")
	d.do("contributors.list", ids{projectID}, params{"limit": 100, "page": 1}, nil)
	d.do("contributors.get", ids{projectID, id}, nil, nil)
	d.do("contributors.get", ids{projectID, ownerID}, nil, nil)
	d.do("contributors.me", ids{projectID}, nil, nil)
	d.do("contributors.update", ids{projectID, id}, nil, object{
		"is_admin": false, "is_reviewer": false, "role_id": 4, "languages": list{object{"lang_iso": "fr", "is_writable": false}}, "admin_rights": list{},
	})
	d.do("contributors.update", ids{projectID, id}, nil, object{"is_admin": true, "admin_rights": list{"tasks"}})
	d.do("contributors.delete", ids{projectID, id}, nil, nil)

	d.do("team_users.list", ids{teamID}, params{"limit": 2, "page": 1}, nil)
	d.do("team_users.get", ids{teamID, adminID}, nil, nil)
	d.do("team_users.update", ids{teamID, id}, nil, object{"role": "admin"})
	d.do("team_users.delete", ids{teamID, id}, nil, nil)
}
