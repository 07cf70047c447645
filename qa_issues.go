package lokalise

// QAIssue names a check of the quality of a translation, to filter by.
type QAIssue string

// The documented checks.
const (
	QAIssueSpellingAndGrammar QAIssue = "spelling_and_grammar"
	QAIssuePlaceholders       QAIssue = "placeholders"
	QAIssueHTML               QAIssue = "html"
	QAIssueURLCount           QAIssue = "url_count"
	QAIssueURL                QAIssue = "url"
	QAIssueEmailCount         QAIssue = "email_count"
	QAIssueEmail              QAIssue = "email"
	QAIssueBrackets           QAIssue = "brackets"
	QAIssueNumbers            QAIssue = "numbers"
	QAIssueLeadingWhitespace  QAIssue = "leading_whitespace"
	QAIssueTrailingWhitespace QAIssue = "trailing_whitespace"
	QAIssueDoubleSpace        QAIssue = "double_space"
	QAIssueSpecialPlaceholder QAIssue = "special_placeholder"
	QAIssueUnbalancedBrackets QAIssue = "unbalanced_brackets"
)
