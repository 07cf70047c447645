package web

// Notice names what a form has done. The page that comes after it says so once.
// The name travels in a cookie, hence a fixed set of names, and texts without a
// part that anybody could choose.
type Notice string

// What forms do.
const (
	NoticeProjectAdded    Notice = "project-added"
	NoticeProjectChanged  Notice = "project-changed"
	NoticeProjectDeleted  Notice = "project-deleted"
	NoticeKeyAdded        Notice = "key-added"
	NoticeKeySaved        Notice = "key-saved"
	NoticeKeyUnchanged    Notice = "key-unchanged"
	NoticeKeyDeleted      Notice = "key-deleted"
	NoticeLanguageAdded   Notice = "language-added"
	NoticeLanguageRemoved Notice = "language-removed"
	NoticeGrantRevoked    Notice = "grant-revoked"
	NoticeRefreshExpired  Notice = "refresh-expired"
	NoticeAccessExpired   Notice = "access-expired"
	NoticePolicyChanged   Notice = "policy-changed"

	NoticeFaultAdded   Notice = "fault-added"
	NoticeFaultRemoved Notice = "fault-removed"
	NoticeFaultsGone   Notice = "faults-gone"
	NoticeClockMoved   Notice = "clock-moved"
	NoticeClockFrozen  Notice = "clock-frozen"
	NoticeClockRuns    Notice = "clock-runs"
	NoticeWorldReset   Notice = "world-reset"
	NoticeReplayed     Notice = "replayed"
	NoticePinged       Notice = "pinged"
)

// notices are the names with their texts.
var notices = map[Notice]string{
	NoticeProjectAdded:    "The project was made.",
	NoticeProjectChanged:  "The project was changed.",
	NoticeProjectDeleted:  "The project was deleted.",
	NoticeKeyAdded:        "The key was added.",
	NoticeKeySaved:        "The key was saved.",
	NoticeKeyUnchanged:    "Nothing was different, so nothing was saved.",
	NoticeKeyDeleted:      "The key was deleted.",
	NoticeLanguageAdded:   "The language was added.",
	NoticeLanguageRemoved: "The language was removed.",
	NoticeGrantRevoked:    "The grant was revoked, with all its tokens.",
	NoticeRefreshExpired:  "The refresh token has expired.",
	NoticeAccessExpired:   "Expired: whoever uses it now is answered with 401.",
	NoticePolicyChanged:   "Tokens are issued so from now on.",

	NoticeFaultAdded:   "The fault is in force.",
	NoticeFaultRemoved: "The fault was removed.",
	NoticeFaultsGone:   "All faults were removed.",
	NoticeClockMoved:   "The clock was moved, and what fell due has happened.",
	NoticeClockFrozen:  "The clock stands still.",
	NoticeClockRuns:    "The clock runs.",
	NoticeWorldReset:   "The world is back to its seed.",
	NoticeReplayed:     "The delivery was sent again, as a delivery of its own.",
	NoticePinged:       "A ping was sent.",
}

// Text is what the page says, or empty for a name that does not exist.
func (n Notice) Text() string { return notices[n] }
