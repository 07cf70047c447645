package api

import "github.com/golokalise/lokalise/sandbox/internal/state"

// roleBody is a permission template on the wire, where some of its members are
// in camel case (recorded).
type roleBody struct {
	ID                             int64    `json:"id"`
	Role                           string   `json:"role"`
	Permissions                    []string `json:"permissions"`
	Description                    string   `json:"description"`
	Tag                            string   `json:"tag"`
	TagColor                       string   `json:"tagColor"`
	TagInfo                        *string  `json:"tagInfo"`
	DoesEnableAllReadOnlyLanguages bool     `json:"doesEnableAllReadOnlyLanguages"`
}

func listPermissionTemplates(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.viewTeam(anyMember, func(*state.Tx, *state.Team) (any, error) {
		return struct {
			Roles []roleBody `json:"roles"`
		}{slicePage(c, p, state.Roles(), roleView)}, nil
	})
}

func roleView(r state.Role) roleBody {
	body := roleBody{
		ID: r.ID, Role: r.Name, Permissions: r.Permissions, Description: r.Description, Tag: r.Tag, TagColor: r.TagColor,
		DoesEnableAllReadOnlyLanguages: r.ReadsAllLanguages,
	}
	if r.TagInfo != "" {
		body.TagInfo = &r.TagInfo
	}
	return body
}
