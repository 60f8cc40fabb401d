package learn

import (
	"context"
	"fmt"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
)

// verify rebuilds a model from its counts and, where the site's labels went into it, from starter and ledger.
func (l *Learner) verify(ctx context.Context, files registry.Files) error {
	if err := registry.Verify(files); err != nil {
		return err
	}
	stored, manifest, err := registry.Open(files)
	if err != nil {
		return err
	}
	if manifest.Origin.Position == 0 {
		return nil
	}
	starter, starterManifest, err := registry.ReadCounts(l.starter)
	if err != nil {
		return fmt.Errorf("starter: %w", err)
	}
	if manifest.Origin.Starter != starterManifest.ID {
		return fmt.Errorf("the model was built on the starter %.8s; this version ships %.8s", manifest.Origin.Starter, starterManifest.ID)
	}
	examples, _, err := siteExamples(ctx, l.store, manifest.Origin.Position)
	if err != nil {
		return err
	}
	rebuilt, _, err := recipe{parameters: manifest.Parameters, examples: examples}.build(starter, -1)
	if err != nil {
		return err
	}
	if rebuilt.ID() != stored.ID() {
		return fmt.Errorf("rebuilt from starter and ledger the model has the id %s, not %s", rebuilt.ID(), stored.ID())
	}
	return classifier.CompareWeights(stored, rebuilt, 1e-6)
}
