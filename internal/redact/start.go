package redact

// JSONStartWith is JSONWith for the beginning of a document whose rest was
// lost. What stands after the last complete member or item is dropped, since
// half a value cannot be told to be harmless, and the document is closed. A
// beginning without a complete one is masked whole.
func JSONStartWith(body []byte, mask func(string) string) []byte {
	var open, kept []byte // what is open, now and at the cut
	cut := 0
	inString, escaped := false, false
	for i, c := range body {
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped = c == '\\'
			inString = c != '"'
		case c == '"':
			inString = true
		case c == '{':
			open = append(open, '}')
		case c == '[':
			open = append(open, ']')
		case (c == '}' || c == ']') && len(open) > 0:
			open = open[:len(open)-1]
		case c == ',':
			cut, kept = i, append(kept[:0], open...)
		}
	}
	if cut == 0 {
		return []byte(`"` + Mask + `"`)
	}
	closed := append([]byte(nil), body[:cut]...)
	for i := len(kept) - 1; i >= 0; i-- {
		closed = append(closed, kept[i])
	}
	return JSONWith(closed, mask)
}
