//go:build !race

package sandbox_test

// raceDetector makes everything about six times slower.
const raceDetector = false
