// Package registry turns models into files and back: manifest.json, counts.tsv.gz and weights.bin, as design calls them. It checks sizes and
// digests, writes a model whole or not at all, and verifies a model by building it again. It knows nothing of where a newsroom keeps its models.
package registry
