package state

import "time"

// Ids of the people and teams in every new world.
const (
	SeedUserID     = 320181 // the personal tokens are this user's
	seedUserAdmin  = 320182
	seedUserMember = 320183

	seedTeamApps  = 276692
	seedTeamTools = 276693
)

// date is a time of the seed. Times are fixed, so that every fresh world gives
// the same answers.
func date(year int, month time.Month, day, hour, minute, second int) time.Time {
	return time.Date(year, month, day, hour, minute, second, 0, time.UTC)
}

// seed fills a new world: two teams, three users who see different parts of
// them, and projects of two kinds.
func seed(tx *Tx) {
	seedPeople(tx)
	seedProject(tx, Project{
		ID: "3150927465e5a1d12ac0b7.40718253", Type: "localization_files", TeamID: seedTeamApps, CreatedBy: SeedUserID,
		Name: "Mobile app", Description: "Texts of the iOS and Android apps", CreatedAt: date(2024, 3, 4, 10, 26, 25),
	}, []string{"en", "de", "fr", "ja"}, SeedUserID)
	tx.AllowBranching(tx.Projects.Get("", "3150927465e5a1d12ac0b7.40718253"))
	seedProject(tx, Project{
		ID: "7746120366054f3a0b41e2.18890427", Type: "localization_files", TeamID: seedTeamApps, CreatedBy: SeedUserID,
		Name: "Website", Description: "", CreatedAt: date(2024, 3, 28, 11, 6, 34),
	}, []string{"en", "es", "pt_BR"}, SeedUserID, seedUserMember)
	seedProject(tx, Project{
		ID: "5098341266b0c94c1d2f85.73310946", Type: "paged_documents", TeamID: seedTeamApps, CreatedBy: seedUserAdmin,
		Name: "Help center", Description: "Articles for customers", CreatedAt: date(2024, 8, 5, 12, 45, 0),
	}, []string{"en", "de"}, seedUserAdmin)
	seedProject(tx, Project{
		ID: "2284570167190e5806ba31.55207718", Type: "localization_files", TeamID: seedTeamTools, CreatedBy: seedUserAdmin,
		Name: "Back office", Description: "Seen by the second team only", CreatedAt: date(2024, 10, 23, 14, 55, 20),
	}, []string{"en", "pl"}, seedUserAdmin)
	seedTeam(tx)
}

func seedPeople(tx *Tx) {
	tx.Users.Put(tx, &User{SeedUserID, "mara.lind@example.com", "Mara Lind"})
	tx.Users.Put(tx, &User{seedUserAdmin, "tomas.rey@example.com", "Tomás Rey"})
	tx.Users.Put(tx, &User{seedUserMember, "yuki.tanaka@example.com", "Yuki Tanaka"})

	tx.Teams.Put(tx, &Team{ID: seedTeamApps, Name: "Acme Apps", Plan: "Essential", CreatedAt: date(2024, 3, 1, 9, 0, 0)})
	tx.Teams.Put(tx, &Team{ID: seedTeamTools, Name: "Acme Tools", Plan: "Essential", CreatedAt: date(2024, 10, 1, 9, 0, 0)})

	tx.Members.Put(tx, &Member{seedTeamApps, SeedUserID, RoleOwner, date(2024, 3, 1, 9, 0, 0)})
	tx.Members.Put(tx, &Member{seedTeamApps, seedUserAdmin, RoleAdmin, date(2024, 3, 1, 9, 30, 0)})
	tx.Members.Put(tx, &Member{seedTeamApps, seedUserMember, RoleMember, date(2024, 3, 11, 14, 5, 0)})
	tx.Members.Put(tx, &Member{seedTeamTools, seedUserAdmin, RoleOwner, date(2024, 10, 1, 9, 0, 0)})
	tx.Members.Put(tx, &Member{seedTeamTools, seedUserMember, RoleMember, date(2024, 10, 2, 8, 15, 0)})
}

// seedProject puts a project in with its languages, the base language first,
// its contributors, all of them admins of it, and its content.
func seedProject(tx *Tx, p Project, isos []string, admins ...int64) {
	p.Settings = DefaultSettings()
	for i, iso := range isos {
		l, _ := LanguageByISO(iso)
		if i == 0 {
			p.BaseID = l.ID
		}
		tx.Languages.Put(tx, l.InProject(p.ID, ""))
	}
	tx.Projects.Put(tx, &p)
	for _, id := range admins {
		tx.Contributors.Put(tx, &Contributor{ProjectID: p.ID, UserID: id, CreatedAt: p.CreatedAt, Permissions: ProjectAdmin()})
	}
	seedContent(tx, p.ID)
}

// builtInSeed is seed in the form of others.
func builtInSeed(tx *Tx) error {
	seed(tx)
	return nil
}

// seedClient is the application that a world's credentials belong to.
func seedClient(creds Credentials, redirectURIs []string) Client {
	return Client{
		ID:           creds.ClientID,
		Secret:       creds.ClientSecret,
		Name:         "Sandbox app",
		Description:  "The application that comes with every sandbox.",
		Link:         "https://github.com/golokalise/lokalise",
		Logo:         "/_sandbox/static/app.svg",
		RedirectURIs: redirectURIs,
	}
}
