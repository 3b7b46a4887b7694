"""Resources: packs that a teacher finds in a minute, trusts, takes in one file and gives back changed."""
