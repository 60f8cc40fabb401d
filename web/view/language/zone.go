package language

import (
	_ "embed"
	"strings"
	"sync"
	"time"
)

// zoneNames are the zones of the IANA database that people choose from (zone1970.tab, and UTC), a line each.
//
//go:embed zones.txt
var zoneNames string

// Zones are the names of the time zones that can be chosen.
var Zones = sync.OnceValue(func() []string { return strings.Fields(zoneNames) })

const longestZone = 64 // characters

var locations sync.Map // *time.Location by name; there are only as many as the database has

// Zone is the time zone of that name, nil where there is none. The name may come from outside.
func Zone(name string) *time.Location {
	if known, ok := locations.Load(name); ok {
		return known.(*time.Location)
	}
	if name == "" || name == "Local" || len(name) > longestZone || strings.HasPrefix(name, "posix") || strings.HasPrefix(name, "right/") ||
		strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") != "" {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	locations.Store(name, zone)
	return zone
}
