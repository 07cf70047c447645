package connect

import "testing"

// TestSignatureCoversNameCallbackAndKey: a value is good in one place only.
func TestSignatureCoversNameCallbackAndKey(t *testing.T) {
	t.Parallel()
	key, other := []byte("a key of thirty-two bytes, no 1."), []byte("a key of thirty-two bytes, no 2.")
	home := signer{keys: [][]byte{key}, callback: "https://app.example/callback"}
	value := home.seal("name", []byte("payload"))
	for _, tc := range []struct {
		what   string
		signer signer
		name   string
		good   bool
	}{
		{"itself", home, "name", true},
		{"the key is the second", signer{[][]byte{other, key}, home.callback}, "name", true},
		{"another name", home, "name2", false},
		{"another callback", signer{home.keys, "https://app.example/callback2"}, "name", false},
		{"the border between them moved", signer{home.keys, "https://app.example/callbackn"}, "ame", false},
		{"another key", signer{[][]byte{other}, home.callback}, "name", false},
	} {
		if payload, ok := tc.signer.open(tc.name, value); ok != tc.good || ok && string(payload) != "payload" {
			t.Errorf("%s: opened: %t, %q", tc.what, ok, payload)
		}
	}
}
