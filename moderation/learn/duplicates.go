package learn

import (
	"commentdesk/classifier/text"
	"commentdesk/moderation"
)

// duplicateGroups gives each text the index of the first text of its group: see moderation.Likeness.
func duplicateGroups(texts []string) []int {
	groups := make([]int, len(texts))
	exact := map[uint64]int{}
	var bands [moderation.Bands]map[uint16][]int
	for b := range bands {
		bands[b] = map[uint16][]int{}
	}
	likenesses := make([]moderation.Likeness, len(texts))
	var reading text.Text
	for i, raw := range texts {
		reading.Read(raw)
		groups[i] = i
		own := moderation.LikenessOfReading(&reading)
		if first, ok := exact[own.Identity]; ok {
			groups[i] = groups[first]
			continue
		}
		exact[own.Identity] = i
		if own.Words < moderation.ShortText {
			continue
		}
		likenesses[i] = own
		for b := range bands {
			for _, j := range bands[b][own.Band(b)] {
				if groups[i] == i && own.Like(likenesses[j]) {
					groups[i] = groups[j]
				}
			}
		}
		for b := range bands {
			bands[b][own.Band(b)] = append(bands[b][own.Band(b)], i)
		}
	}
	return groups
}
