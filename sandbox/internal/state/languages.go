package state

import "strings"

// Plural forms by how many there are, as the API names them.
var (
	pluralOne  = []string{"other"}
	pluralTwo  = []string{"one", "other"}
	pluralFew  = []string{"one", "few", "many", "other"}
	pluralSix  = []string{"zero", "one", "two", "few", "many", "other"}
	pluralZero = []string{"zero", "one", "other"}
)

// systemLanguages are the languages projects can have, a selection of the some
// 700 that Lokalise offers. Ids below 10000 are recorded ones; those from
// 20001 are the sandbox's own, since the real ones are not known.
var systemLanguages = []SystemLanguage{
	{891, "aa", "Afar", false, pluralTwo},
	{792, "af_ZA", "Afrikaans (South Africa)", false, pluralTwo},
	{977, "agq", "Aghem", false, pluralSix},
	{910, "ak", "Akan", false, pluralTwo},
	{803, "sq", "Albanian", false, pluralTwo},
	{714, "ar", "Arabic", true, pluralSix},
	{731, "ar_001", "Arabic (World)", true, pluralSix},
	{20001, "hy", "Armenian", false, pluralTwo},
	{20002, "be", "Belarusian", false, pluralFew},
	{20003, "bn", "Bengali", false, pluralTwo},
	{20004, "bg", "Bulgarian", false, pluralTwo},
	{20005, "ca", "Catalan", false, pluralTwo},
	{20006, "zh_CN", "Chinese Simplified", false, pluralOne},
	{20007, "zh_TW", "Chinese Traditional", false, pluralOne},
	{20008, "hr", "Croatian", false, []string{"one", "few", "other"}},
	{20009, "cs", "Czech", false, pluralFew},
	{20010, "da", "Danish", false, pluralTwo},
	{20011, "nl", "Dutch", false, pluralTwo},
	{640, "en", "English", false, pluralTwo},
	{611, "en_AU", "English (Australia)", false, pluralTwo},
	{20012, "en_GB", "English (United Kingdom)", false, pluralTwo},
	{20013, "en_US", "English (United States)", false, pluralTwo},
	{20014, "et", "Estonian", false, pluralTwo},
	{20015, "fi", "Finnish", false, pluralTwo},
	{673, "fr", "French", false, []string{"one", "many", "other"}},
	{20016, "fr_CA", "French (Canada)", false, []string{"one", "many", "other"}},
	{20017, "ka", "Georgian", false, pluralTwo},
	{20018, "de", "German", false, pluralTwo},
	{20019, "de_AT", "German (Austria)", false, pluralTwo},
	{20020, "el", "Greek", false, pluralTwo},
	{20021, "he", "Hebrew", true, []string{"one", "two", "other"}},
	{20022, "hi", "Hindi", false, pluralTwo},
	{20023, "hu", "Hungarian", false, pluralTwo},
	{20024, "is", "Icelandic", false, pluralTwo},
	{20025, "id", "Indonesian", false, pluralOne},
	{20026, "ga", "Irish", false, []string{"one", "two", "few", "many", "other"}},
	{734, "it", "Italian", false, []string{"one", "many", "other"}},
	{20027, "ja", "Japanese", false, pluralOne},
	{20028, "kk", "Kazakh", false, pluralTwo},
	{20029, "ko", "Korean", false, pluralOne},
	{20030, "lv", "Latvian", false, pluralZero},
	{20031, "lt", "Lithuanian", false, pluralFew},
	{20032, "ms", "Malay", false, pluralOne},
	{20033, "nb", "Norwegian Bokmål", false, pluralTwo},
	{20034, "fa", "Persian", true, pluralTwo},
	{748, "pl", "Polish", false, pluralFew},
	{20035, "pt", "Portuguese", false, []string{"one", "many", "other"}},
	{20036, "pt_BR", "Portuguese (Brazil)", false, []string{"one", "many", "other"}},
	{20037, "ro", "Romanian", false, []string{"one", "few", "other"}},
	{597, "ru", "Russian", false, pluralFew},
	{20038, "sr", "Serbian", false, []string{"one", "few", "other"}},
	{20039, "sk", "Slovak", false, pluralFew},
	{20040, "sl", "Slovenian", false, []string{"one", "two", "few", "other"}},
	{20041, "es", "Spanish", false, []string{"one", "many", "other"}},
	{20042, "es_MX", "Spanish (Mexico)", false, []string{"one", "many", "other"}},
	{20043, "sv", "Swedish", false, pluralTwo},
	{20044, "th", "Thai", false, pluralOne},
	{20045, "tr", "Turkish", false, pluralTwo},
	{20046, "uk", "Ukrainian", false, pluralFew},
	{20047, "ur", "Urdu", true, pluralTwo},
	{20048, "vi", "Vietnamese", false, pluralOne},
	{20049, "cy", "Welsh", false, pluralSix},
}

var languageByISO = func() map[string]SystemLanguage {
	byISO := make(map[string]SystemLanguage, len(systemLanguages))
	for _, l := range systemLanguages {
		byISO[strings.ToLower(l.ISO)] = l
	}
	return byISO
}()

// LanguageByISO finds a language by its code. Case does not matter, and a
// hyphen counts as the underscore of the API's codes: en-GB is en_GB.
func LanguageByISO(iso string) (SystemLanguage, bool) {
	l, found := languageByISO[strings.ToLower(strings.ReplaceAll(iso, "-", "_"))]
	return l, found
}

// SystemLanguages lists the languages that projects can have, by name. The
// list is not the caller's to change.
func SystemLanguages() []SystemLanguage { return systemLanguages }
