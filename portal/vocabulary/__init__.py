"""Words that a region edits: subjects, phases, roles, kinds of organisation, licences. Data, never code."""
