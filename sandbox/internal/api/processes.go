package api

import (
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// processHandlers do the work of processes, by type. A process that is not here
// only takes its time.
var processHandlers = map[string]state.ProcessHandler{
	state.ProcessImport: importFile,
	state.ProcessExport: exportFiles,
}

// processBody is a process on the wire, its members in the recorded order. The
// message is null and the address missing for an export (recorded).
type processBody struct {
	ProcessID          string  `json:"process_id"`
	Type               string  `json:"type"`
	Status             string  `json:"status"`
	Message            *string `json:"message"`
	CreatedBy          int64   `json:"created_by"`
	CreatedByEmail     string  `json:"created_by_email,omitzero"`
	CreatedAt          string  `json:"created_at"`
	CreatedAtTimestamp int64   `json:"created_at_timestamp"`
	Details            any     `json:"details,omitzero"` // in get only
}

type importDetails struct {
	Files []importedFile `json:"files"`
}

type importedFile struct {
	Status           string  `json:"status"`
	Message          string  `json:"message"`
	NameOriginal     string  `json:"name_original"`
	NameCustom       *string `json:"name_custom"`
	WordCountTotal   int     `json:"word_count_total"`
	KeyCountTotal    int     `json:"key_count_total"`
	KeyCountInserted int     `json:"key_count_inserted"`
	KeyCountUpdated  int     `json:"key_count_updated"`
	KeyCountSkipped  int     `json:"key_count_skipped"`
}

type exportDetails struct {
	FileSizeKB        int    `json:"file_size_kb"`
	TotalNumberOfKeys int    `json:"total_number_of_keys"`
	DownloadURL       string `json:"download_url"`
}

// exportProgress is what an export tells while it runs (an official client
// reads it).
type exportProgress struct {
	ItemsToProcess int `json:"items_to_process"`
	ItemsProcessed int `json:"items_processed"`
}

func processView(tx *state.Tx, p *state.Process) processBody {
	body := processBody{
		ProcessID: p.ID, Type: p.Type, Status: p.Status, CreatedBy: p.CreatedBy,
		CreatedAt: apiTime(p.CreatedAt), CreatedAtTimestamp: p.CreatedAt.Unix(),
	}
	if p.Type == state.ProcessExport {
		body.CreatedAt = berlinTime(p.CreatedAt)
		if p.Message != "" {
			body.Message = &p.Message
		}
		return body
	}
	body.Message, body.CreatedByEmail = &p.Message, emailOf(tx, p.CreatedBy)
	return body
}

// processDetails shows what get has beside the list. base is the sandbox's root as
// the client sees it.
func processDetails(p *state.Process, base string) any {
	const kilobyte = 1024
	switch {
	case p.Type == state.ProcessImport && len(p.Files) > 0:
		details := importDetails{}
		for _, f := range p.Files {
			details.Files = append(details.Files, importedFile{
				Status: f.Status, Message: f.Message, NameOriginal: f.Name, WordCountTotal: f.Words,
				KeyCountTotal: f.Keys, KeyCountInserted: f.Inserted, KeyCountUpdated: f.Updated, KeyCountSkipped: f.Skipped,
			})
		}
		return details
	case p.Export == nil || p.Status == state.ProcessFailed:
		return nil
	case p.Status == state.ProcessFinished:
		return exportDetails{(p.Export.Bytes + kilobyte - 1) / kilobyte, p.Export.Keys, base + p.Export.Path}
	}
	return exportProgress{p.Export.Keys, p.Export.Processed}
}

// berlinTime is a time as exports have it. The rule is that of the European
// Union: summer time from the last Sunday of March to the last of October, both
// at one o'clock UTC. The machine may have no list of time zones.
func berlinTime(t time.Time) string {
	t = t.UTC()
	offset := time.Hour
	if !t.Before(lastSunday(t.Year(), time.March)) && t.Before(lastSunday(t.Year(), time.October)) {
		offset *= 2
	}
	return t.Add(offset).Format("2006-01-02 15:04:05") + " (Europe/Berlin)"
}

func lastSunday(year int, month time.Month) time.Time {
	last := time.Date(year, month+1, 0, 1, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -int(last.Weekday()))
}

func listProcesses(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		return struct {
			projectEnvelope
			Processes []processBody `json:"processes"`
		}{c.envelope(p), tablePage(c, page, tx.Processes, p.ID, func(p *state.Process) processBody { return processView(tx, p) })}, nil
	})
}

type processAnswer struct {
	projectEnvelope
	Process processBody `json:"process"`
}

func getProcess(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		process := tx.ProcessNamed(p.ID, c.params["process_id"])
		if process == nil {
			return nil, errNotFound
		}
		body := processView(tx, process)
		body.Details = processDetails(process, c.baseURL())
		if process.Type == state.ProcessExport { // recorded without the envelope
			return struct {
				Process processBody `json:"process"`
			}{body}, nil
		}
		return processAnswer{c.envelope(p), body}, nil
	})
}
