package format

// The order matters: [ByExtension] prefers the first.
func init() {
	Register(Format{Name: "json", Extensions: []string{".json"}, Read: readJSON, Write: writeJSON})
	Register(Format{Name: "json_structured", Extensions: []string{".json"}, Read: readStructured, Write: writeStructured})
	Register(Format{Name: "arb", Extensions: []string{".arb"}, Read: readARB, Write: writeARB})
	Register(Format{Name: "csv", Extensions: []string{".csv"}, Read: readCSV, Write: writeCSV})
	Register(Format{Name: "xliff", Extensions: []string{".xliff", ".xlf"}, Read: readXLIFF, Write: writeXLIFF})
	Register(Format{Name: "xlf", Extensions: []string{".xlf"}, Read: readXLIFF, Write: writeXLIFF})
	Register(Format{Name: "xml", Extensions: []string{".xml"}, Read: readAndroid, Write: writeAndroid})
	Register(Format{Name: "po", Extensions: []string{".po", ".pot"}, Read: readPO, Write: writePO})
	Register(Format{Name: "properties", Extensions: []string{".properties"}, Latin1: true, Read: readProperties, Write: writeProperties})
	Register(Format{Name: "strings", Extensions: []string{".strings"}, Read: readStrings, Write: writeStrings})
}
