"""What `make run` passes over when it has nothing to do, and what it refuses to begin."""

from __future__ import annotations

import socket

import pytest

from backend.config.run import translations
from backend.config.run.announce import message
from backend.config.run.progress import CannotRun, fingerprint, is_done, set_done
from backend.config.run.supervise import check_ports_free, only_one_run, processes


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


def test_a_step_is_done_until_something_it_depends_on_changes(tmp_path):
    lock = tmp_path / "lock"
    lock.write_text("one")
    set_done("packages", fingerprint([lock], "24"))

    assert is_done("packages", fingerprint([lock], "24"))
    assert not is_done("packages", fingerprint([lock], "25"))
    lock.write_text("two")
    assert not is_done("packages", fingerprint([lock], "24"))


def test_a_taken_port_is_refused_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotRun, match="make run PORT="):
            check_ports_free(taken.getsockname()[1])


def test_one_run_may_start_from_a_folder_again_after_it_ended():
    with only_one_run():
        pass
    with only_one_run():
        pass


def test_engines_that_are_given_by_address_are_not_kept(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert {"postgres", "valkey"} <= set(processes())

    monkeypatch.setenv("DATABASE_URL", "postgresql://shop@db/shop")
    assert "postgres" not in processes()
    assert {"web", "worker", "beat", "provider", "gateway"} <= set(processes())


def test_the_announcement_names_the_three_faces_and_the_demo_accounts(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo-accounts.txt").write_text("bob@tuanzi.example  peach-plum-pear")

    said = message("http://127.0.0.1:8000")

    for expected in ("8000/\n", "/moderation", "/growth", "/dev/inbox", "peach-plum-pear"):
        assert expected in said


def test_a_translation_is_made_from_its_source_and_only_when_it_changed(monkeypatch, tmp_path):
    source = tmp_path / "backend" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    source.write_text(f'{header}msgid "Peach"\nmsgstr "桃子"\n')
    monkeypatch.setattr(translations, "PROJECT", tmp_path)

    assert translations.compile_translations() == "1 files"
    assert translations.compile_translations() == "up to date"
    assert "桃子".encode() in source.with_suffix(".mo").read_bytes()
