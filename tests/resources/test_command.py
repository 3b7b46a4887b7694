"""``flask import standards`` and ``flask import packs``: counts, exit codes, remarks on stderr."""

import json

import pytest
from sqlalchemy import select

from portal.db import db
from portal.resources.models import Pack

CODES = "code,statement,sep_codes\nMS-PS2-1,Apply the third law,MOD=P4\n,Nothing,\n"
LESSONS = "title,author,licence,code\nOne,Ann,CC BY 4.0,a1\nTwo,Ann,Fair use,a2\n"


@pytest.fixture
def command(app, tmp_path):
    def run(kind, text, *options):
        file = tmp_path / f"{kind}.csv"
        file.write_text(text)
        return app.test_cli_runner().invoke(args=["import", kind, str(file), "--json", *options])

    return run


def test_standards_arrive_with_what_leads_nowhere(command):
    first = command("standards", CODES, "--framework", "NGSS")
    assert first.exit_code == 3
    counts = json.loads(first.stdout.splitlines()[-1])
    assert (counts["created"], counts["rejected"]) == (1, 1)
    assert "MOD=P4" in first.stderr and "The code is missing." in first.stderr


def test_without_a_framework_nothing_is_done(command):
    assert command("standards", CODES.replace("sep_codes", "x")).exit_code == 1


@pytest.mark.parametrize("state", ["draft", "shared"])
def test_packs_arrive_as_the_coordinator_says(app, command, state):
    answer = command("packs", LESSONS, "--network", "tarn-and-tide", "--state", state)
    assert answer.exit_code == 3 and "Fair use" in answer.stderr
    with app.app_context():
        assert db.session.execute(select(Pack)).scalar_one().state == state


def test_packs_need_a_network(command):
    assert command("packs", LESSONS).exit_code == 1
