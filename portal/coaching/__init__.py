"""What a pair works on: the needs list, up to three goals, and coaching cycles from a goal to its check.

Only the pair reads what is in them. A goal, look-fors, the next step and the check are a text of the two: it is kept in the
mentee's name, since it is about her work, and stays with her when the two part. Notes of a visit and feedback are their
writer's own.
"""
