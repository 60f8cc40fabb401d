package extract

import (
	"strings"
	"unicode/utf8"
)

// marker is what a piece of the site begins with: no reader's words. All is lower case.
type marker struct {
	why   string
	whole []string // lines that consist of this, whatever punctuation follows
	start []string // lines that begin with this
}

// Reasons that the code asks for; the others are only named.
const (
	whyForm       = "form"
	whyLinks      = "links"
	whyNewsletter = "newsletter"
)

// markers are the words of forms, share bars, newsletters, lists of links and copyright lines.
var markers = []marker{
	{
		why: whyForm,
		whole: []string{"leave a comment", "leave a reply", "leave a reply cancel reply", "leave a comment cancel reply", "cancel reply",
			"post a comment", "post comment", "submit comment", "submit", "comment", "name", "email", "e-mail", "website", "comment *", "name *",
			"email *", "add comment", "add a comment", "write a comment", "enter your comment", "enter your comment here", "comments are closed", "log in to comment", "log in", "δ",
			"name * email * website", "your name", "your email", "your comment"},
		start: []string{"your email address will not be published", "required fields are marked", "save my name, email", "notify me of ",
			"you must be logged in to post", "you must be logged in to comment", "logged in as ", "this site uses akismet", "you may use these html tags",
			"fill in your details below", "links to this post", "create a link", "note: only a member of this blog", "leave a reply to "},
	},
	{
		why: whyNewsletter,
		whole: []string{"newsletter", "newsletters", "subscribe", "sign up", "your email address", "get our newsletter", "sign up to our newsletter",
			"sign up for our newsletter", "subscribe to our newsletter", "join our newsletter", "join our mailing list", "never miss a story"},
		start: []string{"subscribe to our newsletter", "subscribe to our free newsletter", "subscribe to our daily newsletter",
			"subscribe to our weekly newsletter", "subscribe to the newsletter", "subscribe to our mailing list", "sign up to our newsletter",
			"sign up for our newsletter", "sign up for our free newsletter", "sign up for our daily newsletter", "sign up for our weekly newsletter",
			"sign up to our daily newsletter", "sign up to our weekly newsletter", "sign up to our free newsletter", "sign up to the newsletter",
			"sign up for the newsletter", "get our newsletter", "get our daily newsletter", "get our weekly newsletter", "join our newsletter",
			"join our mailing list", "newsletter:"},
	},
	{
		why: "share bar",
		whole: []string{"share", "share this", "share this article", "share this story", "share this post", "share this page", "share via", "share on",
			"share on facebook", "share on twitter", "share on x", "share on whatsapp", "share on linkedin", "share on telegram", "share by email",
			"tweet", "tweet this", "facebook", "twitter", "whatsapp", "telegram", "linkedin", "reddit", "pinterest", "instagram", "youtube", "email this",
			"blogthis", "copy link", "print", "print this article", "follow us", "follow us on", "follow us on facebook", "follow us on twitter",
			"click to share"},
		start: []string{"share: ", "share this: ", "share this article: ", "share this story: ", "share | ", "share this | ", "share on facebook ",
			"follow us: ", "follow us on facebook, ", "follow us on: "},
	},
	{
		why: whyLinks,
		whole: []string{"related articles", "related posts", "related stories", "related news", "related", "read more", "read also", "read next", "most read",
			"most popular", "popular posts", "popular posts from this blog", "popular articles", "you may also like", "you might also like",
			"recommended", "recommended for you", "recent posts", "recent comments", "latest news", "latest articles", "latest posts", "more news",
			"more stories", "more from this section", "more on this topic", "archives", "categories", "tags", "meta", "post navigation",
			"comment navigation", "older comments", "newer comments", "← older comments", "newer comments →", "older post", "newer post", "older posts", "newer posts",
			"previous post", "next post", "previous article", "next article", "home", "about us", "contact us", "contact", "about", "imprint",
			"privacy policy", "cookie policy", "terms of use", "terms of service", "terms and conditions", "site map", "sitemap",
			"back to top", "advertisement", "advertisements", "sponsored", "sponsored content", "report abuse", "rss feed", "view my complete profile",
			"blog archive", "about me"},
		start: []string{"subscribe to: post comments", "previous post: ", "next post: ", "← ", "home | ", "about us | ", "about | ", "contact | ",
			"contact us | ", "privacy policy | ", "home · ", "about us · ", "more from "},
	},
	{
		why:   "copyright",
		whole: []string{"all rights reserved", "powered by blogger", "proudly powered by wordpress", "powered by wordpress", "blog at wordpress.com"},
		start: []string{"©", "copyright ©", "copyright (c)", "copyright 19", "copyright 20", "(c) 19", "(c) 20", "powered by "},
	},
}

// markerWords finds the markers by the first word of a line.
var markerWords = indexMarkers()

type markerEntry struct {
	text, why string
	whole     bool
}

func indexMarkers() map[string][]markerEntry {
	index := map[string][]markerEntry{}
	for _, m := range markers {
		for _, text := range m.whole {
			index[firstWord(text)] = append(index[firstWord(text)], markerEntry{text, m.why, true})
		}
		for _, text := range m.start {
			index[firstWord(text)] = append(index[firstWord(text)], markerEntry{text, m.why, false})
		}
	}
	return index
}

// firstWord is up to the first character that ends a marker's word; a sign that opens a line is a word of its own.
func firstWord(line string) string {
	if r, size := utf8.DecodeRuneInString(line); r == '©' || r == '←' {
		return line[:size]
	}
	if end := strings.IndexAny(line, " :.!…*"); end > 0 {
		return line[:end]
	}
	return line
}

// longestMarker is the longest line that is compared with the markers, in bytes.
const longestMarker = 300

// markerOf says which marker a line is, "" for none. The line has no indentation.
func markerOf(line string) (why string) {
	if line == "" || len(line) > longestMarker {
		return ""
	}
	var space [32]byte
	first := firstWord(line)
	if len(first) > len(space) {
		return ""
	}
	entries := markerWords[string(lower(space[:0], first))]
	if entries == nil {
		return ""
	}
	line = strings.ToLower(line)
	bare := strings.TrimRight(line, " :.!…*")
	for _, e := range entries {
		if e.whole && (line == e.text || bare == e.text) || !e.whole && strings.HasPrefix(line, e.text) {
			return e.why
		}
	}
	return ""
}

// lower appends a word in lower case; the markers' first words are ASCII but for signs that have no case, and δ.
func lower(out []byte, word string) []byte {
	if word == "Δ" {
		return append(out, "δ"...)
	}
	for i := range len(word) {
		b := word[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		out = append(out, b)
	}
	return out
}

// proseBytes is where a line is long enough to be a sentence of an article rather than a link's title.
const proseBytes = 60

// prose tells an article's sentence from the title of a link: long, and ended by a full stop.
func prose(line string) bool {
	if len(line) < proseBytes {
		return false
	}
	line = strings.TrimRight(line[len(line)-min(len(line), 16):], "\"'”’)]»")
	return strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "..")
}

// tailStart is the first line from which on there is no prose but that of forms and boilerplate.
func tailStart(p *page) int {
	i := p.size()
	for i > 0 && (!prose(p.line(i-1)) || markerOf(p.words(i-1)) != "") {
		i--
	}
	return i
}

// longestBoilerplate is how many lines a block of boilerplate has at most.
const longestBoilerplate = 30

// boilerplate says why the lines from up to to are a piece of the site, "" where they may be a reader's.
func boilerplate(p *page, from, to int) (why string) {
	why = markerOf(p.short(from, longestMarker))
	if why == "" || to-from > longestBoilerplate {
		return ""
	}
	for i := from + 1; i < to; i++ {
		fits := markerOf(p.short(i, longestMarker)) != ""
		switch why {
		case whyNewsletter:
			fits = fits || to-from <= 6
		case whyLinks:
			fits = fits || !prose(p.line(i))
		}
		if !fits {
			return ""
		}
	}
	return why
}
