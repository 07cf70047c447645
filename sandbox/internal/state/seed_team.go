package state

import "time"

// seedTeam gives the first team a group of reviewers, through which somebody
// reaches a project, and a project a glossary.
func seedTeam(tx *Tx) {
	de, _ := LanguageByISO("de")
	tx.PutGroup(Group{
		TeamID: seedTeamApps, ID: tx.NextID("groups"), Name: "Reviewers", CreatedAt: date(2024, 8, 6, 9, 20, 0),
		Permissions: Permissions{IsReviewer: true, Languages: []ContributorLanguage{{LanguageID: de.ID, Writable: true}}},
		Projects:    []string{"5098341266b0c94c1d2f85.73310946"}, Members: []int64{seedUserMember},
	})
	for i, t := range []Term{
		{Text: "Acme", Description: "The name of the company", CaseSensitive: true, Tags: []string{"brand"}},
		{Text: "workspace", Description: "Where a team keeps its documents", Translatable: true},
		{Text: "sign in", Description: "Begin to use the app with an account", Translatable: true},
		{Text: "sync", Description: "Bring two devices to the same state", Translatable: true, Tags: []string{"technical"}},
		{Text: "user-friendly", Description: "Say what is easy about it instead", Forbidden: true},
	} {
		t.ProjectID, t.ID = "3150927465e5a1d12ac0b7.40718253", tx.NextID("terms")
		t.CreatedAt = date(2024, 3, 5, 11, 0, 0).Add(time.Duration(i) * time.Minute)
		if text := map[string]string{"workspace": "Arbeitsbereich", "sign in": "anmelden", "sync": "abgleichen"}[t.Text]; text != "" {
			t.Translate(TermTranslation{LanguageID: de.ID, Text: text})
		}
		tx.Terms.Put(tx, &t)
	}
}
