package api

import "slices"

// issueCounts finds what a filter by issue looks at, by the names that the
// filter has for them (documented). Some have others in statistics.
var issueCounts = map[string]func(*qaIssues) int{
	"spelling_and_grammar": func(q *qaIssues) int { return q.SpellingGrammar },
	"placeholders":         func(q *qaIssues) int { return q.InconsistentPlaceholders },
	"html":                 func(q *qaIssues) int { return q.InconsistentHTML },
	"url_count":            func(q *qaIssues) int { return q.DifferentNumberOfURLs },
	"url":                  func(q *qaIssues) int { return q.DifferentURLs },
	"email_count":          func(q *qaIssues) int { return q.DifferentNumberOfEmailAddress },
	"email":                func(q *qaIssues) int { return q.DifferentEmailAddress },
	"brackets":             func(q *qaIssues) int { return q.DifferentBrackets },
	"numbers":              func(q *qaIssues) int { return q.DifferentNumbers },
	"leading_whitespace":   func(q *qaIssues) int { return q.LeadingWhitespace },
	"trailing_whitespace":  func(q *qaIssues) int { return q.TrailingWhitespace },
	"double_space":         func(q *qaIssues) int { return q.DoubleSpace },
	"special_placeholder":  func(q *qaIssues) int { return q.SpecialPlaceholder },
	"unbalanced_brackets":  func(q *qaIssues) int { return q.UnbalancedBrackets },
}

// queryIssues reads filter_qa_issues. A name that is not known is refused
// (assumed).
func (c *call) queryIssues() ([]string, error) {
	issues := c.queryList("filter_qa_issues")
	for _, issue := range issues {
		if issueCounts[issue] == nil {
			return nil, invalidParameter("filter_qa_issues")
		}
	}
	return issues, nil
}

// hasIssue tells whether a text has one of the issues.
func hasIssue(issues []string, text, base string, isBase bool) bool {
	if len(issues) == 0 || text == "" {
		return false
	}
	var q qaIssues
	q.checkText(text, base, isBase)
	return slices.ContainsFunc(issues, func(issue string) bool { return issueCounts[issue](&q) > 0 })
}
