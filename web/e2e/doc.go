// Package e2e holds the tests that use the desk as people do: in a real browser, with keys and clicks. They need Chromium and the build tag e2e.
package e2e
