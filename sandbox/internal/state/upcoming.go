package state

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Upcoming is something that will happen once the clock is there.
type Upcoming struct {
	Due      time.Time
	What     string // for a person
	Delivery int64  // to a webhook; 0: it is something else
}

// Upcoming lists what will happen, the next first.
func (tx *Tx) Upcoming() []Upcoming {
	var list []Upcoming
	for _, j := range tx.Jobs.Rows("") {
		list = append(list, tx.upcoming(j))
	}
	slices.SortStableFunc(list, func(a, b Upcoming) int { return a.Due.Compare(b.Due) })
	return list
}

func (tx *Tx) upcoming(j *Job) Upcoming {
	u := Upcoming{Due: j.Due, What: j.Kind + " " + j.Arg}
	switch j.Kind {
	case DeliveryJob:
		u.Delivery, _ = strconv.ParseInt(j.Arg, 10, 64) // the row is written by Schedule
		if d := tx.Deliveries.Get("", u.Delivery); d != nil {
			u.What = fmt.Sprintf("Webhook: attempt %d to deliver %s", d.Attempts+1, d.Event)
		}
	case processJob:
		number, project, _ := strings.Cut(j.Arg, "@")
		n, _ := strconv.ParseInt(number, 10, 64) // likewise
		if p := tx.Processes.Get(project, n); p != nil {
			u.What = fmt.Sprintf("Process %s of project %s: on from %s", p.Type, project, p.Status)
		}
	case OrderJob:
		u.What = "Order " + cmp.Or(j.Arg[strings.LastIndex(j.Arg, "/")+1:], j.Arg) + ": completed"
	case leverageJob:
		u.What = "Task: translations from the translation memory"
	case machineJob:
		u.What = "Task: machine translation"
	}
	return u
}
