"""``formcheck serve``: everything on a page in the browser, and a JSON API. Its libraries are the extra ``web``."""
