"""The HTML of the three faces: what a browser gets before any script has run.

A page names its files from the build's manifest, carries its first answer and its preloads, the language and the theme,
and what a messenger shows when somebody shares its address. The page itself is drawn by the front end.
It knows no business rule and reads only through trusted documents of the API.
"""
