package state

// Event is something that happened in a world, for webhooks and the audit log.
type Event struct {
	Name      string // as webhooks call it, for example project.key.added
	ProjectID string
	Branch    string // empty: the project has none
	TeamID    int64  // for what happens to a team rather than a project
	UserID    int64  // who did it; 0: the sandbox itself
	Origin    Origin // of the request; zero: there was none
	// Languages are the codes of the languages that the event is about, for
	// webhooks that want only some.
	Languages []string
	// Payload has the members of the webhook's body that belong to this event
	// alone; event, project, user and the times are added. It is nil for an
	// event that only the audit log knows.
	Payload any
}

// EventHandler turns an event into rows, in the change that made it happen:
// what the world tells others can then not be lost.
type EventHandler func(tx *Tx, e Event)

// HandleEvents adds somebody who is told of events. It is called before the
// universe is used.
func (u *Universe) HandleEvents(handle EventHandler) { u.listeners = append(u.listeners, handle) }

// Emit says that something happened.
func (tx *Tx) Emit(e Event) {
	tx.mustWrite()
	for _, tell := range tx.world.universe.listeners {
		tell(tx, e)
	}
}

// EmitAfterwards says that something follows from the change that is being made.
// It is told behind the events of the change itself, so that nobody hears of an
// effect before its cause.
func (tx *Tx) EmitAfterwards(e Event) {
	tx.mustWrite()
	tx.effects = append(tx.effects, e)
}

func (tx *Tx) emitEffects() {
	for len(tx.effects) > 0 {
		e := tx.effects[0]
		tx.effects = tx.effects[1:]
		tx.Emit(e)
	}
}
