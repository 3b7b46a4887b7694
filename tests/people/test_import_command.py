"""``flask import``: counts as one line of JSON, honest exit codes, errors on stderr."""

import json

import pytest


@pytest.fixture
def flask(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["import", *map(str, words)])


def counts(result):
    return json.loads(result.stdout.strip().splitlines()[-1])


@pytest.mark.shared
@pytest.mark.parametrize(
    ("what", "path", "read", "rejected"),
    [
        ("organisations", "schools/washington_districts_nces_download.xls", 342, 0),
        ("people", "people-spreadsheets/ca_superintendents.csv", 1070, 10),
    ],
)
def test_a_real_file_comes_in_twice_without_change(flask, shared_data, tmp_path, what, path, read, rejected):
    words = (what, shared_data / path, "--json", "--rejects", tmp_path / "back.csv")
    first, again = flask(*words), flask(*words)
    assert (first.exit_code, again.exit_code) == ((3, 3) if rejected else (0, 0))
    assert counts(first)["created"] == read - rejected and counts(first)["rejected"] == rejected
    assert counts(again) == {
        "read": read,
        "created": 0,
        "updated": 0,
        "unchanged": read - rejected,
        "skipped": 0,
        "rejected": rejected,
    }
    assert (tmp_path / "back.csv").exists() is bool(rejected)


def test_a_network_and_columns_can_be_named(flask, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Who,Mail\nAda Farrow,ada@x.example\n")
    done = flask("people", path, "--network", "tarn-and-tide", "--columns", "Who=name,Mail=email", "--json")
    assert (done.exit_code, counts(done)["created"]) == (0, 1)
    assert flask("people", path, "--network", "nowhere", "--columns", "Who=name").exit_code == 1
    assert flask("people", path, "--columns", "Nobody=name").exit_code == 1


def test_what_is_no_table_does_nothing_and_says_so_on_stderr(flask, tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_text("<html><body>Access denied</body></html>")
    result = flask("people", path)
    assert result.exit_code == 1 and "web page" in result.stderr
    assert flask("people", tmp_path / "missing.csv").exit_code == 1


@pytest.mark.parametrize("what", ["organisations", "people", "standards", "packs"])
def test_help_tells_the_fields(flask, what):
    result = flask(what, "--help")
    assert result.exit_code == 0 and "Fields" in result.stdout and "--on-duplicate" in result.stdout
