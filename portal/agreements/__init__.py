"""What the two of a pair promise each other: the network's wording in its versions, and who said yes to which and when."""
