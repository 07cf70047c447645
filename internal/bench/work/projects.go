package work

import (
	"context"
	"fmt"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/bench/floor"
	"github.com/golokalise/lokalise/internal/bench/stub"
)

// small are the settings of work that takes a fraction of a millisecond.
func small(name, about string, impls []Impl) Work {
	return Work{
		Name: name, About: about, OnNode: true, Impls: impls,
		Warm: 200, Ops: 1000, Slice: 120 * time.Millisecond, Slices: 8,
	}
}

func projectGet() Work {
	return small("project-get", "GET one project", getters())
}

// projectGetInFlight is projectGet with n requests at once. It needs a longer
// warm-up: that opens the connections.
func projectGetInFlight(n int) Work {
	w := small(fmt.Sprintf("project-get-%d", n), fmt.Sprintf("GET one project, %d requests in flight", n), getters())
	w.InFlight, w.Warm, w.Ops, w.Slice = n, 2000, 4000, 250*time.Millisecond
	return w
}

// getters are the implementations of one project's GET.
func getters() []Impl {
	return []Impl{
		withFloor(Raw, floor.New, floorGet),
		withFloor("raw+jsonv2", floor.NewV2, floorGet),
		withClient(Ours, func(ctx context.Context, c *lokalise.Client) (Tally, error) {
			p, err := c.Projects.Get(ctx, lokalise.ProjectID(stub.ProjectID(stub.SmallProject)))
			if err != nil {
				return Tally{}, err
			}
			return Tally{Items: 1, Sum: p.TeamID}, nil
		}),
	}
}

func projectList(limit int) Work {
	w := small(fmt.Sprintf("project-list-%d", limit), fmt.Sprintf("GET a page of %d project(s), List", limit), []Impl{
		withFloor(Raw, floor.New, floorList(limit)),
		withFloor("raw+jsonv2", floor.NewV2, floorList(limit)),
		withClient(Ours, func(ctx context.Context, c *lokalise.Client) (Tally, error) {
			page, err := c.Projects.List(ctx, &lokalise.ProjectListOptions{Limit: limit})
			if err != nil {
				return Tally{}, err
			}
			var t Tally
			for i := range page.Items {
				t.add(page.Items[i].TeamID)
			}
			return t, nil
		}),
	})
	return w
}

// projectAll walks the same 100 projects as project-list-100, with the
// iterator.
func projectAll() Work {
	return small("project-all-100", "all 100 projects, All", []Impl{
		withFloor(Raw, floor.New, floorList(stub.ProjectCount)),
		withFloor("raw+jsonv2", floor.NewV2, floorList(stub.ProjectCount)),
		withClient(Ours, func(ctx context.Context, c *lokalise.Client) (Tally, error) {
			var t Tally
			for p, err := range c.Projects.All(ctx, &lokalise.ProjectListOptions{Limit: stub.ProjectCount}) {
				if err != nil {
					return t, err
				}
				t.add(p.TeamID)
			}
			return t, nil
		}),
	})
}

func floorGet(ctx context.Context, c *floor.Client) (Tally, error) {
	p, err := c.GetProject(ctx, stub.ProjectID(stub.SmallProject))
	if err != nil {
		return Tally{}, err
	}
	return Tally{Items: 1, Sum: p.TeamID}, nil
}

func floorList(limit int) func(context.Context, *floor.Client) (Tally, error) {
	return func(ctx context.Context, c *floor.Client) (Tally, error) {
		projects, err := c.ListProjects(ctx, limit)
		if err != nil {
			return Tally{}, err
		}
		var t Tally
		for i := range projects {
			t.add(projects[i].TeamID)
		}
		return t, nil
	}
}

func (t *Tally) add(n int64) {
	t.Items++
	t.Sum += n
}
