package state

// File is a file that keys of a branch come from. Keys name their files; a row
// gives the name an id.
type File struct {
	Content string
	ID      int64
	Name    string
}

// FileNamed returns the file of that name, new when there was none.
func (tx *Tx) FileNamed(content, name string) *File {
	for _, f := range tx.Files.Named(content, name) {
		return f
	}
	f := &File{Content: content, ID: tx.NextID("files"), Name: name}
	tx.Files.Put(tx, f)
	return f
}

// KeysPerFile counts keys by the names of their files, a key that has several
// for each of them. What has no file stands under the empty name.
func (tx *Tx) KeysPerFile(content string) map[string]int {
	return Memo(tx, "files/"+content, tx.Keys.Version(content), func() map[string]int {
		count := map[string]int{}
		for k := range tx.Keys.All(content) {
			names := k.Filenames.unique()
			for _, name := range names {
				count[name]++
			}
			if len(names) == 0 {
				count[""]++
			}
		}
		return count
	})
}

// DeleteFile deletes a file with the keys that are in no other one.
func (tx *Tx) DeleteFile(f *File) {
	var gone []int64
	for _, old := range tx.Keys.Rows(f.Content) {
		if !old.In(f.Name) {
			continue
		}
		k := *old
		for _, platform := range Platforms {
			if k.Filenames.Of(platform) == f.Name {
				k.Filenames.Set(platform, "")
			}
		}
		if k.Filenames == (PerPlatform{}) {
			gone = append(gone, k.ID)
			continue
		}
		tx.Keys.Put(tx, &k)
	}
	tx.DeleteKeys(f.Content, gone)
	tx.Files.Delete(tx, f.Content, f.ID)
}

// In tells whether the key comes from a file, on any platform.
func (k *Key) In(file string) bool {
	n := k.Filenames
	return n.IOS == file || n.Android == file || n.Web == file || n.Other == file
}

// Writable tells whether the Tx can change the world: whether it is an Update.
func (tx *Tx) Writable() bool { return tx.writable }
