package lokalise

// FileFormat is the format of a file that is uploaded or exported.
type FileFormat string

// The formats that the official Node SDK declares.
const (
	FileFormatAndroidSDK     FileFormat = "android_sdk"
	FileFormatARB            FileFormat = "arb"
	FileFormatCSV            FileFormat = "csv"
	FileFormatDOCX           FileFormat = "docx"
	FileFormatFlutterSDK     FileFormat = "flutter_sdk"
	FileFormatHTML           FileFormat = "html"
	FileFormatINI            FileFormat = "ini"
	FileFormatIOSSDK         FileFormat = "ios_sdk"
	FileFormatJS             FileFormat = "js"
	FileFormatJSON           FileFormat = "json"
	FileFormatJSONStructured FileFormat = "json_structured"
	FileFormatOfflineXLIFF   FileFormat = "offline_xliff"
	FileFormatPHPArray       FileFormat = "php_array"
	FileFormatPHPLaravel     FileFormat = "php_laravel"
	FileFormatPlist          FileFormat = "plist"
	FileFormatPO             FileFormat = "po"
	FileFormatProperties     FileFormat = "properties"
	FileFormatReactNative    FileFormat = "react_native"
	FileFormatRESX           FileFormat = "resx"
	FileFormatRubyYAML       FileFormat = "ruby_yaml"
	FileFormatSTF            FileFormat = "stf"
	FileFormatStrings        FileFormat = "strings"
	FileFormatSymfonyXLIFF   FileFormat = "symfony_xliff"
	FileFormatTS             FileFormat = "ts"
	FileFormatXLF            FileFormat = "xlf"
	FileFormatXLIFF          FileFormat = "xliff"
	FileFormatXLSX           FileFormat = "xlsx"
	FileFormatXML            FileFormat = "xml"
	FileFormatYAML           FileFormat = "yaml"
)

// ExportFilter picks the translations of an export.
type ExportFilter string

// The documented filters.
const (
	ExportFilterTranslated       ExportFilter = "translated"
	ExportFilterUntranslated     ExportFilter = "untranslated"
	ExportFilterReviewed         ExportFilter = "reviewed"
	ExportFilterReviewedOnly     ExportFilter = "reviewed_only"
	ExportFilterLastReviewedOnly ExportFilter = "last_reviewed_only"
	ExportFilterVerified         ExportFilter = "verified"
	ExportFilterNonHidden        ExportFilter = "nonhidden"
)

// ExportSort is the order of the keys in an export.
type ExportSort string

// The documented orders.
const (
	ExportSortFirstAdded  ExportSort = "first_added"
	ExportSortLastAdded   ExportSort = "last_added"
	ExportSortLastUpdated ExportSort = "last_updated"
	ExportSortAToZ        ExportSort = "a_z"
	ExportSortZToA        ExportSort = "z_a"
)

// ExportEmptyAs is what is written for a translation that is empty.
type ExportEmptyAs string

// The documented ways to write an empty translation.
const (
	// ExportEmptyAsEmpty writes an empty text.
	ExportEmptyAsEmpty ExportEmptyAs = "empty"
	// ExportEmptyAsBase writes the text of the base language.
	ExportEmptyAsBase ExportEmptyAs = "base"
	// ExportEmptyAsNull writes null, where the format has it.
	ExportEmptyAsNull ExportEmptyAs = "null"
	// ExportEmptyAsSkip leaves the key out.
	ExportEmptyAsSkip ExportEmptyAs = "skip"
)

// ExportNullAs is what is written for a translation that is null. It matters to
// [FileFormatRubyYAML] only.
type ExportNullAs string

// The documented ways to write null.
const (
	ExportNullAsEmpty ExportNullAs = "empty"
	ExportNullAsNull  ExportNullAs = "null"
)

// ExportTrigger names an integration of the project that an export starts.
type ExportTrigger string

// The integrations that the official Node SDK declares.
const (
	ExportTriggerAmazonS3            ExportTrigger = "amazons3"
	ExportTriggerGCS                 ExportTrigger = "gcs"
	ExportTriggerGitHub              ExportTrigger = "github"
	ExportTriggerGitHubEnterprise    ExportTrigger = "github-enterprise"
	ExportTriggerGitLab              ExportTrigger = "gitlab"
	ExportTriggerBitbucket           ExportTrigger = "bitbucket"
	ExportTriggerBitbucketEnterprise ExportTrigger = "bitbucket-enterprise"
	ExportTriggerAzure               ExportTrigger = "azure"
)

// PluralFormat is how plural forms are written.
type PluralFormat string

// The documented formats of plural forms.
const (
	PluralFormatJSONString PluralFormat = "json_string"
	PluralFormatICU        PluralFormat = "icu"
	PluralFormatArray      PluralFormat = "array"
	PluralFormatGeneric    PluralFormat = "generic"
	PluralFormatSymfony    PluralFormat = "symfony"
	PluralFormatI18next    PluralFormat = "i18next"
	PluralFormatI18nextV4  PluralFormat = "i18next_v4"
)

// PlaceholderFormat is how placeholders are written.
type PlaceholderFormat string

// The documented formats of placeholders.
const (
	PlaceholderFormatICU     PlaceholderFormat = "icu"
	PlaceholderFormatSymfony PlaceholderFormat = "symfony"
	PlaceholderFormatPrintf  PlaceholderFormat = "printf"
	PlaceholderFormatIOS     PlaceholderFormat = "ios"
	PlaceholderFormatNet     PlaceholderFormat = "net"
	PlaceholderFormatI18n    PlaceholderFormat = "i18n"
	PlaceholderFormatRaw     PlaceholderFormat = "raw"
)

// Indentation is how lines are indented.
type Indentation string

// The documented indentations.
const (
	IndentationDefault Indentation = "default"
	Indentation1Space  Indentation = "1sp"
	Indentation2Spaces Indentation = "2sp"
	Indentation3Spaces Indentation = "3sp"
	Indentation4Spaces Indentation = "4sp"
	Indentation5Spaces Indentation = "5sp"
	Indentation6Spaces Indentation = "6sp"
	Indentation7Spaces Indentation = "7sp"
	Indentation8Spaces Indentation = "8sp"
	IndentationTab     Indentation = "tab"
)

// JavaPropertiesEncoding is the encoding of a .properties file.
type JavaPropertiesEncoding string

// The documented encodings.
const (
	JavaPropertiesUTF8   JavaPropertiesEncoding = "utf-8"
	JavaPropertiesLatin1 JavaPropertiesEncoding = "latin-1"
)

// JavaPropertiesSeparator stands between key and value in a .properties file.
type JavaPropertiesSeparator string

// The documented separators.
const (
	JavaPropertiesEquals JavaPropertiesSeparator = "="
	JavaPropertiesColon  JavaPropertiesSeparator = ":"
)
