"""Letters: a coordinator writes to exactly the right people of her networks, sees the mail before it goes, and what became of it.

A roof room: who somebody is, what she came to and what she used stand in many rooms. A segment is a question that is
asked anew each time, never a list.
"""
