"""Coaching cycles: goal, look-fors, observation, conversation, step, check. Only the pair reads what is in one."""
