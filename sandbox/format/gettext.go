package format

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Gettext numbers plural forms, and a file says in its header how many there
// are and which numbers they are for. It has only the forms that whole numbers
// reach: Russian's "other" is for fractions, French's "many" for millions that
// are written in a compact way.

// gettextForm is a plural form and the numbers that it is for, as a condition in
// C. The last one of a rule is for the rest and has none.
type gettextForm struct{ name, when string }

// gettextRule are the forms of a language as Gettext numbers them: in CLDR's
// order.
type gettextRule []gettextForm

// Conditions that several languages share.
const (
	endsInOne = "n%10==1 && n%100!=11"
	endsInFew = "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)"
	notTeens  = "(n%100<11 || n%100>19)"
)

var (
	gettextOne    = gettextRule{{"other", ""}}
	gettextTwo    = gettextRule{{"one", "n==1"}, {"other", ""}}
	gettextSlavic = gettextRule{{"one", endsInOne}, {"few", endsInFew}, {"many", ""}}
)

// gettextRules are CLDR's rules for whole numbers
// (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html)
// of the sandbox's languages.
var gettextRules = rulesByLanguage([]languagesRule{
	{"id ja ko ms th vi zh", gettextOne},
	{"aa af bg ca da de el en es et fi hu it ka kk nb nl pt_pt sq sv tr ur", gettextTwo},
	{"ak bn fa fr hi hy pt", gettextRule{{"one", "n<2"}, {"other", ""}}},
	{"is mk", gettextRule{{"one", endsInOne}, {"other", ""}}},
	{"be ru uk", gettextSlavic},
	{"pl", gettextRule{{"one", "n==1"}, {"few", endsInFew}, {"many", ""}}},
	{"bs hr sr", gettextRule{{"one", endsInOne}, {"few", endsInFew}, {"other", ""}}},
	{"cs sk", gettextRule{{"one", "n==1"}, {"few", "n>=2 && n<=4"}, {"other", ""}}},
	{"lt", gettextRule{{"one", "n%10==1 && " + notTeens}, {"few", "n%10>=2 && " + notTeens}, {"other", ""}}},
	{"lv", gettextRule{{"zero", "n%10==0 || n%100>=11 && n%100<=19"}, {"one", endsInOne}, {"other", ""}}},
	{"ro", gettextRule{{"one", "n==1"}, {"few", "n==0 || n%100>=1 && n%100<=19"}, {"other", ""}}},
	{"he", gettextRule{{"one", "n==1"}, {"two", "n==2"}, {"other", ""}}},
	{"sl", gettextRule{{"one", "n%100==1"}, {"two", "n%100==2"}, {"few", "n%100==3 || n%100==4"}, {"other", ""}}},
	{"ga", gettextRule{{"one", "n==1"}, {"two", "n==2"}, {"few", "n>=3 && n<=6"}, {"many", "n>=7 && n<=10"}, {"other", ""}}},
	{"ar", gettextRule{{"zero", "n==0"}, {"one", "n==1"}, {"two", "n==2"}, {"few", "n%100>=3 && n%100<=10"}, {"many", "n%100>=11"}, {"other", ""}}},
	{"cy", gettextRule{{"zero", "n==0"}, {"one", "n==1"}, {"two", "n==2"}, {"few", "n==3"}, {"many", "n==6"}, {"other", ""}}},
})

// languagesRule is the rule of the languages named.
type languagesRule struct {
	languages string
	rule      gettextRule
}

func rulesByLanguage(table []languagesRule) map[string]gettextRule {
	rules := map[string]gettextRule{}
	for _, row := range table {
		for language := range strings.FieldsSeq(row.languages) {
			rules[language] = row.rule
		}
	}
	return rules
}

// gettextOf returns the rule of a language whose CLDR forms are the ones given,
// as far as they are known. A project may have changed them; then they count. It
// is nil when nothing is known.
func gettextOf(language string, cldr []string) gettextRule {
	language = strings.ToLower(strings.ReplaceAll(language, "-", "_"))
	rule := gettextRules[language]
	if rule == nil {
		language, _, _ = strings.Cut(language, "_")
		rule = gettextRules[language]
	}
	if rule != nil && (len(cldr) == 0 || rule.fits(cldr)) {
		return rule
	}
	return ruleOfForms(cldr)
}

// fits says whether the forms are those of the rule, with others at most that
// whole numbers may not reach.
func (r gettextRule) fits(cldr []string) bool {
	names := r.names()
	return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(cldr, name) }) &&
		!slices.ContainsFunc(cldr, func(name string) bool {
			return name != "many" && name != "other" && !slices.Contains(names, name)
		})
}

// ruleOfForms guesses the rule from the forms: all languages of CLDR with one,
// few, many and other, or with one, many and other, have one of them for
// fractions or millions only. The others are as in Arabic, which has them all.
func ruleOfForms(cldr []string) gettextRule {
	switch strings.Join(cldr, " ") {
	case "one few many other":
		return gettextSlavic
	case "one many other":
		return gettextTwo
	}
	var rule gettextRule
	for _, form := range gettextRules["ar"] {
		if slices.Contains(cldr, form.name) {
			rule = append(rule, form)
		}
	}
	if len(rule) > 0 {
		rule[len(rule)-1].when = ""
	}
	return rule
}

func (r gettextRule) names() []string {
	names := make([]string, len(r))
	for i, form := range r {
		names[i] = form.name
	}
	return names
}

// single returns the form that stands for one number alone, or "": in Russian
// "one" is for 21 too.
func (r gettextRule) single(number string) string {
	for _, form := range r {
		if form.when == "n=="+number {
			return form.name
		}
	}
	return ""
}

// header is the value of the field Plural-Forms.
func (r gettextRule) header() string {
	var plural strings.Builder
	for i, form := range r {
		plural.WriteString(form.when)
		if form.when != "" {
			plural.WriteString(" ? ")
		}
		plural.WriteString(strconv.Itoa(i))
		if form.when != "" {
			plural.WriteString(" : ")
		}
	}
	text := plural.String()
	switch text { // as everybody writes them
	case "n==1 ? 0 : 1":
		text = "n != 1"
	case "n<2 ? 0 : 1":
		text = "n > 1"
	}
	return fmt.Sprintf("nplurals=%d; plural=(%s);", len(r), text)
}

var nplurals = regexp.MustCompile(`\bnplurals\s*=\s*([1-6])\b`)

// headerForms returns how many forms the header of a file announces, 0 if it
// does not say.
func headerForms(header string) int {
	found := nplurals.FindStringSubmatch(headerField(header, "Plural-Forms"))
	if found == nil {
		return 0
	}
	return int(found[1][0] - '0')
}

// NumberedForms returns the names of n forms that a file numbers from 0, or nil
// if there cannot be so many. The language has the forms given; a file has all
// of them or only those that whole numbers reach. With another number of forms
// they are what most languages with so many have.
func NumberedForms(language []string, n int) []string { return numberedForms("", language, n) }

func numberedForms(language string, cldr []string, n int) []string {
	if rule := gettextOf(language, cldr); n == len(rule) {
		return rule.names()
	}
	if n == len(cldr) {
		return cldr
	}
	switch n {
	case 1:
		return []string{"other"}
	case 2:
		return []string{"one", "other"}
	case 3:
		return []string{"one", "few", "other"}
	case 4:
		return []string{"one", "few", "many", "other"}
	case 5:
		return []string{"one", "two", "few", "many", "other"}
	case 6:
		return forms
	}
	return nil
}
