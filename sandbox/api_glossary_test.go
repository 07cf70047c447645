package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

type term struct {
	ID           int64
	Term         string
	Tags         []string
	UpdatedAt    *string
	Translations []struct {
		LangISO     string `json:"langIso"`
		Translation string
	}
}

type termPage struct {
	Data []term
	Meta struct {
		Count, Limit, Created, Updated int
		Cursor, NextCursor             int64
		HasMore                        bool
	}
	Errors []string
}

const glossary = "/projects/" + mobileApp + "/glossary-terms"

func TestGlossaryIsPagedByNumber(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	whole := want[termPage](t, b.api("GET", glossary, ""), http.StatusOK)
	if len(whole.Data) != 5 || whole.Meta.Count != 5 || whole.Meta.Limit != 500 || whole.Meta.HasMore || len(whole.Data[0].Translations) != 4 {
		t.Fatalf("%+v", whole)
	}
	var ids []int64
	cursor := int64(0)
	for {
		a := b.api("GET", fmt.Sprintf("%s?limit=2&cursor=%d", glossary, cursor), "")
		page := want[termPage](t, a, http.StatusOK)
		for _, one := range page.Data {
			ids = append(ids, one.ID)
		}
		header := a.header.Get("X-Pagination-Next-Cursor")
		if !page.Meta.HasMore {
			if header != "" || page.Meta.NextCursor != 0 {
				t.Errorf("the last page has a cursor: %q %+v", header, page.Meta)
			}
			break
		}
		if header != fmt.Sprint(page.Meta.NextCursor) {
			t.Errorf("header %q, meta %+v", header, page.Meta)
		}
		cursor = page.Meta.NextCursor
	}
	if len(ids) != 5 {
		t.Errorf("%v", ids)
	}
	for _, query := range []string{"limit=501", "limit=0", "cursor=x"} {
		if a := b.api("GET", glossary+"?"+query, ""); a.status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
}

func TestGlossaryTakesWhatIsInOrder(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	const good = `{"term":"router","description":"","caseSensitive":false,"translatable":true,"forbidden":false,"tags":["net"],"translations":[{"langId":20018,"translation":"Router"}]}`
	made := want[termPage](t, b.api("POST", glossary, `{"terms":[`+good+`,{"term":"half"},`+good+`]}`), http.StatusOK)
	if len(made.Data) != 1 || made.Meta.Created != 1 || made.Meta.Count != 3 || len(made.Errors) != 2 || made.Data[0].UpdatedAt != nil {
		t.Fatalf("%+v", made)
	}
	failed := want[termPage](t, b.api("POST", glossary, `{"terms":[`+good+`]}`), http.StatusUnprocessableEntity)
	if len(failed.Data) != 0 || len(failed.Errors) != 1 || !strings.Contains(failed.Errors[0], "router") {
		t.Errorf("%+v", failed)
	}
	id := made.Data[0].ID
	updated := want[termPage](t, b.api("PUT", glossary,
		fmt.Sprintf(`{"terms":[{"id":%d,"term":"switch","translations":[{"langId":640,"translation":"Switch"}]},{"id":1,"term":"x"}]}`, id)), http.StatusOK)
	if updated.Meta.Updated != 1 || len(updated.Errors) != 1 {
		t.Errorf("%+v", updated)
	}
	got := want[struct{ Data term }](t, b.api("GET", fmt.Sprintf("%s/%d", glossary, id), ""), http.StatusOK).Data
	texts := map[string]string{}
	for _, translation := range got.Translations {
		texts[translation.LangISO] = translation.Translation
	}
	if got.Term != "switch" || got.UpdatedAt == nil || len(got.Tags) != 1 || texts["de"] != "Router" || texts["en"] != "Switch" || texts["fr"] != "" {
		t.Errorf("%+v", got)
	}
	a := b.api("DELETE", glossary, fmt.Sprintf(`{"terms":[%d,1]}`, id))
	if a.status != http.StatusOK || !strings.Contains(a.body, fmt.Sprintf(`"deleted":{"count":1,"ids":[%d]}`, id)) || !strings.Contains(a.body, `"meta":[]`) {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestGlossaryIsReadByEverybodyInTheProject(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.inviteOne(mobileApp, `{"email":"yuki.tanaka@example.com","role_id":5}`)
	as := b.as("yuki.tanaka@example.com")
	if a := as("GET", glossary, ""); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := as("DELETE", glossary, `{"terms":[1]}`); a.status != http.StatusForbidden {
		t.Errorf("%d %s", a.status, a.body)
	}
}
