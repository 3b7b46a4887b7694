"""For the person who runs the portal: the first-run wizard, words, networks, administrators, health."""
