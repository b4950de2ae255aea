"""The door of invitations: share links, the invite centre, rewards."""
