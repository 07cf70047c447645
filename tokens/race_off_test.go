//go:build !race

package tokens

// raceDetector makes everything about ten times slower.
const raceDetector = false
