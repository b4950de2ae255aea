"""Pictures that people send: checked before they are decoded, made anew, stored in a few widths."""
