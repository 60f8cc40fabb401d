// Package figures counts what the desk holds and what people did there: stance and hostility as two axes, whether those who disagree are treated
// as those who agree, and how the work goes week by week. It knows the arithmetic; reading is left to a store, drawing and words to the pages.
package figures
