"""What a WSGI server imports, ``granian --interface wsgi wsgi:app``, and where ``flask --app wsgi`` finds its commands."""

import gc
import os

from portal import create_app

app = create_app()
if os.environ.get("FLASK_RUN_FROM_CLI"):
    from portal.cli import init_commands

    init_commands(app)

# What is loaded now stays for good. Left where it was, every full collection would look through all of it, which holds
# up whoever is being answered for a fifth of a second.
gc.collect()
gc.freeze()
