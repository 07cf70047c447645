package webhook

import (
	"bytes"
	"encoding/json"

	"github.com/golokalise/lokalise"
)

// Common is what every event carries.
type Common struct {
	Event lokalise.WebhookEvent `json:"event"`
	// Project is the project in which it happened.
	Project Project `json:"project"`
	// CreatedAt is written without a zone; it is UTC, as the timestamp shows.
	CreatedAt          lokalise.Time      `json:"created_at"`
	CreatedAtTimestamp lokalise.Timestamp `json:"created_at_timestamp"`
}

// Project names a project.
type Project struct {
	ID   lokalise.ProjectID `json:"id"`
	Name string             `json:"name"`
	// Branch is empty where the event says nothing of a branch.
	Branch string `json:"branch,omitempty"`
}

// User is the person who caused an event.
type User struct {
	Email    string `json:"email"`
	FullName string `json:"full_name"`
}

// Branch names a branch.
type Branch struct {
	// ID is declared as a number or a text.
	ID   lokalise.Number `json:"id"`
	Name string          `json:"name"`
}

// Language names a language of a project.
type Language struct {
	ID   int64  `json:"id"`
	ISO  string `json:"iso"`
	Name string `json:"name"`
}

// Contributor is a person who joined or left a project.
type Contributor struct {
	Email string `json:"email"`
}

// Filenames are the files that a key belongs to, by platform; empty where there
// is none.
type Filenames struct {
	IOS     string `json:"ios,omitempty"`
	Android string `json:"android,omitempty"`
	Web     string `json:"web,omitempty"`
	Other   string `json:"other,omitempty"`
}

// UnmarshalJSON also reads [], which PHP writes for an object without members.
func (f *Filenames) UnmarshalJSON(data []byte) error {
	type plain Filenames
	if isEmptyList(data) {
		*f = Filenames{}
		return nil
	}
	return json.Unmarshal(data, (*plain)(f))
}

// Key is a key, as far as the event tells; what an event leaves out is zero.
type Key struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	// PreviousName is empty unless the key was renamed.
	PreviousName string `json:"previous_name,omitempty"`
	// BaseValue is the text in the base language.
	BaseValue string    `json:"base_value,omitempty"`
	Tags      []string  `json:"tags,omitempty"`
	Filenames Filenames `json:"filenames"`
	Hidden    bool      `json:"hidden,omitempty"`
	// Screenshots are identifiers, declared as numbers or texts.
	Screenshots []lokalise.Number `json:"screenshots,omitempty"`
}

// Translation is a translation that changed.
type Translation struct {
	ID    int64  `json:"id"`
	Value string `json:"value"`
	// PreviousValue is set by events that say updated.
	PreviousValue string `json:"previous_value,omitempty"`
	// IsProofread is set by events that say proofread.
	IsProofread bool `json:"is_proofread,omitempty"`
	// Segment is the number of the segment; 0 where the project has none.
	Segment int64 `json:"segment,omitempty"`
	// Language and Key are set by events that carry many translations; the
	// others have them beside the translation.
	Language Language `json:"language,omitzero"`
	Key      Key      `json:"key,omitzero"`
}

// Task is a task.
type Task struct {
	ID    int64  `json:"id"`
	Type  string `json:"type,omitempty"`
	Title string `json:"title"`
	// DueDate is zero where there is none.
	DueDate     lokalise.Time `json:"due_date,omitzero"`
	Description string        `json:"description"`
}

func isEmptyList(data []byte) bool {
	return bytes.Equal(bytes.TrimSpace(data), []byte("[]"))
}
