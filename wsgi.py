"""The application for a server and for ``flask``."""

from marketplace.app import create_app

app = create_app()
