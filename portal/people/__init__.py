"""Person, affiliation, consent; signing in; my page. A person is not an account: signing in is something she may do."""
