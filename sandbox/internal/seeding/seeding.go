// Package seeding puts a seed into a world.
package seeding

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/seed"
)

// When is the date of everything in a seed. It is fixed, so that the same seed
// gives the same answers on any day.
var When = time.Date(2024, time.March, 1, 9, 0, 0, 0, time.UTC)

// seeder is one seed on its way into a world.
type seeder struct {
	*state.Tx
	seed  *seed.Seed
	users map[string]int64 // by e-mail address in small letters
	teams map[string]int64 // by name
	first int64            // user
	team  int64            // the first one
}

// Put adds what a seed describes to a world, which may be empty. People, teams
// and projects that are there stay; a person of the seed who is there already
// is that one. It fails with a [*seed.Error] for what cannot be used.
func Put(tx *state.Tx, s *seed.Seed) error {
	if err := s.Check(); err != nil {
		return err
	}
	p := &seeder{Tx: tx, seed: s, users: map[string]int64{}, teams: map[string]int64{}}
	p.putUsers()
	if err := p.putTeams(); err != nil {
		return err
	}
	for i := range s.Projects {
		if err := p.putProject("/projects/"+strconv.Itoa(i), &s.Projects[i]); err != nil {
			return err
		}
	}
	return nil
}

func failure(path, format string, args ...any) error {
	return &seed.Error{Path: path, Problem: fmt.Sprintf(format, args...)}
}

// putUsers adds the people. The first person of an empty world gets the id that
// the personal tokens lead to.
func (p *seeder) putUsers() {
	for u := range p.Users.All("") {
		p.users[strings.ToLower(u.Email)] = u.ID
	}
	people := p.seed.Users
	if len(people) == 0 && len(p.users) == 0 {
		people = []seed.User{{Email: "mara.lind@example.com", Name: "Mara Lind"}}
	}
	for _, u := range people {
		email := strings.ToLower(u.Email)
		if p.users[email] != 0 {
			continue
		}
		id := int64(state.SeedUserID)
		if p.Users.Get("", id) != nil {
			id = p.NextID("users")
		}
		p.Users.Put(p.Tx, &state.User{ID: id, Email: u.Email, FullName: u.Name})
		p.users[email] = id
	}
	p.first = state.SeedUserID
	if len(p.seed.Users) > 0 {
		p.first = p.users[strings.ToLower(p.seed.Users[0].Email)]
	}
}

func (p *seeder) user(path, email string) (int64, error) {
	if email == "" {
		return p.first, nil
	}
	id := p.users[strings.ToLower(email)]
	if id == 0 {
		return 0, failure(path, `nobody has the address %.80q; add the person to "users"`, email)
	}
	return id, nil
}

func (p *seeder) putTeams() error {
	for t := range p.Teams.All("") {
		p.teams[t.Name] = t.ID
		p.team = cmp.Or(p.team, t.ID)
	}
	teams := p.seed.Teams
	if len(teams) == 0 && p.team == 0 {
		teams = []seed.Team{{Name: "Seed team"}}
	}
	for i, t := range teams {
		path := "/teams/" + strconv.Itoa(i)
		if p.teams[t.Name] != 0 {
			return failure(path+"/name", "there is a team %.80q in this world already", t.Name)
		}
		id := p.NextID("teams")
		p.Teams.Put(p.Tx, &state.Team{ID: id, Name: t.Name, Plan: cmp.Or(t.Plan, "Essential"), CreatedAt: When})
		p.teams[t.Name] = id
		if i == 0 {
			p.team = id
		}
		if err := p.putMembers(path, id, t.Members); err != nil {
			return err
		}
	}
	return nil
}

func (p *seeder) putMembers(path string, teamID int64, members []seed.Member) error {
	owned := false
	for i, m := range members {
		id, err := p.user(path+"/members/"+strconv.Itoa(i)+"/user", m.User)
		if err != nil {
			return err
		}
		owned = owned || m.Role == state.RoleOwner
		p.Members.Put(p.Tx, &state.Member{TeamID: teamID, UserID: id, Role: m.Role, CreatedAt: When})
	}
	if !owned {
		p.Members.Put(p.Tx, &state.Member{TeamID: teamID, UserID: p.first, Role: state.RoleOwner, CreatedAt: When})
	}
	return nil
}
