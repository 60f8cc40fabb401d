package view

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	ptree "text/template/parse"

	"golang.org/x/net/html"

	"commentdesk/web/view/language"
)

// allowed is text that is the same in every language; notForPeople are strings of Go that only look like sentences.
var (
	allowed      = []string{"commentdesk", "· commentdesk"}
	notForPeople = []string{"not ready\n", "public, max-age=31536000, immutable", "measured dashed", "Cookie, Accept-Language", "model promoted"}
)

const sources = "../.."

// key is what the key of a message looks like; one that ends in a full stop is the beginning of several.
var key = regexp.MustCompile(`^[a-z]+\.([a-z][a-z0-9_]*)?$`)

// goFiles parses the Go files of some folders, tests left out.
func goFiles(t *testing.T, folders ...string) map[string]*ast.File {
	t.Helper()
	parsed := map[string]*ast.File{}
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(sources, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			relative, _ := filepath.Rel(sources, path)
			parsed[filepath.ToSlash(relative)] = file
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return parsed
}

// constant is the text of a string literal or of a sum of such.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := constant(e.X)
		right, also := constant(e.Y)
		return left + right, ok && also
	}
	return "", false
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// trees are the parse trees of a template file.
func trees(t *testing.T, name string) map[string]*ptree.Tree {
	t.Helper()
	text, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	tree := ptree.New(name)
	tree.Mode = ptree.SkipFuncCheck
	parsed := map[string]*ptree.Tree{}
	if _, err := tree.Parse(string(text), "", "", parsed); err != nil {
		t.Fatal(err)
	}
	return parsed
}

func templateFiles(t *testing.T) (names []string) {
	t.Helper()
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// walk visits every node of a template.
func walk(node ptree.Node, visit func(ptree.Node)) {
	switch n := node.(type) {
	case *ptree.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			walk(child, visit)
		}
		return
	case *ptree.IfNode:
		walkBranch(&n.BranchNode, visit)
		return
	case *ptree.RangeNode:
		walkBranch(&n.BranchNode, visit)
		return
	case *ptree.WithNode:
		walkBranch(&n.BranchNode, visit)
		return
	case *ptree.ActionNode:
		walkPipe(n.Pipe, visit)
	case *ptree.TemplateNode:
		walkPipe(n.Pipe, visit)
	}
	visit(node)
}

func walkBranch(n *ptree.BranchNode, visit func(ptree.Node)) {
	walkPipe(n.Pipe, visit)
	walk(n.List, visit)
	walk(n.ElseList, visit)
}

func walkPipe(pipe *ptree.PipeNode, visit func(ptree.Node)) {
	if pipe == nil {
		return
	}
	for _, command := range pipe.Cmds {
		visit(command)
		for _, arg := range command.Args {
			if inner, ok := arg.(*ptree.PipeNode); ok {
				walkPipe(inner, visit)
			}
		}
	}
}

// TestEveryMessageIsUsed: each key that templates, Go and scripts name exists, and each message is named.
func TestEveryMessageIsUsed(t *testing.T) {
	used, begun := map[string]bool{}, []string{}
	name := func(where, text string, must bool) {
		switch {
		case strings.HasSuffix(text, ".") && key.MatchString(text):
			begun = append(begun, text)
		case language.English().Has(text):
			used[text] = true
		case must:
			t.Errorf("%s: no message %s", where, text)
		}
	}
	for _, file := range templateFiles(t) {
		for _, tree := range trees(t, file) {
			walk(tree.Root, func(node ptree.Node) {
				command, ok := node.(*ptree.CommandNode)
				if !ok || len(command.Args) < 2 || command.Args[0].String() != "t" {
					return
				}
				if text, ok := command.Args[1].(*ptree.StringNode); ok {
					name(file, text.Text, true)
				}
			})
		}
	}
	for path, file := range goFiles(t, "web") {
		ast.Inspect(file, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok && len(call.Args) > 0 {
				at := map[string]int{"T": 1, "t": 2, "Rich": 1}[called(call)] - 1
				if at >= 0 && len(call.Args) > at {
					if text, ok := constant(call.Args[at]); ok {
						name(path, text, !strings.HasSuffix(text, "."))
					}
				}
			}
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && key.MatchString(text) {
					name(path, text, false)
				}
			}
			return true
		})
	}
	begun = append(begun, "date.month", "zone.")
	scripts := ""
	paths, err := filepath.Glob(filepath.Join(sources, "web/static/*.js"))
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		scripts += string(text)
	}
	for _, call := range regexp.MustCompile(`\bsaid\("(\w+)"`).FindAllStringSubmatch(scripts, -1) {
		name("a script", "script."+call[1], true)
	}
	for _, message := range language.English().Keys() {
		if !used[message] && !slices.ContainsFunc(begun, func(beginning string) bool { return strings.HasPrefix(message, beginning) }) {
			t.Errorf("nothing says %s", message)
		}
	}
}

// TestEnglishWordsAreTranslated: every failure that a user may read has its translation, and each translation is of something that is said.
func TestEnglishWordsAreTranslated(t *testing.T) {
	failures, literals := map[string]string{}, map[string]bool{}
	for path, file := range goFiles(t, "web", "moderation", "classifier") {
		if slices.ContainsFunc([]string{"storetest", "intake", "exchange", "extract"}, func(part string) bool { return strings.Contains(path, "moderation/"+part) }) {
			continue // the command line's, or tests
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if e, ok := node.(ast.Expr); ok {
				if text, ok := constant(e); ok {
					literals[text] = true
				}
			}
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			at := map[string]int{"Invalid": 1, "NotFound": 1, "Forbidden": 1, "Exists": 1, "Busy": 1, "wrongThresholds": 1, "NewHTTPError": 2}[called(call)] - 1
			if at < 0 || len(call.Args) <= at {
				return true
			}
			if format, ok := constant(call.Args[at]); ok {
				failures[format] = path
			}
			return true
		})
	}
	if len(failures) < 50 {
		t.Fatalf("%d failures were found", len(failures))
	}
	for _, l := range language.All() {
		for format, path := range failures {
			if !l.Knows(format) {
				t.Errorf("%s: the section [english] of %s.toml lacks %q", path, l.Code, format)
			}
		}
		for _, format := range l.English() {
			beginning, _, _ := strings.Cut(format, " ")
			if !literals[format] && !literals[beginning+" "] { // "moved up" is put together
				t.Errorf("%s: nothing says %q in English", l.Code, format)
			}
		}
	}
}

// TestWordsOfTheDesk: every word that the desk stores has its name.
func TestWordsOfTheDesk(t *testing.T) {
	for _, l := range language.All() {
		for _, key := range wordsOfTheDesk() {
			if !l.Has(key) {
				t.Errorf("%s: no message %s", l.Code, key)
			}
		}
	}
}

// untranslated are elements whose text is the same in every language.
var untranslated = []string{"code", "kbd", "script", "noscript"}

// spokenAttributes are read or heard.
var spokenAttributes = []string{"aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription"}

// TestNoWordsInTemplates finds text that stands in a template itself.
func TestNoWordsInTemplates(t *testing.T) {
	letters := regexp.MustCompile(`\p{L}`)
	for _, file := range templateFiles(t) {
		found := []string{}
		for _, tree := range trees(t, file) {
			var text strings.Builder
			walk(tree.Root, func(node ptree.Node) {
				if piece, ok := node.(*ptree.TextNode); ok {
					text.Write(piece.Text)
				} else {
					text.WriteString("\x01") // a value
				}
			})
			found = append(found, wordsOf(text.String(), letters)...)
		}
		if len(found) > 0 {
			t.Errorf("%s says in itself %q: each is a message of web/view/language", file, found)
		}
	}
}

func wordsOf(text string, letters *regexp.Regexp) (found []string) {
	tokens, code := html.NewTokenizer(strings.NewReader(text)), 0
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return found
		}
		token := tokens.Token()
		element := token.Data
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			if kind == html.StartTagToken && slices.Contains(untranslated, element) {
				code++
			}
			for _, attribute := range token.Attr {
				if said := strings.Trim(attribute.Val, "\x01 "); slices.Contains(spokenAttributes, attribute.Key) && letters.MatchString(said) {
					found = append(found, said)
				}
			}
		case html.EndTagToken:
			if slices.Contains(untranslated, element) {
				code--
			}
		case html.TextToken:
			said := strings.TrimSpace(strings.ReplaceAll(element, "\x01", ""))
			if code == 0 && letters.MatchString(said) && !slices.Contains(allowed, said) {
				found = append(found, said)
			}
		}
	}
}

// TestNoSentencesInGo finds words with a space between them in Go files that are converted. Failures, logs and formats of other things are no words of a page.
func TestNoSentencesInGo(t *testing.T) {
	sentence := regexp.MustCompile(`\p{L}{2,},? \p{L}{2,}`)
	inside := []string{"Invalid", "NotFound", "Forbidden", "Exists", "Busy", "NewHTTPError", "Said", "Errorf", "New", "panic", "Info", "Warn", "Error", "CutPrefix", "Sscanf"}
	for path, file := range goFiles(t, "web") {
		var found []string
		var inspect func(node ast.Node) bool
		inspect = func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				if n.Tag != nil {
					return false
				}
			case *ast.CallExpr:
				if slices.Contains(inside, called(n)) {
					return false
				}
			case *ast.BasicLit:
				if text, ok := constant(n); ok && sentence.MatchString(text) && !strings.HasPrefix(text, "<") && !slices.Contains(notForPeople, text) {
					found = append(found, text)
				}
			}
			return true
		}
		ast.Inspect(file, inspect)
		if len(found) > 0 {
			t.Errorf("%s says in itself %q: each is a message of web/view/language", path, found)
		}
	}
}
