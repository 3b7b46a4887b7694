"""What people say about an event: the short form afterwards, its results, and "did you try it?" six weeks later."""
