package webhook

import "github.com/golokalise/lokalise"

// ContributorAdded is the event project.contributor.added: a contributor was added.
type ContributorAdded struct {
	Common
	Contributor Contributor `json:"contributor"`
	User        User        `json:"user"`
}

// Name returns the event's name.
func (ContributorAdded) Name() lokalise.WebhookEvent {
	return lokalise.EventContributorAdded
}

// ContributorAddedPublic is the event project.contributor.added_public: somebody joined
// through the public invitation.
type ContributorAddedPublic struct {
	Common
	Contributor Contributor `json:"contributor"`
	User        User        `json:"user"`
}

// Name returns the event's name.
func (ContributorAddedPublic) Name() lokalise.WebhookEvent {
	return lokalise.EventContributorAddedPublic
}

// ContributorDeleted is the event project.contributor.deleted: a contributor was
// removed.
type ContributorDeleted struct {
	Common
	Contributor Contributor `json:"contributor"`
	User        User        `json:"user"`
}

// Name returns the event's name.
func (ContributorDeleted) Name() lokalise.WebhookEvent {
	return lokalise.EventContributorDeleted
}
