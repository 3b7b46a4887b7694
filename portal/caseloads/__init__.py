"""Pairs as a caseload: who is due, hours against each rule, who has been quiet; for coordinators every pair and mentor."""
