"""The shop window as the API shows it: home, categories, lists, product pages."""
