"""A request for a host that is not ours gets a plain refusal and no link built from that name."""


def test_a_foreign_host_is_refused(app, monkeypatch):
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["staffroom.example"])
    browser = app.test_client()
    answer = browser.get("/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.data
    assert browser.get("/sign-in", headers={"Host": "staffroom.example"}).status_code == 200
