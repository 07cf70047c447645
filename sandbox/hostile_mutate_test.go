package sandbox_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// hostileValues stand in the place of each member of a body in turn. They are
// JSON, but for the ones that are none.
var hostileValues = []string{
	`null`, `true`, `false`, `0`, `-1`, `1.5`, `1e999`, `-9223372036854775808`, `9223372036854775807`, `99999999999999999999999`,
	`""`, `"0"`, `" "`, `"null"`, `"-1"`, `"9223372036854775808"`, `"\ud800"`, "\"\xff\xfe\"", `"\u0000"`, `"../../../etc/passwd"`, `"%LANG_ISO%/../%"`,
	`"<script>alert(1)</script>"`, `"a,b"`, `"[%key:staged%]"`, `"2030-13-45 99:99:99"`, `"http://169.254.169.254/"`, `"x:y"`, `"{\"a\":"`,
	`[]`, `{}`, `[[]]`, `[null]`, `[0]`, `[{}]`, `["","",""]`, `[{"a":1,"a":2}]`, `{"":""}`, `{"one":null,"other":[]}`, `{"a":{"b":{"c":[]}}}`,
	`tru`, `{`, `"`,
}

// bigValues are hostile by their size, and stand in few places.
var bigValues = []string{
	strings.Repeat("[", 5_000) + strings.Repeat("]", 5_000),
	strings.Repeat(`{"a":`, 5_000) + "1" + strings.Repeat("}", 5_000),
	`"` + strings.Repeat("é", 50_000) + `"`,
	`[` + strings.Repeat("1,", 20_000) + `1]`,
	strings.Repeat("9", 5_000),
}

// hostileBodies are bodies as a whole.
var hostileBodies = []string{
	"", " ", "null", "0", `"x"`, "[]", "[{}]", "{}", "{", "}", `{"a"}`, `{"a":1}x`, "\xff", "\x00", "\xef\xbb\xbf{}", "name=x&keys=1",
	"<a/>", "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--x--",
}

var hostileElements = []string{
	"0", "-1", "1", "9223372036854775808", "1e3", "x", "%20", "%00", "%ff", "%2e%2e", "..", ".", "%2F", "a%2Fb", ":", "%3A", "", "null", "me", "%25", "%C3%A9",
	"%F0%9F%92%A9", "'%20OR%201=1", "<x>", "+1", "01", strings.Repeat("1", 5_000), seedProject + ":", seedProject + ":nowhere", seedProject + ":staged",
	seedProject + ":%2e%2e", noProject, "file-import%2Fx",
}

var hostileTexts = []string{
	"", "0", "-1", "1", "00", "1.5", "1e9", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999", "true", "null", "x", ",", ",,,",
	"\x00", "\xff", "%", "a\r\nb: c", "[]", "2024-02-31", "0000-00-00", "../..", strings.Repeat("1,", 2_000), "eyIxIjotMX0=", "eyIxIjo5OTk5OTk5OTk5OTk5OTk5OTk5fQ==",
	"e30=", "%2B", "'",
}

// mutants are requests with one thing wrong each, in an order that is always
// the same.
func mutants(good sent) []sent {
	list := slices.Concat(bodyMutants(good), pathMutants(good), queryMutants(good))
	for _, contentType := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "\xff", "application/json; charset=utf-16"} {
		m := good
		m.contentType = contentType
		list = append(list, m)
	}
	for _, token := range []string{"", "x", "Bearer ", "Bearer x", "Basic YTpi", good.token + " ", strings.Repeat("a", 10_000), "\xff"} {
		m := good
		m.token = token
		list = append(list, m)
	}
	return list
}

func bodyMutants(good sent) []sent {
	var list []sent
	add := func(body string) {
		m := good
		m.body = body
		list = append(list, m)
	}
	for _, body := range hostileBodies {
		add(body)
	}
	if good.body == "" {
		return list
	}
	add(good.body[:len(good.body)/2])
	add(good.body + good.body)
	add(strings.Replace(good.body, "{", `{"keys":1,"name":[],"keys":[],`, 1))
	var tree any
	dec := json.NewDecoder(strings.NewReader(good.body))
	dec.UseNumber()
	if err := dec.Decode(&tree); err != nil {
		return list
	}
	places := 0
	visit(tree, func(render func(value any) any) {
		for _, value := range hostileValues {
			add(splice(render, value))
		}
		add(splice(render, bigValues[places%len(bigValues)]))
		add(string(encoded(render(absent))))
		add(string(encoded(render(twice))))
		places++
	})
	return list
}

// What stands for what a place becomes.
type instruction int

const (
	absent instruction = iota // the member is left out
	twice                     // the item of the list is there two times
	mark   = "@@HOSTILE@@"
)

// splice puts a text that need be no JSON in a place.
func splice(render func(value any) any, text string) string {
	return string(bytes.Replace(encoded(render(mark)), []byte(`"`+mark+`"`), []byte(text), 1))
}

func encoded(tree any) []byte {
	data, err := json.Marshal(tree)
	if err != nil {
		panic(err) // the tree came from JSON
	}
	return data
}

// visit calls each with a function for every member and item in a tree, which
// renders the tree with another value in that place.
func visit(tree any, each func(render func(value any) any)) {
	switch v := tree.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			here := func(value any) any { return withMember(v, name, value) }
			each(here)
			visit(v[name], func(render func(any) any) { each(func(value any) any { return here(render(value)) }) })
		}
	case []any:
		for i := range v {
			here := func(value any) any { return withItem(v, i, value) }
			each(here)
			visit(v[i], func(render func(any) any) { each(func(value any) any { return here(render(value)) }) })
		}
	}
}

func withMember(object map[string]any, name string, value any) any {
	changed := make(map[string]any, len(object))
	for n, v := range object {
		changed[n] = v
	}
	switch value {
	case absent:
		delete(changed, name)
	case twice:
		changed[strings.ToUpper(name)] = changed[name]
	default:
		changed[name] = value
	}
	return changed
}

func withItem(list []any, at int, value any) any {
	switch value {
	case absent:
		return slices.Delete(slices.Clone(list), at, at+1)
	case twice:
		return slices.Insert(slices.Clone(list), at, list[at])
	}
	changed := slices.Clone(list)
	changed[at] = value
	return changed
}

// pathMutants put other things into the place of each parameter of the path.
func pathMutants(good sent) []sent {
	path, query, _ := strings.Cut(good.path, "?")
	elements := strings.Split(path, "/")
	var list []sent
	add := func(elements []string) {
		m := good
		m.path = strings.Join(elements, "/")
		if query != "" {
			m.path += "?" + query
		}
		list = append(list, m)
	}
	for i, element := range elements {
		if i < 2 || !strings.ContainsAny(element, "0123456789") && element != "de" {
			continue
		}
		for _, hostile := range hostileElements {
			changed := slices.Clone(elements)
			changed[i] = hostile
			add(changed)
		}
		add(slices.Insert(slices.Clone(elements), i, ".."))
		add(slices.Insert(slices.Clone(elements), i, ""))
	}
	add(append(slices.Clone(elements), ""))
	return list
}

// queryMutants spoil each parameter of the query, and add those of lists.
func queryMutants(good sent) []sent {
	path, query, _ := strings.Cut(good.path, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil
	}
	names := []string{"limit", "page", "cursor", "pagination"}
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	var list []sent
	for _, name := range slices.Compact(names) {
		for _, text := range hostileTexts {
			changed, _ := url.ParseQuery(query)
			changed.Set(name, text)
			if name == "cursor" {
				changed.Set("pagination", "cursor")
			}
			m := good
			m.path = path + "?" + changed.Encode()
			list = append(list, m)
		}
	}
	for _, raw := range []string{"%zz", "&&&", "=", "a;b", "limit=1&limit=x", "page[]=1", strings.Repeat("a=1&", 3_000)} {
		m := good
		m.path = path + "?" + raw
		list = append(list, m)
	}
	return list
}

// some picks n of the mutants, the same ones for the same seed.
func some(list []sent, n int, seed string) []sent {
	if len(list) <= n {
		return list
	}
	var number uint64
	for _, b := range []byte(seed) {
		number = number*31 + uint64(b)
	}
	random := rand.New(rand.NewPCG(number, uint64(len(list))))
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:n]
}

// amount reads how many there should be from the environment.
func amount(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// unlessRace is how often something is repeated that no other goroutine is part
// of: less often under the race detector, which would find nothing more.
func unlessRace(often, underRace int) int {
	if raceDetector {
		return underRace
	}
	return often
}
