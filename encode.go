package lokalise

import (
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/internal/wire"
)

// encodeRequest encodes the body of a request. Only programs that send bodies
// get here and have the JSON library linked in; models write themselves.
func encodeRequest(v any) ([]byte, error) {
	return json.Marshal(v, wire.WriteOptions, requestMarshalers())
}

// requestOptions has no initializer, which would link the library into every
// program.
var requestOptions struct {
	once    sync.Once
	options json.Options
}

// requestMarshalers makes the library look through [Opt], whose own MarshalJSON
// would encode what is inside by other rules: encoding/json writes null for a
// list that is nil, where the API wants an empty one.
func requestMarshalers() json.Options {
	requestOptions.once.Do(func() {
		requestOptions.options = json.WithMarshalers(json.MarshalToFunc(
			func(enc *jsontext.Encoder, o optional) error {
				v, ok := o.inner()
				if !ok {
					return enc.WriteToken(jsontext.Null)
				}
				return json.MarshalEncode(enc, v)
			}))
	})
	return requestOptions.options
}

// optional is every [Opt].
type optional interface {
	inner() (v any, ok bool)
}

func (o Opt[T]) inner() (any, bool) { return o.value, o.state == optValue }
