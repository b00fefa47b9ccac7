"""Is it so, or planned, tried, possible, denied? And how does the speaker stand to it?"""
