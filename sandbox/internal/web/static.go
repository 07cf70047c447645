package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// assets are the files the pages load. The small sources in static/ are joined
// into one style sheet and one script whose names carry a hash of the content,
// so that a browser may keep them for ever and never sees a stale one.
var assets = loadAssets()

type assetSet struct {
	styles, script string // URL paths
	files          map[string]asset
}

type asset struct {
	contentType string
	body        []byte
}

func loadAssets() assetSet {
	set := assetSet{files: map[string]asset{}}
	set.styles = set.add("sandbox", ".css", "text/css; charset=utf-8", join("static/css/*.css"))
	set.script = set.add("sandbox", ".js", "text/javascript; charset=utf-8", join("static/js/*.js"))
	return set
}

func (s assetSet) add(stem, ext, contentType string, body []byte) string {
	sum := sha256.Sum256(body)
	name := stem + "-" + hex.EncodeToString(sum[:8]) + ext
	s.files[name] = asset{contentType: contentType, body: body}
	return StaticPath + name
}

// join concatenates the embedded files that match, in the order of their
// names. A missing one is a defect of the build, hence the panic at start.
func join(pattern string) []byte {
	names, err := fs.Glob(staticFiles, pattern)
	if err != nil || len(names) == 0 {
		panic("web: no embedded files match " + pattern)
	}
	var out []byte
	for _, name := range names {
		b, err := staticFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		out = append(append(out, b...), '\n')
	}
	return out
}

// pictures are the files of static/ that are served under their own names: the
// sandbox's icon, and the logo of the app that every sandbox comes with.
var pictures = map[string]asset{
	"icon.svg": picture("static/icon.svg"),
	"app.svg":  picture("static/app.svg"),
}

func picture(name string) asset {
	body, err := staticFiles.ReadFile(name)
	if err != nil {
		panic(err) // a defect of the build
	}
	return asset{contentType: "image/svg+xml", body: body}
}

// Static serves the style sheet, the script and the pictures. It is mounted at
// StaticPath and takes GET and HEAD.
func Static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "Only GET and HEAD are served here.", http.StatusMethodNotAllowed)
			return
		}
		name, found := strings.CutPrefix(r.URL.Path, StaticPath)
		file, ok := assets.files[name]
		cache := "public, max-age=31536000, immutable"
		if drawn, known := pictures[name]; known {
			file, ok = drawn, true
			cache = "public, max-age=3600"
		}
		if !ok || !found {
			http.NotFound(w, r)
			return
		}
		SetHeaders(w.Header())
		h := w.Header()
		h.Set("Cache-Control", cache)
		h.Set("Content-Type", file.contentType)
		h.Set("Content-Length", strconv.Itoa(len(file.body)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(file.body)
		}
	})
}
