package api

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/webhooks"
)

func listWebhooks(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, project *state.Project) (any, error) {
		rows := tx.Webhooks.Rows(project.ID)
		slices.SortFunc(rows, func(a, b *state.Webhook) int { return cmp.Compare(a.Order, b.Order) })
		return webhooksAnswer{project.ID, slicePage(c, p, rows, webhookView)}, nil
	})
}

// createWebhook makes a webhook and sends the ping, whose outcome changes
// nothing: webhooks of hosts that do not exist were recorded.
func createWebhook(c *call) (any, error) {
	input, _ := c.input.(webhookInput)
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		h := state.Webhook{ProjectID: p.ID}
		if err := input.apply(c, tx, p, &h); err != nil {
			return nil, err
		}
		made := tx.NewWebhook(h)
		tx.Ping(made)
		return webhookAnswer{p.ID, webhookView(made)}, nil
	})
}

func getWebhook(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		h := tx.Webhooks.Get(p.ID, c.params["webhook_id"])
		if h == nil {
			return nil, errNotFound
		}
		return webhookAnswer{p.ID, webhookView(h)}, nil
	})
}

// updateWebhook changes what the body names. A new address gets a ping of its
// own (assumed).
func updateWebhook(c *call) (any, error) {
	input, _ := c.input.(webhookInput)
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		old := tx.Webhooks.Get(p.ID, c.params["webhook_id"])
		if old == nil {
			return nil, errNotFound
		}
		h := *old
		if err := input.apply(c, tx, p, &h); err != nil {
			return nil, err
		}
		tx.Webhooks.Put(tx, &h)
		if h.URL != old.URL {
			tx.Ping(&h)
		}
		return webhookAnswer{p.ID, webhookView(&h)}, nil
	})
}

func deleteWebhook(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		if !tx.DeleteWebhook(p.ID, c.params["webhook_id"]) {
			return nil, errNotFound
		}
		return webhookDeleted{p.ID, true}, nil
	})
}

func regenerateWebhookSecret(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		old := tx.Webhooks.Get(p.ID, c.params["webhook_id"])
		if old == nil {
			return nil, errNotFound
		}
		h := *old
		h.Secret = tx.IssueSecret()
		tx.Webhooks.Put(tx, &h)
		return webhookRegenerated{p.ID, c.branchName(p), h.Secret}, nil
	})
}

// webhookInput is the body of create and update.
type webhookInput struct {
	url       string // empty: not sent
	branch    *string
	events    []string // nil: not sent
	languages []state.EventLanguages
	mapped    bool // languages were sent
}

func checkWebhookCreate(c *call) error {
	input, err := readWebhook(c.bodyObject())
	switch {
	case err != nil:
		return err
	case input.url == "":
		return invalidParameter("url")
	case input.events == nil:
		return invalidParameter("events")
	}
	c.input = input
	return nil
}

func checkWebhookUpdate(c *call) error {
	input, err := readWebhook(c.bodyObject())
	c.input = input
	return err
}

func readWebhook(o object) (in webhookInput, err error) {
	if err := o.optionalText("url", &in.url); err != nil {
		return in, err
	}
	if o.has("url") && !isWebhookURL(in.url) {
		return in, invalidParameter("url")
	}
	if err := o.optionalTexts("events", &in.events); err != nil {
		return in, err
	}
	unknown := slices.ContainsFunc(in.events, func(event string) bool { return !webhooks.Known(event) })
	if unknown || in.events != nil && len(in.events) == 0 {
		return in, invalidParameter("events")
	}
	if in.branch, err = readWebhookBranch(o); err != nil {
		return in, err
	}
	in.languages, err = readEventLanguages(o)
	in.mapped = o.has("event_lang_map")
	return in, err
}

// readWebhookBranch returns nil when the branch was not sent, and the empty
// text for null: all branches.
func readWebhookBranch(o object) (*string, error) {
	v, sent := o.get("branch")
	if !sent {
		return nil, nil //nolint:nilnil // not sent is no error
	}
	branch := ""
	if v.Kind() == 'n' {
		return &branch, nil
	}
	err := o.optionalText("branch", &branch)
	return &branch, err
}

func readEventLanguages(o object) ([]state.EventLanguages, error) {
	if !o.has("event_lang_map") {
		return nil, nil
	}
	list, ok := o.objects("event_lang_map")
	if !ok {
		return nil, invalidParameter("event_lang_map")
	}
	languages := make([]state.EventLanguages, len(list))
	for i, item := range list {
		event, ok := item.text("event")
		if !ok || !webhooks.HasLanguages(event) {
			return nil, invalidParameter("event_lang_map", "event")
		}
		isos, ok := item.texts("lang_iso_codes")
		if !ok {
			return nil, invalidParameter("event_lang_map", "lang_iso_codes")
		}
		languages[i] = state.EventLanguages{Event: event, ISOs: isos}
	}
	return languages, nil
}

// isWebhookURL tells whether something can be sent to an address. Whether the
// sandbox does send to it is another matter, see package webhooks.
func isWebhookURL(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// apply changes what was sent. A branch or a language that the project does not
// have is refused (assumed).
func (in webhookInput) apply(c *call, tx *state.Tx, p *state.Project, h *state.Webhook) error {
	if in.url != "" {
		h.URL = in.url
	}
	if in.events != nil {
		h.Events = slices.Clone(in.events)
	}
	if in.branch != nil {
		if b := *in.branch; b != "" && b != state.MasterBranch && tx.BranchNamed(p.ID, b) == nil {
			return invalidParameter("branch")
		}
		h.Branch = *in.branch
	}
	if !in.mapped {
		return nil
	}
	for _, only := range in.languages {
		for _, iso := range only.ISOs {
			if languageOf(tx, c.content(), iso) == nil {
				return invalidParameter("event_lang_map", "lang_iso_codes")
			}
		}
	}
	h.Languages = in.languages
	return nil
}

// languageOf returns the language of content with a code, or nil.
func languageOf(tx *state.Tx, content, iso string) *state.Language {
	for l := range tx.Languages.All(content) {
		if l.ISO == iso {
			return l
		}
	}
	return nil
}
