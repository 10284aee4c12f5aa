"""Certificates: one trust for both clients, whichever variable names it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compcite.registries.network.certificates import Certificates
from compcite.registries.network.host import FailedAttempt

VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


@pytest.fixture(autouse=True)
def no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that says nothing."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def test_without_variables_the_clients_trust_what_they_do() -> None:
    """Nothing is named, nothing changed."""
    trust = Certificates()
    assert trust.bundle() is None
    assert "SSL_CERT_FILE" not in os.environ


@pytest.mark.parametrize("variable", VARIABLES)
def test_what_one_variable_names_holds_for_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    """Requests is given the file, and habanero's client finds it in the environment."""
    (tmp_path / "ca.pem").write_text("certificate A\n")
    monkeypatch.setenv(variable, str(tmp_path / "ca.pem"))
    trust = Certificates()
    bundle = trust.bundle()
    assert bundle is not None
    assert Path(bundle).read_text() == "certificate A\n"
    assert Path(os.environ["SSL_CERT_FILE"]).read_text() == "certificate A\n"
    trust.close()
    assert os.environ.get("SSL_CERT_FILE") in (None, str(tmp_path / "ca.pem"))


def test_what_two_variables_name_is_joined(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both files hold for both clients, and the environment is restored."""
    for name, variable in (("a", "REQUESTS_CA_BUNDLE"), ("b", "SSL_CERT_FILE")):
        (tmp_path / name).write_text(f"certificate {name}\n")
        monkeypatch.setenv(variable, str(tmp_path / name))
    trust = Certificates()
    bundle = trust.bundle()
    assert bundle == os.environ["SSL_CERT_FILE"]
    assert bundle is not None
    assert Path(bundle).read_text().split("\n") == ["certificate a", "", "certificate b", ""]
    trust.close()
    assert os.environ["SSL_CERT_FILE"] == str(tmp_path / "b")
    assert not Path(bundle).exists()


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Rather than to trust less, or more, than was said."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(
        FailedAttempt, match=r"SSL_CERT_FILE names .*none\.pem, which does not exist"
    ):
        Certificates().bundle()


def test_a_folder_of_certificates_is_passed_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As requests takes one."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path))
    assert Certificates().bundle() == str(tmp_path)
