"""What a WSGI server imports, ``granian --interface wsgi wsgi:app``, and where ``flask --app wsgi`` finds its commands."""

import os

from portal import create_app

app = create_app()
if os.environ.get("FLASK_RUN_FROM_CLI"):
    from portal.cli import init_commands

    init_commands(app)
