"""The one incentive engine: a campaign says when, for whom, with which budget and which rules;
each kind of rule is registered by the app that owns its meaning. It also prices baskets, layer by layer,
through the adjustment port.

It does not know group buying, invites or points: those fill its ports. A rule in use is
never changed, only followed by a new version.
"""
