package web

// Notice names what a form has done. The page that comes after it says so once.
// The name travels in a cookie, hence a fixed set of names, and texts without a
// part that anybody could choose.
type Notice string

// notices are the names with their texts.
var notices = map[Notice]string{}

// Text is what the page says, or empty for a name that does not exist.
func (n Notice) Text() string { return notices[n] }
