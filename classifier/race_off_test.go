//go:build !race

package classifier

const raceDetector = false
