"""The doors by which people come in: allauth's headless flows, with one code for signing in and up.

Nothing about a person is public before a code has proven the email or the phone.
"""
