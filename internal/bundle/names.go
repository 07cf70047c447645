package bundle

import (
	"path/filepath"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxElement is the length of one element of a path, in bytes, that every file
// system takes.
const maxElement = 255

// checkName returns an error unless a name means the same file below the target
// on every system.
func checkName(name string) error {
	switch {
	case !utf8.ValidString(name):
		return unsafe(name, "the name is not UTF-8")
	case strings.ContainsFunc(name, unicode.IsControl):
		return unsafe(name, "the name holds a control character")
	case strings.Contains(name, `\`):
		return unsafe(name, "the name holds a backslash")
	case strings.HasPrefix(name, "/"):
		return unsafe(name, "the path is absolute")
	case len(name) > 1 && name[1] == ':':
		return unsafe(name, "the path has a drive")
	}
	for element := range strings.SplitSeq(name, "/") {
		if reason := checkElement(element); reason != "" {
			return unsafe(name, reason)
		}
	}
	return checkSystem(name)
}

func checkElement(element string) string {
	switch {
	case element == "":
		return "the path has an empty element"
	case element == "." || element == "..":
		return "the path leaves its folder"
	case strings.HasSuffix(element, ".") || strings.HasSuffix(element, " "):
		return "the name ends in a dot or a space, which Windows leaves out"
	case len(element) > maxElement:
		return "the name is too long"
	case isGitFolder(element):
		return "the path leads into the data of git"
	}
	return ""
}

// isGitFolder recognizes .git, and what names the same folder on Windows. A
// file in it can make git run a program.
func isGitFolder(element string) bool {
	return strings.EqualFold(element, ".git") || strings.EqualFold(element, "git~1")
}

// checkSystem refuses what this system in particular reads as something else.
func checkSystem(name string) error {
	const forbidden = `<>:"|?*`
	switch {
	case !filepath.IsLocal(filepath.FromSlash(name)):
		return unsafe(name, "the path is not one of this system")
	case runtime.GOOS == "windows" && strings.ContainsAny(name, forbidden):
		return unsafe(name, "the name holds a character that Windows does not allow")
	}
	return nil
}

// nameSet finds names that would be one file on some systems, and files that
// are folders of others.
type nameSet struct {
	seen map[string]nameUse // by name in one case
}

type nameUse struct {
	name   string
	folder bool
}

func (s *nameSet) add(name string, folder bool) error {
	for at := 0; ; {
		i := strings.IndexByte(name[at:], '/')
		if i < 0 {
			break
		}
		at += i
		if err := s.use(name[:at], true, true); err != nil {
			return err
		}
		at++
	}
	return s.use(name, folder, folder)
}

// use notes a name. A folder may be named again and again, a file may not.
func (s *nameSet) use(name string, folder, again bool) error {
	key := foldCase(name)
	before, known := s.seen[key]
	switch {
	case !known:
		if s.seen == nil {
			s.seen = map[string]nameUse{}
		}
		s.seen[key] = nameUse{name, folder}
		return nil
	case before.folder != folder:
		return unsafe(name, "the name is that of a file and of a folder")
	case before.name != name:
		return unsafe(name, "the name differs from another one in case only")
	case !again:
		return unsafe(name, "the name is there twice")
	}
	return nil
}

// foldCase maps names to one that differ in case only. Upper case first: some
// letters have two forms in lower case.
func foldCase(name string) string { return strings.ToLower(strings.ToUpper(name)) }
