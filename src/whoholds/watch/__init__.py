"""Reading feeds, pages and folders again and again: what is due, what changed, how long to wait after a failure.

`config` reads the file of a user, `schedule` keeps what is remembered between rounds; `cli/watch.py` does the rounds.
"""
