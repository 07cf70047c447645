package lokalise

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/golokalise/lokalise/internal/redact"
)

// send sends the request until there is a success, whose body is then in
// r.answer, or a failure that is final. For each attempt it waits for its turn,
// asks for the token, sends, and decides what comes of the answer.
func (r *call) send(ctx context.Context) error {
	if r.attempts == 0 {
		if err := r.prepare(); err != nil {
			return r.failed(err)
		}
	}
	for {
		next, err := r.attempt(ctx)
		if err == nil {
			return nil
		}
		if !next.again {
			return err
		}
		if next.renew {
			if err := r.renew(ctx, err); err != nil {
				return err
			}
		}
		if !r.pause(ctx, next.wait) {
			if ctx.Err() != nil {
				return r.failed(contextError(ctx))
			}
			return err
		}
	}
}

// attempt sends the request once. Without an error the answer is a success and
// its body is in r.answer; otherwise the verdict says whether to try again.
func (r *call) attempt(ctx context.Context) (verdict, error) {
	if err := r.takeTurn(ctx); err != nil {
		return verdict{}, r.failed(err)
	}
	token, err := r.client.credential.value(ctx)
	if err != nil {
		r.releaseTurn()
		return verdict{}, r.failed(err)
	}
	r.token = token.token
	r.attempts++
	var began time.Time
	hooked := ctx
	if r.client.watching() {
		began = time.Now()
		hooked = r.started(ctx)
	}
	res, err := r.exchangeOnce(hooked, token) //nolint:bodyclose // r.answer closes it
	if err == nil && res.StatusCode/100 == 2 {
		r.success(hooked, res, began)
		return verdict{}, nil
	}
	return r.failure(ctx, hooked, res, err, began)
}

// exchangeOnce sends the request and returns the answer, whose body r.answer
// reads and bounds in time.
func (r *call) exchangeOnce(ctx context.Context, token *tokenValue) (*http.Response, error) {
	r.answer.begin(ctx, r)
	payload, err := r.openBody()
	if err != nil {
		r.answer.end()
		return nil, &contentError{err}
	}
	req := r.request.WithContext(r.answer.ctx) //nolint:contextcheck // it is made of the caller's context
	req.Header = r.header(token)
	if payload != nil {
		req.Body = payload
	}
	res, err := r.roundTrip(req)
	if err != nil {
		err = r.answer.explain(err)
		r.answer.end()
		return nil, err
	}
	r.answer.attach(res)
	return res, nil
}

// success takes note of an answer whose body is still to be read.
func (r *call) success(ctx context.Context, res *http.Response, began time.Time) {
	r.report(ctx, res, false, 0)
	if r.options.response != nil {
		*r.options.response = r.response()
	}
	if r.client.watching() {
		r.ended(ctx, res, nil, time.Since(began), verdict{})
	}
}

// failure turns whatever is not a success into an error and decides what comes
// of it.
func (r *call) failure(ctx, hooked context.Context, res *http.Response, err error, began time.Time) (verdict, error) {
	var next verdict
	if err != nil {
		sent := !notSent(err) && !errors.Is(err, errNotRetryable)
		r.uncertain = r.uncertain || sent && !r.reads()
		next = r.judgeError(ctx, err)
		err = r.failed(err)
	} else {
		e := r.apiError(res)
		next = r.judgeStatus(res, e)
		r.report(hooked, res, next.refused, next.wait)
		if r.options.response != nil {
			*r.options.response = r.response()
		}
		r.answer.end()
		err = e
	}
	r.releaseTurn()
	if r.client.watching() {
		var cause error
		if res == nil {
			cause = err
		}
		r.ended(hooked, res, cause, time.Since(began), next)
	}
	return next, err
}

// mask takes out of a text what the request holds and nobody may read.
func (r *call) mask(text string) string {
	return redact.Values(text, append(r.secrets, r.token)...)
}

// apiError reads the answer of a request that did not succeed.
func (r *call) apiError(res *http.Response) *APIError {
	text, _ := io.ReadAll(io.LimitReader(&r.answer, maxErrorRead)) // what could be read is enough
	return r.newAPIError(res, text)
}

// newAPIError builds the error from the body of an answer.
func (r *call) newAPIError(res *http.Response, text []byte) *APIError {
	text = []byte(r.mask(string(text)))
	fields := parseErrorBody(text)
	if fields.message == "" {
		fields.message = plainMessage(text)
	}
	return &APIError{
		Method:     r.method,
		Path:       r.url.EscapedPath(),
		Status:     res.StatusCode,
		Code:       fields.code,
		ErrorCode:  fields.errorCode,
		Message:    fields.message,
		Details:    fields.details,
		Errors:     fields.errors,
		ProcessID:  clean(res.Header.Get(processIDHeader), maxErrorMessage),
		RetryAfter: retryAfter(res.Header, time.Now()),
		Attempts:   r.attempts,
		Body:       text[:min(len(text), maxErrorBody)],
	}
}

// failed wraps whatever kept the call from getting an answer.
func (r *call) failed(err error) error {
	var redirect *RedirectError
	if errors.As(err, &redirect) {
		return redirect
	}
	return &RequestError{
		Method: r.method, Path: r.pathForErrors(), Attempts: r.attempts,
		MayHaveSucceeded: r.uncertain, Err: err, text: r.mask(err.Error()),
	}
}

// pathForErrors is the path of the request or, when none could be built, the
// route.
func (r *call) pathForErrors() string {
	if r.url.Host == "" {
		return r.api + r.path.route
	}
	return r.url.EscapedPath()
}

// renew asks for another token after one was refused. It returns the refusal
// when there is no other one.
func (r *call) renew(ctx context.Context, refusal error) error {
	r.renewed = true
	changed, err := r.client.credential.renew(ctx, r.token)
	if err != nil {
		return r.failed(errors.Join(refusal, err))
	}
	if !changed {
		return refusal
	}
	return nil
}

// report tells the limiter what the API said about its limit.
func (r *call) report(ctx context.Context, res *http.Response, refused bool, wait time.Duration) {
	l := &r.client.limits
	if l.perSecond == 0 {
		return
	}
	state, said := rateState(res.Header)
	if refused {
		state.Refused, state.Wait = true, wait
	}
	lower := state.Limit > 0 && float64(state.Limit) < l.perSecond
	if refused || said && (lower || state.Wait > 0) {
		l.limiter.Report(ctx, r.client.reservation(0), state)
	}
}
