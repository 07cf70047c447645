package api

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// otaTokenBody is an SDK token on the wire. lokaliseId is null in every
// recording.
type otaTokenBody struct {
	ID         int64  `json:"id"`
	Token      string `json:"token"`
	ProjectID  int64  `json:"projectId"`
	LokaliseID *int64 `json:"lokaliseId"`
	CreatedAt  string `json:"createdAt"`
}

func otaTokenView(t *state.OTAToken) otaTokenBody {
	return otaTokenBody{ID: t.ID, Token: t.Token, ProjectID: state.OTAProjectID(t.ProjectID), CreatedAt: otaTime(t.CreatedAt)}
}

func listOTATokens(c *call) (any, error) {
	return c.otaView(func(tx *state.Tx, p *state.Project) (any, error) {
		tokens := []otaTokenBody{}
		for t := range tx.OTATokens.All(p.ID) {
			tokens = append(tokens, otaTokenView(t))
		}
		return tokens, nil
	})
}

func createOTAToken(c *call) (any, error) {
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		return otaTokenView(tx.AddOTAToken(p.ID)), nil
	})
}

func deleteOTAToken(c *call) (any, error) {
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		id := c.otaID("token_id")
		if !tx.OTATokens.Delete(tx, p.ID, id) {
			return nil, otaNotFound("Token")
		}
		return otaDeleted{id, true}, nil
	})
}

type otaFreezeBody struct {
	ID        int64  `json:"id"`
	ProjectID int64  `json:"projectId"`
	BundleID  int64  `json:"bundleId"`
	Framework string `json:"framework"`
	From      string `json:"from"`
	To        string `json:"to"`
}

func otaFreezeView(f *state.OTAFreeze) otaFreezeBody {
	return otaFreezeBody{f.ID, state.OTAProjectID(f.ProjectID), f.BundleID, f.Framework, f.From, f.To}
}

func listOTAFreezes(c *call) (any, error) {
	of, err := framework(c.query().Get("framework"), "framework")
	if err != nil {
		return nil, err
	}
	return c.otaView(func(tx *state.Tx, p *state.Project) (any, error) {
		freezes := []otaFreezeBody{}
		for f := range tx.OTAFreezes.All(p.ID) {
			if f.Framework == of {
				freezes = append(freezes, otaFreezeView(f))
			}
		}
		return freezes, nil
	})
}

func createOTAFreeze(c *call) (any, error) {
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		return c.putFreeze(tx, p, state.OTAFreeze{ProjectID: p.ID, ID: tx.NextID("ota_freezes")})
	})
}

func updateOTAFreeze(c *call) (any, error) {
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		f := tx.OTAFreezes.Get(p.ID, c.otaID("freeze_id"))
		if f == nil {
			return nil, otaNotFound("Freeze period")
		}
		return c.putFreeze(tx, p, *f)
	})
}

// putFreeze reads a freeze period, whose framework is that of its bundle.
func (c *call) putFreeze(tx *state.Tx, p *state.Project, f state.OTAFreeze) (any, error) {
	o := c.bodyObject()
	var from, to bool
	f.From, from = o.text("from")
	f.To, to = o.text("to")
	if !from || !to || f.From == "" || compareVersions(f.From, f.To) > 0 {
		return nil, otaInvalid("from and to must be versions of the app, from not above to")
	}
	id, ok := o.number("bundleId")
	if !ok {
		return nil, otaInvalid("bundleId must be a number")
	}
	b := tx.OTABundles.Get(p.ID, id)
	if b == nil {
		return nil, otaNotFound("Bundle")
	}
	f.BundleID, f.Framework = b.ID, b.Framework
	tx.OTAFreezes.Put(tx, &f)
	return otaFreezeView(&f), nil
}

func deleteOTAFreeze(c *call) (any, error) {
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		id := c.otaID("freeze_id")
		if !tx.OTAFreezes.Delete(tx, p.ID, id) {
			return nil, otaNotFound("Freeze period")
		}
		return otaDeleted{id, true}, nil
	})
}

// compareVersions compares versions of an app number by number; what is no
// number is compared as text. A part that is missing is 0 (assumed).
func compareVersions(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(x), len(y)) {
		p, q := "0", "0"
		if i < len(x) {
			p = x[i]
		}
		if i < len(y) {
			q = y[i]
		}
		m, errM := strconv.Atoi(p)
		n, errN := strconv.Atoi(q)
		order := cmp.Compare(m, n)
		if errM != nil || errN != nil {
			order = strings.Compare(p, q)
		}
		if order != 0 {
			return order
		}
	}
	return 0
}

// otaStatistics stand under no data (recorded), the totals' members in another
// order than the periods'.
type otaStatistics struct {
	LokaliseProjectID string         `json:"lokaliseProjectId"`
	From              string         `json:"from"`
	To                string         `json:"to"`
	SDK               string         `json:"sdk"`
	Daily             []otaUsageBody `json:"daily"`
	Monthly           []otaUsageBody `json:"monthly"` // dated by the last day
	Totals            otaTotals      `json:"totals"`
}

type otaUsageBody struct {
	Date         string `json:"date"`
	Downloads    int64  `json:"downloads"`
	TrafficMB    int64  `json:"trafficMb"` // whole ones
	TrafficBytes int64  `json:"trafficBytes,string"`
	Framework    string `json:"framework"`
}

type otaTotals struct {
	TrafficMB    int64 `json:"trafficMb"`
	TrafficBytes int64 `json:"trafficBytes,string"`
	Downloads    int64 `json:"downloads"`
}

const bytesPerMB = 1_000_000

func (u *otaUsageBody) add(row *state.OTAUsage) {
	u.Downloads, u.TrafficBytes = u.Downloads+row.Downloads, u.TrafficBytes+row.Bytes
	u.TrafficMB = u.TrafficBytes / bytesPerMB
}

func getOTAStatistics(c *call) (any, error) {
	q := c.query()
	s := otaStatistics{From: q.Get("dateFrom"), To: q.Get("dateTo"), SDK: q.Get("framework"), Daily: []otaUsageBody{}, Monthly: []otaUsageBody{}}
	for _, date := range []string{s.From, s.To} {
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			return nil, otaInvalid("dateFrom and dateTo must be dates such as 2024-03-04")
		}
	}
	if s.SDK != "" {
		if _, err := framework(s.SDK, "framework"); err != nil {
			return nil, err
		}
	}
	_, err := c.otaView(func(tx *state.Tx, p *state.Project) (any, error) {
		s.LokaliseProjectID = p.ID
		for row := range tx.OTAUsage.All(p.ID) {
			if s.From <= row.Date && row.Date <= s.To && (s.SDK == "" || s.SDK == row.Framework) {
				s.add(row)
			}
		}
		return nil, nil //nolint:nilnil // the answer is s
	})
	return s, err
}

// add counts a day in. Days come in their order.
func (s *otaStatistics) add(row *state.OTAUsage) {
	day := otaUsageBody{Date: row.Date, Framework: row.Framework}
	day.add(row)
	s.Daily = append(s.Daily, day)
	month := lastOfMonth(row.Date)
	at := slices.IndexFunc(s.Monthly, func(m otaUsageBody) bool { return m.Date == month && m.Framework == row.Framework })
	if at < 0 {
		at = len(s.Monthly)
		s.Monthly = append(s.Monthly, otaUsageBody{Date: month, Framework: row.Framework})
	}
	s.Monthly[at].add(row)
	s.Totals.Downloads += row.Downloads
	s.Totals.TrafficBytes += row.Bytes
	s.Totals.TrafficMB = s.Totals.TrafficBytes / bytesPerMB
}

func lastOfMonth(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
