"""Quality: how well carriers and agents do, and what is changed about it.

It holds scorecards of carriers, reviews of service by the agent and by a second person, and improvement cases
that people close with what they changed. It decides no after-sales case and moves no parcel.
"""
