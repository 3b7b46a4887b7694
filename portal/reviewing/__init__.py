"""Looking at a pack before and after it is shared: the light screen of a coordinator, the queue, what is recommended."""
