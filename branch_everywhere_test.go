package lokalise_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

// notOneRequest are methods that need more than arbitrary arguments before they
// send something; what they send goes through the others.
var notOneRequest = map[string]bool{
	"Files.Upload": true, "Files.UploadAll": true, "Files.DownloadTo": true,
}

// TestBranchWorksWithEveryMethodOfAProject calls all methods that take a project,
// those of tomorrow too, with a branch whose name has to be escaped.
func TestBranchWorksWithEveryMethodOfAProject(t *testing.T) {
	t.Parallel()
	requests := make(chan string, 10)
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		requests <- r.URL.EscapedPath()
		answer(http.StatusForbidden, `{}`)(w, r)
	}, lokalise.WithMaxAttempts(1))
	takers := 0
	services := reflect.ValueOf(client).Elem()
	for i := range services.NumField() {
		service := services.Type().Field(i)
		if !service.IsExported() || service.Type.Kind() != reflect.Pointer {
			continue
		}
		for m := range service.Type.NumMethod() {
			name := service.Name + "." + service.Type.Method(m).Name
			method := services.Field(i).Method(m)
			if !takesProject(method.Type()) || notOneRequest[name] {
				continue
			}
			takers++
			callWithBranch(t, method)
			if n := len(requests); n != 1 {
				t.Fatalf("%s makes %d requests", name, n)
			}
			if path := <-requests; !strings.HasPrefix(path+"/", prefix+"/api2/projects/p:feature%2Fa%20b/") {
				t.Errorf("%s asks for %s", name, path)
			}
		}
	}
	if takers < 60 {
		t.Errorf("only %d methods take a project", takers)
	}
}

func takesProject(method reflect.Type) bool {
	return method.NumIn() > 1 && method.In(1) == reflect.TypeFor[lokalise.ProjectID]()
}

// callWithBranch calls a method, and begins to read what it returns where that is
// an iterator.
func callWithBranch(t *testing.T, method reflect.Value) {
	t.Helper()
	args := []reflect.Value{reflect.ValueOf(t.Context()), reflect.ValueOf(lokalise.ProjectID("p").Branch("feature/a b"))}
	for i := 2; i < method.Type().NumIn(); i++ {
		if in := method.Type().In(i); !method.Type().IsVariadic() || i < method.Type().NumIn()-1 {
			args = append(args, something(in))
		}
	}
	for _, result := range method.Call(args) {
		if result.Kind() == reflect.Func {
			stop := reflect.MakeFunc(result.Type().In(0), func([]reflect.Value) []reflect.Value {
				return []reflect.Value{reflect.ValueOf(false)}
			})
			result.Call([]reflect.Value{stop})
		}
	}
}

// something returns a value that is not empty.
func something(of reflect.Type) reflect.Value {
	v := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.Pointer:
		return reflect.New(of.Elem())
	case reflect.Slice:
		return reflect.Append(v, something(of.Elem()))
	case reflect.Int64:
		v.SetInt(int64(time.Second))
	case reflect.String:
		v.SetString("x")
	}
	return v
}
