package lokalise

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/golokalise/lokalise/internal/bundle"
)

// StorageError is a bundle that could not be fetched from the host where it is
// stored. Its address is not in the text: whoever knows it can fetch the
// bundle.
type StorageError struct {
	// Host is the host that was asked.
	Host string
	// Status is the HTTP status code; 0 when there was no answer. A bundle
	// that is not there anymore is answered with 403 or 404.
	Status int
	// Err is why there was no answer, or none that could be read.
	Err error
}

// Error names the host and what is wrong.
func (e *StorageError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("lokalise: the bundle cannot be fetched from %q: status %d %s", e.Host, e.Status, http.StatusText(e.Status))
	}
	return fmt.Sprintf("lokalise: the bundle cannot be fetched from %q: %v", e.Host, e.Err)
}

// Unwrap returns the cause.
func (e *StorageError) Unwrap() error { return e.Err }

// fetch is one bundle on its way from the storage host into a file.
type fetch struct {
	client   *Client
	address  string
	host     string // where the last request went
	spool    *os.File
	limits   bundle.Limits
	progress func(n, total int64)
}

// run fetches and opens the bundle. Reading has no effect, so it is repeated
// like any other request.
func (f *fetch) run(ctx context.Context) (*bundle.Archive, int64, error) {
	for attempt := 1; ; attempt++ {
		archive, size, err := f.once(ctx)
		if err == nil || !f.again(ctx, err) || attempt >= f.client.retry.attempts {
			return archive, size, err
		}
		if !sleepFor(ctx, backoff(attempt)) {
			return nil, 0, contextError(ctx)
		}
	}
}

// again reports whether another try may end better.
func (f *fetch) again(ctx context.Context, err error) bool {
	var storage *StorageError
	switch {
	case ctx.Err() != nil, errors.Is(err, ErrRedirect), !errors.As(err, &storage):
		return false
	case storage.Err != nil:
		return true
	}
	return storage.Status == http.StatusTooManyRequests || storage.Status >= http.StatusInternalServerError
}

// once fetches the bundle once.
func (f *fetch) once(ctx context.Context) (*bundle.Archive, int64, error) {
	if _, err := f.spool.Seek(0, io.SeekStart); err != nil {
		return nil, 0, err
	}
	if err := f.spool.Truncate(0); err != nil {
		return nil, 0, err
	}
	watch := newStallWatch(ctx, f.client.retry.attemptTimeout)
	defer watch.end()
	res, err := f.get(watch.ctx) //nolint:contextcheck // it is made of the caller's context
	if err != nil {
		return nil, 0, f.explain(ctx, watch, err)
	}
	defer func() { _ = res.Body.Close() }() // read to its end, or of no more use
	switch {
	case res.StatusCode != http.StatusOK:
		return nil, 0, &StorageError{Host: f.host, Status: res.StatusCode}
	case res.ContentLength > f.limits.Archive:
		return nil, 0, bundle.TooBig("", "it has %d bytes, more than %d", res.ContentLength, f.limits.Archive)
	}
	size, err := f.spoolBody(res, watch)
	if err != nil {
		return nil, size, f.explain(ctx, watch, err)
	}
	archive, err := bundle.Open(f.spool, size, f.limits)
	if err != nil && res.ContentLength < 0 && errors.Is(err, bundle.ErrCorrupt) {
		// Its length was not told, so that it may just have been cut short.
		err = &StorageError{Host: f.host, Status: res.StatusCode, Err: err}
	}
	return archive, size, err
}

// explain says why an answer did not come, or not to its end.
func (f *fetch) explain(ctx context.Context, watch *stallWatch, err error) error {
	var disk *os.PathError
	switch {
	case ctx.Err() != nil:
		return contextError(ctx)
	case errors.Is(err, bundle.ErrTooBig), errors.Is(err, ErrRedirect), errors.As(err, &disk):
		return err
	case watch.stalled():
		err = errTimeout
	}
	return &StorageError{Host: f.host, Err: err}
}

// spoolBody writes the body to the file.
func (f *fetch) spoolBody(res *http.Response, watch *stallWatch) (int64, error) {
	const block = 256 << 10
	buffer := make([]byte, block)
	var size int64
	for {
		n, err := res.Body.Read(buffer)
		if size += int64(n); size > f.limits.Archive {
			return size, bundle.TooBig("", "it has more than %d bytes", f.limits.Archive)
		}
		if n > 0 {
			if _, err := f.spool.Write(buffer[:n]); err != nil {
				return size, err
			}
			watch.came(size)
			f.progress(size, res.ContentLength)
		}
		switch {
		case err == io.EOF && res.ContentLength > size:
			return size, io.ErrUnexpectedEOF
		case err == io.EOF:
			return size, nil
		case err != nil:
			return size, err
		}
	}
}

// get asks for the bundle and follows redirects. It sends nothing that the
// storage host has no business to know.
func (f *fetch) get(ctx context.Context) (*http.Response, error) {
	address, err := url.Parse(f.address)
	for hops := 0; ; hops++ {
		if err != nil {
			return nil, f.refuse("it has an address that cannot be read") // the error would repeat it
		}
		if err := f.checkAddress(address); err != nil {
			return nil, err
		}
		req := &http.Request{
			Method: http.MethodGet, URL: address, Host: address.Host,
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			// Without it net/http asks for gzip, and the length would be
			// another one than the archive's.
			Header: http.Header{"User-Agent": f.client.userAgent, "Accept-Encoding": {"identity"}},
		}
		res, sendErr := f.client.transport.RoundTrip(req.WithContext(ctx))
		if sendErr != nil || !isRedirect(res) {
			return res, sendErr
		}
		drain(res)
		if hops >= maxRedirects {
			return nil, f.refuse(fmt.Sprintf("more than %d redirects", maxRedirects))
		}
		address, err = address.Parse(res.Header.Get("Location"))
	}
}

// checkAddress holds the bundle to https, unless the API itself is on plain
// http: on this machine, or where the client was told to allow it.
func (f *fetch) checkAddress(u *url.URL) error {
	f.host = clean(u.Host, maxErrorMessage)
	base := f.client.base
	switch {
	case u.Host == "" || u.User != nil:
		return f.refuse("it has an address without a host or with a user")
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && base.Scheme == "http" && (isLoopback(u.Hostname()) || !isLoopback(base.Hostname())):
		return nil
	}
	return f.refuse("a bundle is fetched through https only")
}

func (f *fetch) refuse(reason string) error {
	return &StorageError{Host: f.host, Err: fmt.Errorf("%w: %s", ErrRedirect, reason)}
}

// stallWatch ends a transfer that does not get on: one that stands still for
// as long as an attempt may wait, and one that drips.
type stallWatch struct {
	ctx     context.Context //nolint:containedctx // the transfer's own, which ends with it
	cancel  context.CancelCauseFunc
	timer   *time.Timer
	timeout time.Duration // 0 is none
	start   time.Time
}

func newStallWatch(ctx context.Context, timeout time.Duration) *stallWatch {
	w := &stallWatch{timeout: timeout, start: time.Now()}
	w.ctx, w.cancel = context.WithCancelCause(ctx)
	if timeout > 0 {
		w.timer = time.AfterFunc(timeout, func() { w.cancel(errTimeout) })
	}
	return w
}

// came tells that n bytes have come so far.
func (w *stallWatch) came(n int64) {
	if w.timer == nil {
		return
	}
	const slowest = 16 << 10 // bytes a second, on the average
	end := w.start.Add(w.timeout + time.Duration(n/slowest)*time.Second)
	w.timer.Reset(min(w.timeout, max(time.Until(end), 0)))
}

func (w *stallWatch) stalled() bool { return errors.Is(context.Cause(w.ctx), errTimeout) }

func (w *stallWatch) end() {
	if w.timer != nil {
		w.timer.Stop()
	}
	w.cancel(nil)
}
