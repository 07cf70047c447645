package drive

// What the seed of every sandbox has. The project has branching on, and its
// languages are English, the base language, German, French and Japanese.
const (
	teamID    = 276692
	projectID = "3150927465e5a1d12ac0b7.40718253"
	websiteID = "7746120366054f3a0b41e2.18890427" // of the same team, without branching

	ownerID  = 320181 // to whom the API token belongs
	adminID  = 320182
	memberID = 320183

	english = 640
	german  = 20018
)

// picture is a PNG of one pixel in base64.
const picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// pages are the parameters of a list that has pages.
func pages() params { return params{"limit": 2, "page": 1} }
