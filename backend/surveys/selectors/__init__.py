"""Reads of surveys: for the person who is asked, for the rules, for the desk."""
