package state

import (
	"slices"
	"strconv"
	"time"
)

// User is a person with a Lokalise account.
type User struct {
	ID       int64
	Email    string
	FullName string
}

// Team owns projects.
type Team struct {
	ID        int64
	Name      string
	Plan      string
	CreatedAt time.Time
	Billing   *BillingDetails // nil: none were given
}

// TeamKey is a team's id as the parent of its rows.
func TeamKey(id int64) string { return strconv.FormatInt(id, 10) }

// Roles in a team, as the API writes them.
const (
	RoleOwner  = "owner"
	RoleAdmin  = "admin"
	RoleMember = "member"
	RoleBiller = "biller"
)

// Member is a user's place in a team.
type Member struct {
	TeamID    int64
	UserID    int64
	Role      string
	CreatedAt time.Time
}

// IsAdmin tells whether the member may do everything in the team's projects.
func (m *Member) IsAdmin() bool {
	return m != nil && (m.Role == RoleOwner || m.Role == RoleAdmin)
}

// Project is a project without what hangs on it.
type Project struct {
	ID          string
	Type        string
	Name        string
	Description string
	CreatedAt   time.Time
	CreatedBy   int64 // user
	TeamID      int64
	BaseID      int64 // language
	Settings    ProjectSettings
}

// ProjectSettings are the switches that the API shows with a project.
type ProjectSettings struct {
	PerPlatformKeyNames                    bool
	Reviewing                              bool
	AutoToggleUnverified                   bool
	OfflineTranslation                     bool
	KeyEditing                             bool
	InlineMachineTranslations              bool
	Branching                              bool
	Segmentation                           bool
	ContributorPreviewDownloadEnabled      bool
	CustomTranslationStatuses              bool
	CustomTranslationStatusesAllowMultiple bool
}

// DefaultSettings are those of a project made through the API (recorded
// response to POST /projects, 2023).
func DefaultSettings() ProjectSettings {
	return ProjectSettings{
		Reviewing:                 true,
		AutoToggleUnverified:      true,
		KeyEditing:                true,
		InlineMachineTranslations: true,
	}
}

// Language is a language of a project.
type Language struct {
	Content     string
	ID          int64
	ISO         string // custom code, when the project has one
	Name        string
	RTL         bool
	PluralForms []string
}

// SystemLanguage is a language that projects can have.
type SystemLanguage struct {
	ID          int64
	ISO         string
	Name        string
	RTL         bool
	PluralForms []string
}

// InProject is the language as a project gets it, under a code of the
// project's own when customISO is not empty.
func (s SystemLanguage) InProject(content, customISO string) *Language {
	iso := s.ISO
	if customISO != "" {
		iso = customISO
	}
	return &Language{Content: content, ID: s.ID, ISO: iso, Name: s.Name, RTL: s.RTL, PluralForms: slices.Clone(s.PluralForms)}
}
