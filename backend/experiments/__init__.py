"""Which arm of an experiment a person is in, the same one every time, and who is held out.
A campaign may ask for an arm; the exposure is kept so that an effect can be measured.

It is not a feature switch for developers, and it measures nothing itself:
counting is the work of insights.
"""
