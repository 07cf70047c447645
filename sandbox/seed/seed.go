package seed

// Version is the version of the format.
const Version = 1

// Seed is a file, or the same in Go. People are named by their e-mail address
// and languages by their code everywhere.
type Seed struct {
	Schema  string `json:"$schema,omitzero"` // address of the schema, for editors; not looked at
	Version int    `json:"version"`          // 1

	// Users are people with accounts. The personal API tokens are the first
	// one's. Defaults to one user.
	Users []User `json:"users,omitzero"`
	// Teams own projects. Defaults to one team, of the first user.
	Teams    []Team    `json:"teams,omitzero"`
	Projects []Project `json:"projects,omitzero"`
}

// User is a person with an account.
type User struct {
	Email string `json:"email"`
	Name  string `json:"name"`
}

// Team is a team with its members.
type Team struct {
	Name string `json:"name"`
	Plan string `json:"plan,omitzero"` // defaults to "Essential"
	// Members are the people in it. The first user of the seed is added as the
	// owner when there is none.
	Members []Member `json:"members,omitzero"`
}

// Member is somebody's place in a team.
type Member struct {
	User string `json:"user"` // e-mail address
	Role string `json:"role"` // owner, admin, member or biller
}

// Project is a project with what is in it.
type Project struct {
	Name        string `json:"name"`
	ID          string `json:"id,omitzero"` // defaults to one that follows from the place in the seed
	Description string `json:"description,omitzero"`
	Type        string `json:"type,omitzero"`       // localization_files (the default) or paged_documents
	Team        string `json:"team,omitzero"`       // its name; defaults to the first team
	CreatedBy   string `json:"created_by,omitzero"` // e-mail address; defaults to the first user
	// Languages are codes such as pt_BR, the base language first.
	Languages []string `json:"languages"`
	// Contributors are the people in it. Who made it is added as an admin.
	Contributors []Contributor `json:"contributors,omitzero"`
	Keys         []Key         `json:"keys,omitzero"`
	// Branches are made after the keys, as copies of the project.
	Branches []string  `json:"branches,omitzero"`
	Generate *Generate `json:"generate,omitzero"`
}

// Contributor is somebody's place in a project.
type Contributor struct {
	User     string `json:"user"`
	Admin    bool   `json:"admin,omitzero"`
	Reviewer bool   `json:"reviewer,omitzero"`
	// Languages are those the person works in; an admin works in all.
	Languages []ContributorLanguage `json:"languages,omitzero"`
}

// ContributorLanguage is a language that somebody may read, or write as well.
type ContributorLanguage struct {
	Language string `json:"language"`
	Writable bool   `json:"writable,omitzero"`
}

// Key is a key with its translations.
type Key struct {
	Name string `json:"name"`
	// Names are the names on single platforms, where they differ from Name.
	Names       map[string]string `json:"names,omitzero"`
	Platforms   []string          `json:"platforms,omitzero"` // ios, android, web, other; defaults to web
	Description string            `json:"description,omitzero"`
	Context     string            `json:"context,omitzero"`
	Tags        []string          `json:"tags,omitzero"`
	CharLimit   int64             `json:"char_limit,omitzero"` // characters; 0: none
	Plural      bool              `json:"plural,omitzero"`
	PluralName  string            `json:"plural_name,omitzero"`
	Hidden      bool              `json:"hidden,omitzero"`
	Archived    bool              `json:"archived,omitzero"`
	// Translations are texts by language. Languages that are left out have an
	// empty one.
	Translations map[string]Translation `json:"translations,omitzero"`
	Comments     []Comment              `json:"comments,omitzero"`
}

// Translation is a text. As JSON it is a string where it has nothing but Text.
type Translation struct {
	Text     string            `json:"text,omitzero"`
	Plural   map[string]string `json:"plural,omitzero"` // forms of a plural key: zero, one, two, few, many, other
	Reviewed bool              `json:"reviewed,omitzero"`
	// Unverified marks the text as one that somebody has to look at.
	Unverified bool `json:"unverified,omitzero"`
}

// Comment is what somebody wrote about a key.
type Comment struct {
	User string `json:"user,omitzero"` // defaults to the first user
	Text string `json:"text"`
}

// Generate makes keys up. The same numbers make the same keys.
type Generate struct {
	Keys int   `json:"keys"`          // how many, up to MaxKeys
	Seed int64 `json:"seed,omitzero"` // of the random numbers; another one makes other texts
	// Prefix begins the names, which go on with a number. Defaults to
	// "generated.key".
	Prefix string `json:"prefix,omitzero"`
	// Languages are those with texts. Defaults to all of the project.
	Languages []string `json:"languages,omitzero"`
	// Words is how long a text is at most. Defaults to 8.
	Words int `json:"words,omitzero"`
	// Untranslated is how many of a hundred texts are left empty, in all
	// languages but the base language. Defaults to none.
	Untranslated int `json:"untranslated,omitzero"`
	// Plurals is how many of a hundred keys are plural. Defaults to none.
	Plurals int `json:"plurals,omitzero"`
	// Tags are given to the keys in turn. Defaults to none.
	Tags []string `json:"tags,omitzero"`
}

// MaxKeys is how many keys one Generate can make.
const MaxKeys = 10_000_000
