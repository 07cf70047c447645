package lokalise

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
)

// DefaultBaseURL is the root of the Lokalise API.
const DefaultBaseURL = "https://api.lokalise.com"

// Client calls the Lokalise API. Its services have the operations. A client is
// safe for use by many goroutines and has nothing to close; all clients of a
// process share connections and limits, so that a client for each of many
// users costs little.
type Client struct {
	// AuditLogs calls the operation on audit logs.
	AuditLogs *AuditLogsService
	// BillingDetails calls the operations on billing details.
	BillingDetails *BillingDetailsService
	// Branches calls the operations on the branches of a project.
	Branches *BranchesService
	// Comments calls the operations on the comments of keys.
	Comments *CommentsService
	// Contributors calls the operations on the contributors of a project.
	Contributors *ContributorsService
	// Files calls the operations on files, and uploads and downloads them.
	Files *FilesService
	// GlossaryTerms calls the operations on glossaries.
	GlossaryTerms *GlossaryTermsService
	// Keys calls the operations on keys.
	Keys *KeysService
	// Languages calls the operations on languages.
	Languages *LanguagesService
	// Orders calls the operations on orders of translations.
	Orders *OrdersService
	// PaymentCards calls the operations on payment cards.
	PaymentCards *PaymentCardsService
	// PermissionTemplates calls the operation on permission templates.
	PermissionTemplates *PermissionTemplatesService
	// Processes calls the operations on queued processes and waits for them.
	Processes *ProcessesService
	// Projects calls the operations on projects.
	Projects *ProjectsService
	// Screenshots calls the operations on screenshots.
	Screenshots *ScreenshotsService
	// Segments calls the operations on the segments of translations.
	Segments *SegmentsService
	// ServiceTokens calls the operation that makes tokens for other services.
	ServiceTokens *ServiceTokensService
	// Snapshots calls the operations on snapshots.
	Snapshots *SnapshotsService
	// Tasks calls the operations on tasks.
	Tasks *TasksService
	// TeamUsers calls the operations on the users of a team.
	TeamUsers *TeamUsersService
	// Teams calls the operations on teams.
	Teams *TeamsService
	// TranslationMemories calls the operation on translation memories. It is
	// experimental.
	TranslationMemories *TranslationMemoriesService
	// TranslationProviders calls the operations on those who translate.
	TranslationProviders *TranslationProvidersService
	// TranslationStatuses calls the operations on custom translation statuses.
	TranslationStatuses *TranslationStatusesService
	// Translations calls the operations on translations.
	Translations *TranslationsService
	// UserGroups calls the operations on groups of users.
	UserGroups *UserGroupsService
	// Users calls the operation on users by their identifier.
	Users *UsersService
	// Webhooks calls the operations on webhooks.
	Webhooks *WebhooksService

	base       *url.URL
	transport  http.RoundTripper
	credential *credential
	userAgent  []string

	// The names under which requests are counted.
	baseKey, credentialKey, addressKey string

	limits    limits
	slots     slots[struct{}]
	retry     retryPolicy
	hooks     Hooks
	logger    *slog.Logger
	maxAnswer int64
	maxSpool  int64
}

// service is what all services have in common: no state but the client.
type service struct{ client *Client }

// New returns a client. One of [WithAPIToken], [WithBearerToken] and
// [WithTokenSource] is needed; everything else has a default.
func New(opts ...Option) (*Client, error) {
	cfg := defaultConfig()
	for _, opt := range opts {
		if err := opt(&cfg); err != nil {
			return nil, err
		}
	}
	if err := cfg.checkScheme(); err != nil {
		return nil, err
	}
	cred, err := newCredential(&cfg)
	if err != nil {
		return nil, err
	}
	c := &Client{
		base:       cfg.base,
		credential: cred,
		userAgent:  []string{cfg.userAgent},
		limits:     cfg.limits,
		retry:      cfg.retry,
		hooks:      cfg.hooks,
		logger:     cfg.logger,
		maxAnswer:  cfg.maxAnswer,
		maxSpool:   cfg.maxSpool,
	}
	c.setTransport(cfg.httpClient)
	c.setKeys(cfg.limits.egress)
	c.AuditLogs = &AuditLogsService{service{c}}
	c.BillingDetails = &BillingDetailsService{service{c}}
	c.Branches = &BranchesService{service{c}}
	c.Comments = &CommentsService{service{c}}
	c.Contributors = &ContributorsService{service{c}}
	c.Files = &FilesService{service{c}}
	c.GlossaryTerms = &GlossaryTermsService{service{c}}
	c.Keys = &KeysService{service{c}}
	c.Languages = &LanguagesService{service{c}}
	c.Orders = &OrdersService{service{c}}
	c.PaymentCards = &PaymentCardsService{service{c}}
	c.PermissionTemplates = &PermissionTemplatesService{service{c}}
	c.Processes = &ProcessesService{service{c}}
	c.Projects = &ProjectsService{service{c}}
	c.Screenshots = &ScreenshotsService{service{c}}
	c.Segments = &SegmentsService{service{c}}
	c.ServiceTokens = &ServiceTokensService{service{c}}
	c.Snapshots = &SnapshotsService{service{c}}
	c.Tasks = &TasksService{service{c}}
	c.TeamUsers = &TeamUsersService{service{c}}
	c.Teams = &TeamsService{service{c}}
	c.TranslationMemories = &TranslationMemoriesService{service{c}}
	c.TranslationProviders = &TranslationProvidersService{service{c}}
	c.TranslationStatuses = &TranslationStatusesService{service{c}}
	c.Translations = &TranslationsService{service{c}}
	c.UserGroups = &UserGroupsService{service{c}}
	c.Users = &UsersService{service{c}}
	c.Webhooks = &WebhooksService{service{c}}
	return c, nil
}

func (c *Client) setTransport(given *http.Client) {
	switch {
	case given == nil:
		c.transport = defaultTransport()
		if c.credential.source == nil {
			h := http.Header{"Accept": acceptJSON, "User-Agent": c.userAgent}
			c.credential.set(h, c.credential.last.Load())
			c.credential.header = h
		}
		return
	case given.Transport == nil:
		c.transport = http.DefaultTransport
	default:
		c.transport = given.Transport
	}
	if t := given.Timeout; t > 0 && (c.retry.attemptTimeout == 0 || t < c.retry.attemptTimeout) {
		c.retry.attemptTimeout = t
	}
}

// setKeys makes the names for the limits. Everything that differs in spelling
// only has to have one name.
func (c *Client) setKeys(egress string) {
	host := strings.ToLower(c.base.Hostname()) + ":" + port(c.base)
	c.baseKey = c.base.Scheme + "://" + host + c.base.EscapedPath()
	c.credentialKey = c.credential.limitKey(c.baseKey)
	c.addressKey = egress + "|" + host
}
