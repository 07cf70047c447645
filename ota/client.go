package ota

import (
	"context"
	"encoding/json"
	"errors"
	"iter"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/wire"
)

// DefaultBaseURL is where bundles are managed and fetched.
const DefaultBaseURL = "https://ota.lokalise.com"

// version begins the path of every operation.
const version = "/v3"

// Framework is what an app is made with.
type Framework string

// The documented frameworks.
const (
	FrameworkIOS     Framework = "ios_sdk"
	FrameworkAndroid Framework = "android_sdk"
	FrameworkFlutter Framework = "flutter_sdk"
)

// Client manages bundles. It is safe for use by many goroutines and has nothing
// to close.
type Client struct {
	// Bundles calls the operations on bundles.
	Bundles *BundlesService
	// FreezePeriods calls the operations on freeze periods.
	FreezePeriods *FreezePeriodsService
	// SDKTokens calls the operations on the tokens with which apps fetch
	// bundles.
	SDKTokens *SDKTokensService
	// Statistics calls the operation on usage statistics.
	Statistics *StatisticsService
}

// service is what all services have in common.
type service struct{ api *lokalise.Client }

// New returns a client that authenticates with the service tokens of a source,
// [NewTokenSource] in most cases. The options are those of [lokalise.New]
// except for credentials; WithBaseURL replaces [DefaultBaseURL].
func New(source lokalise.TokenSource, opts ...lokalise.Option) (*Client, error) {
	api, err := newAPI(lokalise.WithTokenSource(source), opts)
	if err != nil {
		return nil, err
	}
	s := service{api}
	return &Client{
		Bundles:       &BundlesService{s},
		FreezePeriods: &FreezePeriodsService{s},
		SDKTokens:     &SDKTokensService{s},
		Statistics:    &StatisticsService{s},
	}, nil
}

func newAPI(credential lokalise.Option, opts []lokalise.Option) (*lokalise.Client, error) {
	all := []lokalise.Option{lokalise.WithBaseURL(DefaultBaseURL), credential}
	return lokalise.New(append(all, opts...)...)
}

// ResourceDeleted is the answer to the operations that delete something.
type ResourceDeleted struct {
	ID      int64 `json:"id"`
	Deleted bool  `json:"deleted"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// one calls an operation that answers with one object.
func one[T any](ctx context.Context, api *lokalise.Client, op lokalise.Operation, opts []lokalise.RequestOption) (*T, error) {
	out := new(T)
	if err := api.Do(ctx, op, out, opts...); err != nil {
		return nil, err
	}
	return out, nil
}

// list calls an operation that answers with a list.
func list[T any](ctx context.Context, api *lokalise.Client, op lokalise.Operation, decode func(*wire.Decoder, *T), opts []lokalise.RequestOption) ([]T, error) {
	out := items[T]{decode: decode}
	if err := api.Do(ctx, op, &out, opts...); err != nil {
		return nil, err
	}
	return out.list, nil
}

// each returns an iterator over a list that comes in one answer. The request is
// sent when the loop begins, and anew by each loop.
func each[T any](list func() ([]T, error)) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		items, err := list()
		if err != nil {
			yield(nil, err)
			return
		}
		for i := range items {
			if !yield(&items[i], nil) {
				return
			}
		}
	}
}

// items is a list while it is decoded. null is no item of it.
type items[T any] struct {
	list   []T
	decode func(*wire.Decoder, *T)
}

var (
	errNullItem = errors.New("an item of the list is null")
	errNoList   = errors.New("there is no list")
)

// UnmarshalJSON implements json.Unmarshaler.
func (l *items[T]) UnmarshalJSON(data []byte) error {
	var d wire.Decoder
	d.Reset(data)
	if d.Kind() != '[' {
		return errNoList
	}
	l.list = l.list[:0]
	for ok := d.Array(); ok; ok = d.Next() {
		if d.Null() {
			return errNullItem
		}
		l.list = append(l.list, *new(T))
		l.decode(&d, &l.list[len(l.list)-1])
	}
	return d.Err()
}
