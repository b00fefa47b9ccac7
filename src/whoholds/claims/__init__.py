"""Mentions → claims, one question a room: `cues`, `frames`, `sides`, `places`, `modes`, `times`, `voices`, `context`.

`build` goes through them sentence by sentence; docs/flow.md tells how.
"""
