"""The digest: one mail over all of a person's networks, at her own rhythm, with only what is new to her and still true."""
