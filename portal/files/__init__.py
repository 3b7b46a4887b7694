"""Uploaded files: what the store holds, under which name. The room that a file belongs to decides who may read it."""
