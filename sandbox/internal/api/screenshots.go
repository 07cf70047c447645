package api

import (
	"cmp"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

func listScreenshots(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		return struct {
			projectEnvelope
			Screenshots []screenshotBody `json:"screenshots"`
		}{c.envelope(p), tablePage(c, page, tx.Screenshots, c.content(), c.newView(tx, p).screenshot)}, nil
	})
}

// screenshotError is a screenshot that was not made. It has the whole
// screenshot in it, the picture included (recorded).
type screenshotError struct {
	Message    string         `json:"message"`
	Code       int            `json:"code"`
	Screenshot screenshotEcho `json:"screenshot"`
}

type screenshotEcho struct {
	Data        jsontext.Value `json:"data,omitzero"`
	Title       jsontext.Value `json:"title,omitzero"`
	Description jsontext.Value `json:"description,omitzero"`
	OCR         jsontext.Value `json:"ocr,omitzero"`
	KeyIDs      jsontext.Value `json:"key_ids,omitzero"`
	Tags        jsontext.Value `json:"tags,omitzero"`
}

func echo(o object) screenshotEcho {
	m := o.members
	return screenshotEcho{m["data"], m["title"], m["description"], m["ocr"], m["key_ids"], m["tags"]}
}

func createScreenshots(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		list, err := items(c.bodyObject(), "screenshots")
		if err != nil {
			return nil, err
		}
		v := c.newView(tx, p)
		answer := struct {
			projectEnvelope
			Screenshots []screenshotBody  `json:"screenshots"`
			Errors      []screenshotError `json:"errors"`
		}{projectEnvelope: c.envelope(p)}
		for _, item := range list {
			s, err := v.createScreenshot(item)
			refused := asItemError(err)
			switch {
			case refused != nil:
				answer.Errors = append(answer.Errors, screenshotError{refused.Message, refused.Status, echo(item)})
			case err != nil:
				return nil, err
			default:
				answer.Screenshots = append(answer.Screenshots, v.screenshot(s))
			}
		}
		return answer, nil
	})
}

func (v *contentView) createScreenshot(o object) (*state.Screenshot, error) {
	s := &state.Screenshot{Content: v.content}
	ocr := true // finding texts on pictures is beyond the sandbox
	if err := cmp.Or(
		o.optionalFlag("ocr", &ocr),
		v.readScreenshotKeys(o, s),
		readNewScreenshot(o, "tags", s),
	); err != nil {
		return nil, err
	}
	addScreenshot(v.tx, s)
	return s, nil
}

// addScreenshot puts a screenshot in that has been read.
func addScreenshot(tx *state.Tx, s *state.Screenshot) {
	s.ID, s.CreatedAt = tx.NextID("screenshots"), tx.Now()
	tx.Screenshots.Put(tx, s)
}

func readNewScreenshot(o object, tags string, s *state.Screenshot) error {
	if err := readScreenshot(o, tags, s); err != nil {
		return err
	}
	data, _ := o.text("data")
	if !readImage(data, s) {
		return refuseItem(invalidMember(o, "data"))
	}
	return nil
}

// readScreenshot reads what can be changed of a screenshot. Its tags have
// another name inside keys (documented).
func readScreenshot(o object, tags string, s *state.Screenshot) error {
	return cmp.Or(
		o.optionalText("title", &s.Title),
		o.optionalText("description", &s.Description),
		o.optionalTexts(tags, &s.Tags),
	)
}

// readScreenshotKeys reads the keys of a screenshot, each of which must be
// there (assumed).
func (v *contentView) readScreenshotKeys(o object, s *state.Screenshot) error {
	ids := slices.Clone(s.KeyIDs)
	if err := o.optionalNumbers("key_ids", &ids); err != nil {
		return err
	}
	s.KeyIDs = nil
	for _, id := range ids {
		if v.tx.Keys.Get(v.content, id) == nil {
			return refuseItem(invalidMember(o, "key_ids"))
		}
		if !slices.Contains(s.KeyIDs, id) {
			s.KeyIDs = append(s.KeyIDs, id)
		}
	}
	return nil
}

type screenshotAnswer struct {
	projectEnvelope
	Screenshot screenshotBody `json:"screenshot"`
}

func getScreenshot(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.pathScreenshot(tx)
		if err != nil {
			return nil, err
		}
		return screenshotAnswer{c.envelope(p), c.newView(tx, p).screenshot(s)}, nil
	})
}

func updateScreenshot(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		old, err := c.pathScreenshot(tx)
		if err != nil {
			return nil, err
		}
		v, o, s := c.newView(tx, p), c.bodyObject(), *old
		if err := cmp.Or(readScreenshot(o, "tags", &s), v.readScreenshotKeys(o, &s)); err != nil {
			return nil, err
		}
		tx.Screenshots.Put(tx, &s)
		return screenshotAnswer{c.envelope(p), v.screenshot(&s)}, nil
	})
}

func deleteScreenshot(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.pathScreenshot(tx)
		if err != nil {
			return nil, err
		}
		tx.Screenshots.Delete(tx, s.Content, s.ID)
		return struct {
			projectEnvelope
			Deleted bool `json:"screenshot_deleted"`
		}{c.envelope(p), true}, nil
	})
}

func (c *call) pathScreenshot(tx *state.Tx) (*state.Screenshot, error) {
	return inPath(c, "screenshot_id", tx.Screenshots, c.content())
}
