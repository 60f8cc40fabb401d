// Package page lays an evaluation out as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. It knows how the
// figures are said in words, the charts and their tables, and the look. It leaves to others how figures are computed (eval), what was measured,
// and where the file goes. Of ours it imports eval alone.
//
// The way through: Page → Write. Every text goes through html/template, so that a comment cannot become markup.
package page
