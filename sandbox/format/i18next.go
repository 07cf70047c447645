package format

import (
	"strconv"
	"strings"
)

// i18next keeps each plural form in a key of its own. Since version 4 of its
// format the suffix is the CLDR form, inbox_one and inbox_other; before, it was
// inbox and inbox_plural, or a number where a language has more than two forms:
// inbox_0, inbox_1 and so on. See https://www.i18next.com/misc/json-format.

// suffixed tells the plural key and the form of a key. The form is empty when
// the key is none of a plural.
type suffixed func(key string) (plural, form string)

func v4Suffix(key string) (plural, form string) {
	i := strings.LastIndexByte(key, '_')
	if i <= 0 || !IsPluralForm(key[i+1:]) {
		return "", ""
	}
	return key[:i], key[i+1:]
}

func v3Suffix(language []string) suffixed {
	return func(key string) (plural, form string) {
		i := strings.LastIndexByte(key, '_')
		if i <= 0 {
			return "", ""
		}
		if key[i+1:] == "plural" {
			return key[:i], "other"
		}
		names := language
		if names == nil {
			names = forms
		}
		if n := key[i+1:]; isIndex(n) && len(n) == 1 && int(n[0]-'0') < len(names) {
			return key[:i], names[n[0]-'0']
		}
		return "", ""
	}
}

// joinSuffixes makes one entry of the keys of a plural, at the place of the
// first. A key with a suffix is one of a plural when there is another.
func joinSuffixes(entries []Entry, split suffixed) []Entry {
	count := map[string]int{}
	for i := range entries {
		if plural, form := split(entries[i].Key); form != "" && entries[i].Plural == nil {
			count[plural]++
			if strings.HasSuffix(entries[i].Key, "_plural") {
				count[plural]++ // with the key itself, which has no suffix
			}
		}
	}
	at := map[string]int{}
	var joined []Entry
	for _, e := range entries {
		plural, form := split(e.Key)
		if form == "" && e.Plural == nil && count[e.Key] > 0 {
			plural, form = e.Key, "one" // beside KEY_plural
		}
		if form == "" || e.Plural != nil || count[plural] < 2 {
			joined = append(joined, e)
			continue
		}
		i, have := at[plural]
		if !have {
			i = len(joined)
			at[plural] = i
			joined = append(joined, Entry{Key: plural, Plural: map[string]string{}})
		}
		joined[i].Plural[form] = e.Text
	}
	return joined
}

// splitPlurals undoes joinSuffixes when the options ask for it.
func splitPlurals(entries []Entry, o WriteOptions) []Entry {
	if o.PluralFormat != "i18next" && o.PluralFormat != "i18next_v4" {
		return entries
	}
	split := make([]Entry, 0, len(entries))
	for _, e := range entries {
		names := SortedForms(e.Plural)
		if e.Plural == nil {
			split = append(split, e)
			continue
		}
		for i, form := range names {
			text := e
			text.Plural, text.Text = nil, e.Plural[form]
			text.Key += suffix(form, i, len(names), o)
			split = append(split, text)
		}
	}
	return split
}

// suffix returns what a form's key ends in; it is the i-th of n.
func suffix(form string, i, n int, o WriteOptions) string {
	switch {
	case o.PluralFormat == "i18next_v4":
		return "_" + form
	case max(n, len(o.PluralForms)) > 2:
		for number, name := range o.PluralForms {
			if name == form {
				i = number
			}
		}
		return "_" + strconv.Itoa(i)
	case form == "one":
		return ""
	case n == 1:
		return "_0"
	}
	return "_plural"
}
