package stub

import "math/rand/v2"

// seed makes every stub process answer with the same bytes.
const seed = 0x10ca115e

// words is the vocabulary of the made-up texts, by language. A real project
// mixes scripts, and a decoder's speed depends on them.
var words = map[string][]string{
	"en": {"save", "changes", "before", "you", "leave", "the", "page", "invite", "your", "team", "to", "review", "order", "shipping", "address", "today", "offer", "expires", "soon", "settings"},
	"de": {"Änderungen", "speichern", "bevor", "Sie", "die", "Seite", "verlassen", "laden", "Ihr", "Team", "zur", "Prüfung", "Lieferadresse", "heute", "gültig", "bald", "Einstellungen", "für", "Größe", "öffnen"},
	"uk": {"зберегти", "зміни", "перед", "виходом", "зі", "сторінки", "запросити", "команду", "для", "перевірки", "адреса", "доставки", "сьогодні", "пропозиція", "діє", "налаштування", "замовлення", "ваше", "відкрити", "розмір"},
}

// languages are the languages of every key, in the order of the answers.
var languages = []string{"en", "de", "uk"}

// source gives the random numbers of one item. The item's number is part of
// the seed, so that an item is the same whatever was made before it.
func source(item int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(item))) //nolint:gosec // G404, G115: test data must be the same in every run
}

// appendText appends n words of a language, parted by spaces.
func appendText(dst []byte, r *rand.Rand, language string, n int) []byte {
	list := words[language]
	for i := range n {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, list[r.IntN(len(list))]...)
	}
	return dst
}
