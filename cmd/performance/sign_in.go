package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// largestPage caps what is read of one answer, in bytes.
const largestPage = 16 << 20

// browser is a client that keeps cookies and follows redirects.
type browser struct {
	address string
	client  *http.Client
}

// signIn asks for the queue, fills in the form that comes instead, and sends it as a browser would.
func signIn(ctx context.Context, address, name, password string) (*browser, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	b := &browser{address: address, client: &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{}}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/", nil)
	if err != nil {
		return nil, err
	}
	response, page, err := b.send(request)
	if err != nil {
		return nil, err
	}
	target, fields, err := fillIn(response.Request.URL, page, name, password)
	if err != nil {
		return nil, err
	}
	request, err = http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(fields.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", address)
	if _, page, err = b.send(request); err != nil {
		return nil, fmt.Errorf("sign in: %w", err)
	}
	if asksPassword(page) {
		return nil, errors.New("sign in: the form came back")
	}
	return b, nil
}

// get reads one page to its end.
func (b *browser) get(ctx context.Context, path string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.address+path, nil)
	if err != nil {
		return nil, err
	}
	_, page, err := b.send(request)
	return page, err
}

// errConflict is the answer that somebody else was faster.
var errConflict = errors.New("somebody else was faster")

// post sends a form and does not go where the answer points; next is that address, "" where the answer is a page. The first byte is read like
// the last one.
func (b *browser) post(ctx context.Context, f form) (next string, page []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, b.address+f.target, strings.NewReader(f.fields.Encode()))
	if err != nil {
		return "", nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", b.address)
	client := *b.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Do(request)
	if err != nil {
		return "", nil, err
	}
	defer response.Body.Close()
	if page, err = io.ReadAll(io.LimitReader(response.Body, largestPage)); err != nil {
		return "", nil, err
	}
	switch response.StatusCode {
	case http.StatusSeeOther:
		return response.Header.Get("Location"), page, nil
	case http.StatusOK:
		return "", page, nil
	case http.StatusConflict:
		return "", page, errConflict
	}
	return "", nil, fmt.Errorf("POST %s answers %s", f.target, response.Status)
}

// send sends a request and reads the last answer; other than 200 is an error.
func (b *browser) send(request *http.Request) (*http.Response, []byte, error) {
	response, err := b.client.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	page, err := io.ReadAll(io.LimitReader(response.Body, largestPage))
	if err != nil {
		return nil, nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("%s %s answers %s", request.Method, request.URL.Path, response.Status)
	}
	return response, page, nil
}

// fillIn finds the form that asks for a password, and says where it goes and with what fields.
func fillIn(base *url.URL, page []byte, name, password string) (target string, fields url.Values, err error) {
	document, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return "", nil, err
	}
	form := document.Find("form").FilterFunction(func(_ int, f *goquery.Selection) bool { return f.Find("input[type=password]").Length() > 0 })
	if form.Length() != 1 {
		return "", nil, fmt.Errorf("%s has %d forms that ask for a password", base.Path, form.Length())
	}
	action, err := base.Parse(form.AttrOr("action", ""))
	if err != nil {
		return "", nil, err
	}
	fields = url.Values{}
	form.Find("input[name]").Each(func(_ int, input *goquery.Selection) {
		value := input.AttrOr("value", "")
		switch input.AttrOr("type", "text") {
		case "text":
			value = name
		case "password":
			value = password
		}
		fields.Set(input.AttrOr("name", ""), value)
	})
	return action.String(), fields, nil
}

func asksPassword(page []byte) bool {
	document, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	return err == nil && document.Find("input[type=password]").Length() > 0
}

// showsComment is nil when the page is the queue with a comment on it.
func showsComment(page []byte) error {
	document, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return err
	}
	if strings.TrimSpace(document.Find("article.comment .text").Text()) == "" {
		return errors.New("the queue page shows no comment")
	}
	return nil
}
